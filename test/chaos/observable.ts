import type { KnownJob } from '../known-job.ts'
import type { StartTruth, Truth } from '../wexflow-sim/truth.ts'
import { maySee } from '../wexflow-sim/users.ts'
import type { Disturbance } from './diary.ts'
import type { ServerDay } from './server-day.ts'
import type { AnswerKind } from './naming-client.ts'
import { merged } from './launches.ts'
import { answersKnownFrom } from './searchable.ts'
import { awayWeather } from './weather.ts'

/**
 * Whether the app can find out what became of a start. Marked by what the server wrote down, by whose each job is,
 * and by what was broken meanwhile: never by what the app says of it.
 */
export type Observability =
  | { readonly isObservable: true }
  | { readonly isObservable: false; readonly why: string }

const observable: Observability = { isObservable: true }
const hidden = (why: string): Observability => ({ isObservable: false, why })

/** An answer that came so short before the app's death may not have reached its disk, in milliseconds. */
const writtenWithinMs = 100

/** What came of the request, where the app lived to write it down. */
function answerOf(key: string, { answers, launchesEnded }: ServerDay): AnswerKind | null {
  const answer = answers.get(key)
  if (answer === undefined) return null
  const isForgotten = launchesEnded.some(
    ({ at, how }) => how === 'crash' && at >= answer.at && at - answer.at < writtenWithinMs,
  )
  return isForgotten ? null : answer.kind
}

/** Whether the app died between the start and what it made of it: it has forgotten what it knew of the workflow. */
const diedSince = ({ sentAt }: KnownJob, until: number, { launchesEnded }: ServerDay): boolean =>
  sentAt !== null && launchesEnded.some(({ at }) => at >= sentAt && at <= until)

/** What takes the app's eyes off a queue: the server may have restarted, or begun and ended a job unseen. */
const blinding: ReadonlySet<Disturbance['kind']> = new Set([
  'serverKilled',
  'serverStopped',
  'networkGone',
  'networkMoved',
  'asleep',
  'halfOpen',
  'streams',
  'noStreams',
  'changeStreamReset',
  'changeStreamSilent',
  'tokens',
  'tokensRevoked',
  'pages',
  'limitedConnections',
  'captivePortal',
  'restAsked',
  'appCrashed',
  'appQuit',
  ...awayWeather,
] as const)
/** What was broken is noticed, or over, only so long after, in milliseconds. */
const lingersMs = 90_000

function wasWatched(
  { requestedAt }: Pick<KnownJob, 'requestedAt'>,
  until: number,
  { disturbances, launchesEnded }: ServerDay,
): boolean {
  const isBlind = disturbances.some(
    ({ kind, from, to }) => blinding.has(kind) && from <= until && to + lingersMs >= requestedAt,
  )
  return !isBlind && !launchesEnded.some(({ at }) => at >= requestedAt && at <= until)
}

/**
 * Whether nothing but its entry says which run it is, and the app did not see all of the time until then: once the server may be
 * another run, its entry says nothing any more.
 */
export const isNamelessUnseen = (
  { isNamedInHistory }: Truth,
  job: KnownJob,
  until: number,
  record: ServerDay,
): boolean => !isNamedInHistory && !wasWatched(job, until, record)

/** How far a server's clock goes back, in milliseconds: for so long what is new stands below what is old. */
const clockBackMs = 3_600_000

/**
 * Whether a run that is older than the start stood where the app does not read: it came while the server's clock was back, so
 * that its records stand below older ones, and while the app, the network or the streams were away.
 */
export function isBelowOlder(truth: Truth, job: KnownJob, record: ServerDay): boolean {
  const until = job.sentAt ?? job.requestedAt
  const isBack = record.disturbances.some(
    ({ kind, from }) =>
      kind === 'clockSetBack' && from <= (truth.endedAt ?? truth.acceptedAt) && until - from < clockBackMs,
  )
  return isBack && !wasWatched({ requestedAt: truth.acceptedAt }, until, record)
}

/** So soon a stop's record that was written over that of an end is seen where nothing stands in the way, in milliseconds. */
const stopSeenWithinMs = 30_000

/** Whether the app could see that a stop was recorded over the job's own end. */
export const couldSeeStop = ({ endedAt }: Truth, record: ServerDay): boolean =>
  endedAt !== null && wasWatched({ requestedAt: endedAt }, endedAt + stopSeenWithinMs, record)

/** Whether a job of the workflow that was accepted after the start could be taken for it, or be one of its rivals. */
const hasRival = ({ workflowId, requestedAt }: KnownJob, { sim }: ServerDay): boolean =>
  sim.truths().some((truth) => truth.workflowId === workflowId && truth.acceptedAt >= requestedAt)

/** What can keep the history from being read before a start, which waits for it only as long as for its other reads. */
const hiding: ReadonlySet<Disturbance['kind']> = new Set([
  'serverKilled',
  'serverStopped',
  'slowNetwork',
  'busyServer',
  'calls',
  'pages',
  'slowStarts',
  'halfOpen',
  'networkGone',
  'limitedConnections',
  'captivePortal',
  'restAsked',
  ...awayWeather,
] as const)

/**
 * What was asked then may be without an answer for so long after it, in milliseconds, and hold back what is asked next on a
 * way that is taken for a narrow one.
 */
const hidesForMs = 15_000

/** Whoever knows no job of before the start could take any old one for it. */
function isHistoryHiddenBefore(
  { requestedAt, sentAt, historyMark }: KnownJob,
  { newestRows, disturbances }: ServerDay,
): boolean {
  const until = sentAt ?? requestedAt
  const isHidden = disturbances.some(
    ({ kind, from, to }) => hiding.has(kind) && from <= until && to + hidesForMs >= requestedAt,
  )
  if (historyMark === null && isHidden) return true
  const reads = newestRows.filter(({ at }) => at >= requestedAt && at <= until)
  return !reads.some(({ isRead }) => isRead)
}

/**
 * So long, in milliseconds, an id is given to show itself on a slow server before another run counts as the start's;
 * while the app is away, nothing can be asked, or a call takes half a minute, nothing can be learnt.
 */
export const showsWithinMs = 45_000
const unasked: ReadonlySet<Disturbance['kind']> = new Set([
  'busyServer',
  'limitedConnections',
  'networkGone',
  'networkMoved',
  'asleep',
  'halfOpen',
  'captivePortal',
  'restAsked',
  'appCrashed',
  'appQuit',
  ...awayWeather,
] as const)

/** How long, in milliseconds, the server could not be asked between these moments. */
const unaskedMs = (since: number, until: number, disturbances: readonly Disturbance[]): number =>
  merged(disturbances.filter(({ kind }) => unasked.has(kind))).reduce(
    (ms, { from, to }) => ms + Math.max(0, Math.min(to, until) - Math.max(from, since)),
    0,
  )

/** An id that is shown sooner than this after its start, in milliseconds, leaves nothing open. */
const promptlyMs = 3000

/**
 * When the ids of other starts of a workflow were shown that were late as well, by this moment: as long as one of them is
 * not, a single free run can be that start's, too, whose own id may yet be shown.
 */
export function rivalsShownAt(
  key: string,
  { workflowId }: StartTruth,
  until: number,
  record: ServerDay,
): number[] {
  const { jobs, sim } = record
  const known = [...jobs.values()]
  return known.flatMap((other) => {
    const start = sim.startTruth(other.key)
    if (other.key === key || start?.workflowId !== workflowId || other.requestedAt > until) return []
    // One that holds another run waits for none, and one whose own run is free has that to claim.
    if (start.answeredId === null || start.answeredId !== other.jobId) return []
    const isTaken = start.jobId === null || known.some(({ jobId }) => jobId === start.jobId)
    if (!isTaken) return []
    const beganAt = start.answeredId === start.jobId ? sim.truth(start.answeredId)?.beganAt : other.endedAt
    const shownAt = beganAt ?? Number.POSITIVE_INFINITY
    return shownAt - other.requestedAt > promptlyMs ? [shownAt] : []
  })
}

/** A server that has died says of no id that it never existed: the run in its place can be anybody's. */
const diedUnnoticed = (job: KnownJob, start: StartTruth, record: ServerDay): boolean => {
  const { key } = job
  const { answers, disturbances } = record
  const answeredAt = answers.get(key)?.at
  if (start.answeredId === null || start.answeredId === start.jobId || answeredAt === undefined) return false
  const shownAt = rivalsShownAt(key, start, answeredAt + showsWithinMs, record)
  const since = Math.max(answersKnownFrom(job, answeredAt, record), ...shownAt)
  return disturbances.some(
    ({ kind, from, to }) =>
      (kind === 'serverKilled' || kind === 'serverStopped') &&
      to >= answeredAt &&
      from - unaskedMs(since, from, disturbances) <= since + showsWithinMs,
  )
}

/** A start whose answer was lost, and whose workflow runs jobs side by side, is given up after this time, in milliseconds. */
const givenUpAfterMs = 600_000

/** Whether a start whose answer was lost began only when it had been given up: it waited for the end of another. */
const beganTooLate = ({ requestedAt }: KnownJob, { beganAt }: Truth, until: number): boolean =>
  until - requestedAt >= givenUpAfterMs && (beganAt ?? Number.POSITIVE_INFINITY) > until

/** @param until when the app had made up its mind, in milliseconds since 1970 */
export function observabilityOf(
  job: KnownJob,
  start: StartTruth | null,
  until: number,
  record: ServerDay,
): Observability {
  const { sim, jobs } = record
  const answer = answerOf(job.key, record)
  if (start === null) {
    const isThere = sim.workflows.some(
      (one) => one.id === job.workflowId && one.isEnabled && maySee(record.user, one),
    )
    const isSure = !isThere && !diedSince(job, until, record)
    const mayHaveBegun = !isSure && job.sentAt !== null && answer === null
    return mayHaveBegun ? hidden('the answer was lost') : observable
  }
  if (start.dropped === 'byDeadWorkflow') return hidden('its workflow is dead')
  if (start.held !== null && (start.held.to ?? Number.POSITIVE_INFINITY) > until)
    return hidden('its queue stands still')
  if (start.jobId === null) {
    const isSeen = answer !== null && wasWatched(job, until, record) && !hasRival(job, record)
    return isSeen ? observable : hidden('dropped from the queue out of sight')
  }
  const truth = sim.truth(start.jobId)
  if (truth === null) throw new Error('A start without its truth')
  if (!truth.observable)
    return hidden(truth.outcome === 'lost' ? 'ran when the server died' : 'no record tells')
  if (answer === 'started' && start.answeredId === start.jobId) return observable
  if (job.answerLost && beganTooLate(job, truth, until))
    return hidden('it began only when it had been given up')
  if (diedUnnoticed(job, start, record))
    return hidden('its id never existed, and the server died before that could show')
  if (isNamelessUnseen(truth, job, until, record))
    return hidden('its run was hidden, and nothing in the history names it')
  const isTaken = [...jobs.values()].some(({ key, jobId }) => key !== job.key && jobId === start.jobId)
  if (isTaken) return hidden('its job can’t be told from that of another start')
  return isHistoryHiddenBefore(job, record)
    ? hidden('the history could not be read before the start')
    : observable
}
