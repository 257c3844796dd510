import type { Disturbance } from './day.ts'
import type { KnownJob } from '../known-job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'

/** How long the telling of an end took since it could be told, and how long it may take. Milliseconds. */
interface Latency {
  readonly ms: number
  readonly allowedMs: number
}

/** With all streams up: a sweep after the last wake, the log of a failure, and the gathering of a burst. */
const undisturbedMs = 4000

interface Allowance {
  /** Nothing can be learnt meanwhile: the time counts from its end. */
  readonly isAway?: true
  readonly allowedMs: number
  /** What was broken is noticed, or undone, only so long after. */
  readonly lingersMs: number
}

/** A keep-alive's beat and a half: what has no signal of its own is looked at on it. */
const beatMs = 22_000
/** Until a silent change stream counts as dead, a new one is up, and everything was looked at. */
const silentMs = 62_000
/** The longest pause between two attempts to reconnect, an attempt that hangs, and a look at everything. */
const reconnectMs = 90_000

/** A summary that the desktop refused is tried again after half a minute, then after a minute. */
const retriedMs = 95_000

const allowances: Readonly<Record<Disturbance['kind'], Allowance>> = {
  frames: { allowedMs: beatMs, lingersMs: 5000 },
  streams: { allowedMs: reconnectMs, lingersMs: silentMs },
  calls: { allowedMs: 2 * beatMs, lingersMs: beatMs },
  starts: { allowedMs: 2 * beatMs, lingersMs: beatMs },
  slowStarts: { allowedMs: reconnectMs, lingersMs: reconnectMs },
  lateEntries: { allowedMs: beatMs, lingersMs: reconnectMs },
  races: { allowedMs: beatMs, lingersMs: reconnectMs },
  unstorable: { allowedMs: beatMs, lingersMs: beatMs },
  busyServer: { allowedMs: 2 * reconnectMs, lingersMs: reconnectMs },
  stops: { allowedMs: 2 * beatMs, lingersMs: beatMs },
  pages: { allowedMs: 2 * beatMs, lingersMs: beatMs },
  noStreams: { allowedMs: beatMs, lingersMs: reconnectMs },
  shapes: { allowedMs: beatMs, lingersMs: beatMs },
  tokens: { allowedMs: beatMs, lingersMs: beatMs },
  slowNetwork: { allowedMs: 2 * beatMs, lingersMs: 5000 },
  serverKilled: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  serverStopped: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  networkGone: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  networkMoved: { isAway: true, allowedMs: beatMs, lingersMs: beatMs },
  asleep: { isAway: true, allowedMs: 2 * beatMs, lingersMs: 2 * beatMs },
  halfOpen: { isAway: true, allowedMs: reconnectMs, lingersMs: reconnectMs },
  appCrashed: { isAway: true, allowedMs: beatMs, lingersMs: beatMs },
  appQuit: { isAway: true, allowedMs: beatMs, lingersMs: beatMs },
  diskFull: { allowedMs: beatMs, lingersMs: beatMs },
  workflowSaved: { allowedMs: 2 * beatMs, lingersMs: reconnectMs },
  workflowRenamed: { allowedMs: beatMs, lingersMs: beatMs },
  workflowDead: { allowedMs: 2 * beatMs, lingersMs: reconnectMs },
  clockSetBack: { allowedMs: beatMs, lingersMs: beatMs },
  clockSetForward: { allowedMs: beatMs, lingersMs: beatMs },
  jobStreamsReset: { allowedMs: beatMs, lingersMs: beatMs },
  jobStreamsSilent: { allowedMs: beatMs, lingersMs: reconnectMs },
  changeStreamReset: { allowedMs: beatMs, lingersMs: beatMs },
  changeStreamSilent: { allowedMs: silentMs, lingersMs: silentMs },
  tokensRevoked: { allowedMs: beatMs, lingersMs: beatMs },
  desktopGone: { isAway: true, allowedMs: beatMs, lingersMs: beatMs },
  summaryRefused: { allowedMs: retriedMs, lingersMs: retriedMs },
}

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

/** Which job a start without an id of its own has become is looked for on each beat. */
const searchedFor: ReadonlySet<string> = new Set(['startQueued', 'startAnswerLost', 'idReplaced'])
const isSearchedFor = ({ job }: Timed): boolean =>
  job?.evidence.some(({ kind }) => searchedFor.has(kind)) ?? false

/** What only the history knows can't be learnt while it is refused, or fails and has empty logs. */
const hidesHistory: ReadonlySet<Disturbance['kind']> = new Set(['pages', 'calls'])

const isAway = (kind: Disturbance['kind'], { job }: Timed): boolean =>
  allowances[kind].isAway === true || (hidesHistory.has(kind) && isHistoryNeeded(job))

const isHistoryNeeded = (job: Timed['job']): boolean =>
  job?.outcomeFrom === 'history' || (job?.evidence.some(({ kind }) => kind === 'historyUnread') ?? false)

/** A job as it was told. Times in milliseconds since 1970. */
interface Timed {
  readonly tellings: readonly { readonly outcome: Outcome; readonly at: number }[]
  readonly observableAt: number | null
  /** Until when something other than a disturbance stands in the way of what could be told from then on. */
  readonly heldUpUntil: (from: number) => number
  readonly job: Pick<KnownJob, 'reason' | 'evidence' | 'outcomeFrom'> | null
}

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
  const allowed = disturbances
    .filter(({ kind, from: began, to }) => began <= toldAt && to + allowances[kind].lingersMs >= from)
    .map(({ kind }) => allowances[kind].allowedMs)
  if (isSearchedFor(timed)) allowed.push(beatMs)
  const allowedMs = isGivenUp(timed) ? givenUpMs : Math.max(undisturbedMs, ...allowed)
  return { ms: Math.max(0, toldAt - from), allowedMs }
}
