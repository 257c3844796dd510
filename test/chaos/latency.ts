import type { Disturbance } from './diary.ts'
import type { KnownJob } from '../known-job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { showsWithinMs } from './observable.ts'

/** How long the telling of an end took since it could be told, and how long it may take. Milliseconds. */
interface Latency {
  readonly ms: number
  readonly allowedMs: number
}

/** With all streams up: a sweep after the last change, and the log of a failure. */
const undisturbedMs = 4000
/** What ends in a burst is gathered for so long, whatever else is in force. */
const gatheringMs = 10_000

interface Allowance {
  /** Nothing can be learnt meanwhile: the time counts from its end. */
  readonly isAway?: true
  readonly allowedMs: number
  /** What was broken is noticed, or undone, only so long after. */
  readonly lingersMs: number
}

/** One and a half times the time between keep-alives, on which is read what announces nothing by itself. */
const keepAliveMs = 22_000
/** Until a silent change stream counts as dead, a new one is up, and the catch-up is done. */
const silentMs = 62_000
/** The longest pause between two attempts to reconnect, an attempt that hangs, and a catch-up. */
const reconnectMs = 90_000

/** A summary that the desktop refused is tried again after half a minute, then after a minute. */
export const retriedMs = 95_000

/** A desktop that refused for two minutes is tried again as long after, as nothing says that it takes them now. */
const desktopRetryMs = 250_000

const allowances: Readonly<Record<Disturbance['kind'], Allowance>> = {
  frames: { allowedMs: keepAliveMs, lingersMs: 5000 },
  streams: { allowedMs: reconnectMs, lingersMs: silentMs },
  calls: { allowedMs: 2 * keepAliveMs, lingersMs: keepAliveMs },
  starts: { allowedMs: 2 * keepAliveMs, lingersMs: keepAliveMs },
  slowStarts: { allowedMs: reconnectMs, lingersMs: reconnectMs },
  lateEntries: { allowedMs: keepAliveMs, lingersMs: reconnectMs },
  races: { allowedMs: keepAliveMs, lingersMs: reconnectMs },
  unstorable: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  busyServer: { allowedMs: 2 * reconnectMs, lingersMs: reconnectMs },
  stops: { allowedMs: 2 * keepAliveMs, lingersMs: keepAliveMs },
  pages: { allowedMs: 2 * keepAliveMs, lingersMs: keepAliveMs },
  noStreams: { allowedMs: keepAliveMs, lingersMs: reconnectMs },
  shapes: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  tokens: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  slowNetwork: { allowedMs: 2 * keepAliveMs, lingersMs: 5000 },
  serverKilled: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  serverStopped: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  networkGone: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  networkMoved: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  asleep: { isAway: true, allowedMs: 2 * keepAliveMs, lingersMs: 2 * keepAliveMs },
  halfOpen: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  appCrashed: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  appQuit: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  diskFull: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  workflowSaved: { allowedMs: 2 * keepAliveMs, lingersMs: reconnectMs },
  queueStopped: { allowedMs: 2 * keepAliveMs, lingersMs: reconnectMs },
  workflowRenamed: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  workflowDead: { allowedMs: 2 * keepAliveMs, lingersMs: reconnectMs },
  clockSetBack: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  clockSetForward: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  jobStreamsReset: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  jobStreamsSilent: { allowedMs: keepAliveMs, lingersMs: reconnectMs },
  changeStreamReset: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  changeStreamSilent: { allowedMs: silentMs, lingersMs: silentMs },
  tokensRevoked: { allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  frozen: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  limitedConnections: { allowedMs: reconnectMs, lingersMs: reconnectMs },
  portal: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  redirect: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  tooManyRequests: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  restAsked: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  badGateway: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  unavailable: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  captivePortal: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  desktopGone: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  desktopRefuses: { isAway: true, allowedMs: desktopRetryMs, lingersMs: desktopRetryMs },
  desktopAnswersLate: { allowedMs: retriedMs, lingersMs: retriedMs },
  muted: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  loginBeforeDesktop: { isAway: true, allowedMs: keepAliveMs, lingersMs: keepAliveMs },
  summaryRefused: { allowedMs: retriedMs, lingersMs: retriedMs },
}

/** These delay what is known already: their time comes after that in which it is learnt. */
const ofDesktop: ReadonlySet<Disturbance['kind']> = new Set([
  'desktopRefuses',
  'desktopAnswersLate',
  'summaryRefused',
])

/**
 * An unknown end that nothing but time decides: lost starts, jobs never seen, jobs that left without a word. Nothing
 * has to prove that the server restarted to whoever saw nothing of the job before.
 */
const givenUpMs = 700_000

const isGivenUp = ({ job }: Timed): boolean =>
  job?.reason === 'startUnconfirmed' ||
  job?.reason === 'notRecorded' ||
  (job?.reason === 'endedWithServer' && !wasSeen(job))

const wasSeen = ({ evidence }: Pick<KnownJob, 'evidence'>): boolean =>
  evidence.some(({ kind }) => kind === 'entry' || kind === 'jobsListed' || kind === 'frame')

/** Which job a start without an id of its own has become is looked for on each keep-alive. */
const searchedFor: ReadonlySet<string> = new Set(['startQueued', 'startAnswerLost', 'idReplaced'])
const isSearchedFor = ({ job }: Timed): boolean =>
  job?.evidence.some(({ kind }) => searchedFor.has(kind)) ?? false

/** Where the server is slow to begin jobs, a start whose id it shows nowhere waits for that before it claims another run. */
const isOwnIdAwaited = ({ job }: Timed, inForce: readonly Disturbance['kind'][]): boolean =>
  inForce.includes('lateEntries') && (job?.evidence.some(({ kind }) => kind === 'idReplaced') ?? false)

/** What only the history knows can't be learnt while it is refused, or fails and has empty logs. */
const hidesHistory: ReadonlySet<Disturbance['kind']> = new Set(['pages', 'calls'])

/**
 * A start in the queue, before which the history could not be read, gets its run by the entries alone, and these count
 * only under a change stream: without one the server may be in another run, whose entries have the same ids.
 */
const isStreamNeeded = (job: Timed['job']): boolean => job?.answer === 'queued' && job.historyMark === null

const isAway = (kind: Disturbance['kind'], { job }: Timed): boolean =>
  allowances[kind].isAway === true ||
  (hidesHistory.has(kind) && isHistoryNeeded(job)) ||
  (kind === 'noStreams' && isStreamNeeded(job))

const isHistoryNeeded = (job: Timed['job']): boolean =>
  job?.outcomeFrom === 'history' || (job?.evidence.some(({ kind }) => kind === 'historyUnread') ?? false)

/** A job as it was told. Times in milliseconds since 1970. */
interface Timed {
  readonly tellings: readonly { readonly outcome: Outcome; readonly at: number }[]
  readonly observableAt: number | null
  /** Until when something other than a disturbance stands in the way of what could be told from then on. */
  readonly heldUpUntil: (from: number) => number
  readonly job: Pick<KnownJob, 'reason' | 'evidence' | 'outcomeFrom' | 'answer' | 'historyMark'> | null
}

const longest = (kinds: readonly Disturbance['kind'][], least: number): number =>
  Math.max(least, ...kinds.map((kind) => allowances[kind].allowedMs))

/** Null where the end was not told, or can't be said to have become observable at a time. */
export function latencyOf(timed: Timed, disturbances: readonly Disturbance[]): Latency | null {
  const { tellings, observableAt } = timed
  const outcome = tellings.at(-1)?.outcome
  const toldAt = tellings.find((telling) => telling.outcome === outcome)?.at
  if (toldAt === undefined || observableAt === null) return null
  let from = observableAt
  for (const { kind, from: began, to } of [...disturbances].sort((a, b) => a.from - b.from)) {
    if (isAway(kind, timed) && began <= toldAt && to > from) from = Math.min(to, toldAt)
  }
  from = Math.min(timed.heldUpUntil(from), toldAt)
  const inForce = disturbances
    .filter(({ kind, from: began, to }) => began <= toldAt && to + allowances[kind].lingersMs >= from)
    .map(({ kind }) => kind)
  const learning = inForce.filter((kind) => !ofDesktop.has(kind))
  const leastMs = Math.max(
    isSearchedFor(timed) ? keepAliveMs : undisturbedMs,
    isOwnIdAwaited(timed, learning) ? showsWithinMs : 0,
    learning.includes('noStreams') && isStreamNeeded(timed.job) ? reconnectMs : 0,
  )
  const learnedMs = longest(learning, leastMs)
  const takenMs = longest(
    inForce.filter((kind) => ofDesktop.has(kind)),
    0,
  )
  const allowedMs = gatheringMs + (isGivenUp(timed) ? givenUpMs : learnedMs) + takenMs
  return { ms: Math.max(0, toldAt - from), allowedMs }
}
