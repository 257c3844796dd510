import { starting } from '../../src/main/tracking/policy.ts'
import type { KnownJob } from '../known-job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import type { StartTruth, Truth } from '../wexflow-sim/truth.ts'
import type { Disturbance } from './diary.ts'
import type { DayRecord } from './day.ts'
import { type ServerDay, serverDays } from './server-day.ts'
import { hammering } from './hammering.ts'
import { outageFaults } from './outage-notices.ts'
import type { DayFault } from './day-fault.ts'
import { toastFaults } from './toasts.ts'
import { isForgotten } from './forgotten.ts'
import { latencyOf } from './latency.ts'
import { isSharedJob } from './shared-job.ts'
import { launchesOf } from './launches.ts'
import { notBegunFault, type PhaseFault } from './not-begun.ts'
import { knownAt, searchableAt } from './searchable.ts'
import {
  couldSeeStop,
  isBelowOlder,
  isNamelessUnseen,
  type Observability,
  observabilityOf,
  rivalsShownAt,
} from './observable.ts'
import { watchedFaults } from './watched.ts'
import { suspensionFaults } from './suspension-faults.ts'
import { isToldTwice, type Telling, tellingsOf, writtenWithinMs } from './tellings.ts'

/** What is wrong with how the app told a job; absent when nothing is. */
type Fault = 'lost' | 'refused' | 'wrong' | 'duplicated' | 'late'

/** How the app did with one start that a person asked for. */
export interface Verdict {
  readonly faults: readonly Fault[]
  /** Why, for a person who looks into it. */
  readonly why: string
  readonly tellings: readonly Telling[]
  /** Why the app can't find out what became of it, by what the simulation knows; null where it can. */
  readonly hiddenBecause: string | null
  /** How it was told last; null: not at all. */
  readonly told: Outcome | null
  /** An outcome that was told and later put right. */
  readonly isCorrected: boolean
  /** Somebody else's job was taken for this start: nobody owns a job on the wire. */
  readonly isOthers: boolean
  /** From when the end could be told until it was, without the times in which nothing could be learnt; null: no end. */
  readonly latencyMs: number | null
  readonly job: KnownJob | null
  readonly truth: Truth | null
}

const outcomeOf: Readonly<Record<Exclude<Truth['outcome'], null | 'lost'>, Outcome>> = {
  Done: 'done',
  Failed: 'failed',
  Warning: 'warning',
  Stopped: 'stopped',
  Rejected: 'rejected',
}

/** What the judge says of one start: a fault, or the reason why it is right. */
interface Opinion {
  readonly fault: 'lost' | 'refused' | 'wrong' | null
  readonly why: string
  /** Since when the end could be told, in milliseconds since 1970; null where that can't be said. */
  readonly observableAt: number | null
}

const right = (why: string, observableAt: number | null): Opinion => ({ fault: null, why, observableAt })
const wrong = (why: string): Opinion => ({ fault: 'wrong', why, observableAt: null })
const refused = (why: string): Opinion => ({ fault: 'refused', why, observableAt: null })
const lost = (why: string): Opinion => ({ fault: 'lost', why, observableAt: null })

/** A job that the app has the id of, held against what really became of that job. */
function ofJob(job: KnownJob, told: Outcome, truth: Truth, isStopSeen = false): Opinion {
  const { endedAlone } = truth
  const isOwnEnd = endedAlone !== null && endedAlone !== 'lost' && outcomeOf[endedAlone] === told
  // Where nobody here had asked for the stop, nothing makes the app look again.
  if (isOwnEnd && (job.stopAskedAt === null || !isStopSeen))
    return right('as it ended by itself, before a stop was recorded over that', null)
  if (truth.saidStopped && told === 'stopped' && !truth.observable)
    return right('the server recorded another’s stop as its own', null)
  if (truth.outcome === null) return wrong(`told ${told} of a job that runs`)
  const observableAt = Math.max(truth.recordedAt ?? truth.endedAt ?? 0, knownAt(job))
  if (truth.outcome === 'lost') {
    return told === 'unknown'
      ? right('ran when the server died', observableAt)
      : wrong('no record can say so')
  }
  const really = outcomeOf[truth.outcome]
  if (truth.observable) {
    return told === really ? right('as recorded', observableAt) : wrong(`really ${really}`)
  }
  if (told === 'unknown') return right('no record tells', observableAt)
  if (told === 'stopped' && job.stopAskedAt !== null)
    return right('no record tells, and a stop of it was answered', observableAt)
  if (told !== really) return wrong(`really ${really}, without a record`)
  const isSaid = job.outcomeFrom !== 'inferred'
  const isAsked = told === 'stopped' && job.stopAskedAt !== null
  return isSaid || isAsked
    ? right('without a record, but the server said it or was asked for it', observableAt)
    : wrong('guessed')
}

/** The request of a start is given up after this time, in milliseconds. */
const longestStartMs = 120_000

/** Since when it can be known that the server never took a start: without an answer once none is waited for. */
const refusedAt = ({ key, requestedAt, sentAt }: KnownJob, { answers }: ServerDay): number =>
  answers.has(key) ? requestedAt : (sentAt ?? requestedAt) + longestStartMs

/** A start of which the app knows no job. */
function ofNone(record: ServerDay, job: KnownJob, told: Outcome, isObservable: boolean): Opinion {
  const start = record.sim.startTruth(job.key)
  if (told === 'unknown') return isObservable ? wrong('it could be known') : right('it can’t be known', null)
  if (told !== 'notStarted') return wrong('its job was never found')
  if (start !== null) return start.jobId === null ? right('it never ran', null) : wrong('it ran')
  // An answer that came as the app died may have reached its disk all the same.
  const isKnown = isObservable || record.answers.has(job.key)
  return isKnown ? right('the server never took it', refusedAt(job, record)) : wrong('guessed')
}

/** @param madeUpAt when the app had made up its mind, in milliseconds since 1970 */
function opinion(
  record: ServerDay,
  job: KnownJob,
  told: Outcome,
  { isObservable }: Observability,
  madeUpAt: number,
): Opinion {
  const { sim } = record
  const start = sim.startTruth(job.key)
  if (start !== null && job.jobId !== null && job.jobId === start.answeredId && start.jobId !== job.jobId)
    return ofAnswerAlone(start, told, isObservable)
  if (job.jobId !== null && job.jobId !== start?.jobId) return ofOthers(record, job, told, madeUpAt)
  const isHeld = start?.held?.to === null
  if (start?.jobId === null && start.dropped === null && !isHeld) return lost('it still waits in the queue')
  if (job.jobId === null) return ofNone(record, job, told, isObservable)
  const truth = sim.truth(job.jobId)
  if (truth === null) throw new Error('A start without its truth')
  // Known by its entry alone, which says nothing once the server may be another run.
  if (told === 'unknown' && !isObservable && !truth.isNamedInHistory) return right('it can’t be known', null)
  return ofJob(job, told, truth, couldSeeStop(truth, record))
}

/** A start whose answered id never came to exist: its run goes under another id, or it has none. */
function ofAnswerAlone({ jobId }: StartTruth, told: Outcome, isObservable: boolean): Opinion {
  if (told === 'notStarted' && jobId === null) return right('it never ran', null)
  if (told !== 'unknown') return wrong('a job that never was')
  return isObservable ? wrong('its run goes under another id') : right('it can’t be known', null)
}

/** A job that is not the start's own: nobody owns a job on the wire. */
function ofOthers(record: ServerDay, job: KnownJob, told: Outcome, madeUpAt: number): Opinion {
  const { sim } = record
  const truth = job.jobId === null ? null : sim.truth(job.jobId)
  if (truth === null) return wrong('a job that never was')
  if (!job.maybeOthers) return wrong('somebody else’s job, not marked as such')
  // Saved out of sight, or between its end and its record: neither `jobs` nor the history shows it.
  const isUnlisted = truth.unlistedAt !== null && truth.unlistedAt < job.requestedAt
  const isUnwritten =
    (truth.endedAt ?? Number.POSITIVE_INFINITY) < job.requestedAt &&
    (truth.recordedAt ?? 0) >= job.requestedAt
  const isUnseen = isUnlisted || isUnwritten || isBelowOlder(truth, job, record)
  // A job that was accepted and had not begun is nowhere to be seen either.
  if ((truth.beganAt ?? truth.acceptedAt) < job.requestedAt && !isUnseen && !isAfterMark(truth, job))
    return wrong('a job that is older than the start')
  if (told === 'unknown' && isNamelessUnseen(truth, job, madeUpAt, record))
    return right('it can’t be known', null)
  return { ...ofJob(job, told, truth, couldSeeStop(truth, record)), observableAt: null }
}

/** Whether a run began after the start's mark of the entries, where a page of the last seconds before it had to give that. */
const isAfterMark = (
  { beganAt, acceptedAt }: Truth,
  { entryMark, markedAt, requestedAt }: KnownJob,
): boolean =>
  entryMark !== null && markedAt === null && (beganAt ?? acceptedAt) >= requestedAt - starting.entrySeenWithin

/** A job that never showed may wait for whatever else its workflow runs. */
function idleSince(job: KnownJob, observableAt: number, toldAt: number, { sim }: ServerDay): number {
  if (job.reason !== 'startUnconfirmed' || job.jobId === null) return observableAt
  const ends = sim
    .truths()
    .filter(({ workflowId, jobId }) => workflowId === job.workflowId && jobId !== job.jobId)
    .filter(({ beganAt }) => beganAt !== null && beganAt <= toldAt)
    .map(({ endedAt }) => Math.min(endedAt ?? toldAt, toldAt))
  return Math.max(observableAt, ...ends)
}

/**
 * A start whose id never existed waits until the ids of others that are late as well are shown: a run that is free can be
 * theirs.
 */
function rivalsKnownFrom(job: KnownJob, from: number, toldAt: number, record: ServerDay): number {
  const start = record.sim.startTruth(job.key)
  if (start === null || !job.evidence.some(({ kind }) => kind === 'idReplaced')) return from
  return Math.max(from, ...rivalsShownAt(job.key, start, toldAt, record))
}

/**
 * When the app had made up its mind: what it concluded just before it was quit is told by its next start. The earlier,
 * the less can have hidden the truth from it, so that a false time would only make the judge stricter.
 */
const decidedAt = (job: KnownJob | null, toldAt: number): number =>
  Math.min(toldAt, job?.evidence.findLast(({ kind }) => kind === 'concluded')?.at ?? toldAt)

/** What was told together may have been refused before: nothing says which jobs it was about. */
function disturbancesOf(key: string, { toasts, disturbances }: ServerDay): readonly Disturbance[] {
  if (toasts.some(({ id }) => id === key)) return disturbances
  const refusals = toasts.filter(
    ({ id, at, answeredAt, status }) =>
      id.startsWith('summary:') && (status === 'refused' || answeredAt - at > writtenWithinMs),
  )
  return [
    ...disturbances,
    ...refusals.map(
      ({ at, answeredAt }) => ({ kind: 'summaryRefused', server: null, from: at, to: answeredAt }) as const,
    ),
  ]
}

/**
 * Before a start claimed its run, the app had handed that to the desktop as another's, and the desktop never answers: it
 * tells nothing more of that end until its next launch.
 */
function unansweredOf(job: KnownJob | null, record: ServerDay): readonly Disturbance[] {
  if (job === null || job.jobId === null) return []
  return record.toasts
    .filter(({ id, status }) => status === 'silent' && id !== job.key)
    .filter(({ id }) => record.jobs.get(id)?.jobId === job.jobId)
    .map(({ at }) => {
      const launch = launchesOf(record).findLast(({ from }) => from <= at)
      return { kind: 'desktopGone', server: null, from: at, to: launch?.to ?? at } as const
    })
}

/** Judges how the app did with one start. */
function judge(key: string, record: ServerDay): Verdict {
  const job = record.jobs.get(key) ?? null
  const tellings = tellingsOf(key, record)
  const told = tellings.at(-1)?.outcome ?? null
  const start = record.sim.startTruth(key)
  const madeUpAt = decidedAt(job, tellings.find(({ outcome }) => outcome === told)?.at ?? Date.now())
  const mark = job === null ? null : observabilityOf(job, start, madeUpAt, record)
  const verdict = ({ fault, why, observableAt }: Opinion): Verdict => {
    const heldUpUntil = (from: number): number => {
      if (job === null) return from
      const searchable = rivalsKnownFrom(job, searchableAt(job, from, record), madeUpAt, record)
      return idleSince(job, searchable, madeUpAt, record)
    }
    const inTheWay = [...disturbancesOf(key, record), ...unansweredOf(job, record)]
    const latency = latencyOf({ tellings, observableAt, heldUpUntil, job }, inTheWay)
    const isLate = latency !== null && latency.ms > latency.allowedMs
    return {
      faults: [
        ...(fault === null ? [] : [fault]),
        ...(isToldTwice(tellings, record) ? (['duplicated'] as const) : []),
        ...(isLate ? (['late'] as const) : []),
      ],
      why,
      tellings,
      hiddenBecause: mark === null || mark.isObservable ? null : mark.why,
      told,
      isCorrected: new Set(tellings.map(({ outcome }) => outcome)).size > 1,
      isOthers: job !== null && job.jobId !== null && job.jobId !== start?.jobId,
      latencyMs: latency?.ms ?? null,
      job,
      truth: record.sim.truth(job?.jobId ?? start?.jobId ?? ''),
    }
  }
  const notBegun = job === null ? null : notBegunFault(job, start, tellings[0]?.at ?? null, record)
  const isGap = isForgotten(job, tellings.at(-1)?.at ?? null, record)
  if (isGap && (told === null || !isWrongly(told, job, start, record)))
    return { ...verdict(right('the app had said that it can’t remember', null)), faults: [] }
  if (job === null || job.sentAt === null) {
    if (start !== null) return verdict(lost('the start went out, and the app forgot it'))
    if (job === null || !record.remembered.has(key))
      return verdict(right('the app died before the start went out', null))
  }
  if (told === null && job.phase === 'notBegun' && isHeldForGood(start))
    return withPhaseFault(verdict(right('it never ran, and waits as taken and not begun', null)), notBegun)
  if (told === null || mark === null)
    return verdict(lost(`never told; the app says ${job.outcome ?? job.phase}`))
  if (!tellings.some(({ outcome, isHeard }) => outcome === told && isHeard))
    return verdict(refused('the desktop did not take it, and it was not told again'))
  if (told !== job.outcome) return verdict(wrong(`told ${told}, but knows ${job.outcome ?? job.phase}`))
  if (isSharedJob(job, record)) return verdict(wrong('two starts have the same job'))
  return withPhaseFault(verdict(opinion(record, job, told, mark, madeUpAt)), notBegun)
}

/** Whether nothing ever began a start that its server took: an app that knows so waits for it for a day. */
const isHeldForGood = (start: StartTruth | null): boolean =>
  start?.jobId === null && (start.dropped === 'byDeadWorkflow' || start.held?.to === null)

/** The same with what is wrong with how it was told that the start is not begun. */
const withPhaseFault = (verdict: Verdict, fault: PhaseFault | null): Verdict =>
  fault === null
    ? verdict
    : { ...verdict, faults: [...verdict.faults, fault.kind], why: `${verdict.why}; ${fault.why}` }

/** Whether a job that the app has forgotten something of was told as what it is not. */
function isWrongly(
  told: Outcome,
  job: KnownJob | null,
  start: StartTruth | null,
  { sim }: ServerDay,
): boolean {
  if (told === 'unknown' || job === null || job.jobId !== start?.jobId) return false
  const really = sim.truth(job.jobId ?? '')?.outcome
  return really != null && really !== 'lost' && outcomeOf[really] !== told
}

/** What the judge says of a day. */
export interface DayVerdict {
  readonly starts: readonly Verdict[]
  /** What is wrong with the day as a whole. */
  readonly others: readonly DayFault[]
}

/** The job with the id that it really has, where the app knows it by its entry or its row in the history alone. */
function withRealId(job: KnownJob, { sim }: ServerDay): KnownJob {
  const [, kind, id] = /^(entry|row) (\S+)/u.exec(job.jobId ?? '') ?? []
  if ((kind !== 'entry' && kind !== 'row') || id === undefined) return job
  const claimed = job.evidence.findLast(({ kind: one }) => one === 'claimed' || one === 'claimedFromQueue')
  return { ...job, jobId: sim.jobOfRecord(kind, id, claimed?.at ?? job.endedAt ?? Number.POSITIVE_INFINITY) }
}

function withRealIds(part: ServerDay): ServerDay {
  const jobs = new Map([...part.jobs].map(([key, job]) => [key, withRealId(job, part)]))
  return { ...part, jobs }
}

/** What is wrong with an outcome that was told of a run; null where nothing is. */
function faultOf(job: KnownJob, told: Outcome, truth: Truth): string | null {
  const { fault, why } = ofJob(job, told, truth)
  return fault === null ? null : why
}

/** Judges how the app did with every start of a day, and with the day. */
export function judgeDay(day: DayRecord): DayVerdict {
  const parts = serverDays(day).map(withRealIds)
  const starts = parts.flatMap((record) => record.wishes.map(({ key }) => judge(key, record)))
  const watched = day.servers.flatMap(({ account }, place) => {
    const record = parts[place]
    return record === undefined ? [] : watchedFaults({ record, account, faultOf })
  })
  const others = [
    ...watched,
    ...parts.flatMap(suspensionFaults),
    ...toastFaults(day),
    ...outageFaults(day),
    ...hammering(day),
  ]
  return { starts, others }
}
