import type { Outcome } from '../../src/shared/outcome.ts'
import type { KnownJob } from '../known-job.ts'
import type { Truth } from '../wexflow-sim/truth.ts'
import { maySee } from '../wexflow-sim/users.ts'
import type { Account } from './app.ts'
import type { DayFault } from './day-fault.ts'
import { isForgotten } from './forgotten.ts'
import { hasCrashed } from './launches.ts'
import type { ServerDay } from './server-day.ts'
import { isAnswerTo, isToldTwice, type Telling, tellingsOf } from './tellings.ts'

/** What is said of one run that others began; null where nothing is wrong with it. */
type Said = string | null

/** A part of a day, and what the person wants of it. */
export interface WatchedPart {
  readonly record: ServerDay
  readonly account: Account
  /** What is wrong with an outcome that was told of a job, by what really became of its run; null where nothing is. */
  readonly faultOf: (job: KnownJob, told: Outcome, truth: Truth) => Said
}

/** So long before a run and after its end nothing may have been broken for it to have to be told, in milliseconds. */
const calmBeforeMs = 200_000
const calmAfterMs = 120_000

/** Whether a run of this workflow is to be told, whoever began it. */
function isWanted({ account, record }: WatchedPart, workflowId: number): boolean {
  const workflow = record.sim.workflows.find(({ id }) => id === workflowId)
  if (workflow === undefined || !maySee(account.user, workflow)) return false
  return (
    account.watch === 'all' || (account.watch === 'favourites' && account.favourites.includes(workflowId))
  )
}

/** Whether one of these other jobs was told of the same run by itself, and not by what had been told of it before. */
function isToldAgain(
  job: KnownJob,
  tellings: readonly Telling[],
  others: readonly KnownJob[],
  record: ServerDay,
): boolean {
  // What is moved from a watched run to the start that owns it, or back, keeps the time at which the desktop had answered;
  // where it answers only after that, it is the other job that was told then.
  const moved = new Set(record.settled.flatMap(({ key, told }) => (key === job.key ? told.at : [])))
  const own = record.toasts.filter(({ id }) => id === job.key)
  const isMoved = (at: number): boolean => moved.has(at) || own.some((toast) => isAnswerTo(toast, at))
  return others.some(({ key }) =>
    tellingsOf(key, record).some((telling) =>
      tellings.some((before) => {
        const [from, to] = [Math.min(before.at, telling.at), Math.max(before.at, telling.at)]
        const isSame = before.outcome === telling.outcome && before.isHeard && telling.isHeard
        return isSame && !isMoved(telling.at) && !hasCrashed(record, from, to)
      }),
    ),
  )
}

/** Whether the start that the run turned out to be was told later as what really became of it. */
const isPutRight = (
  { at: since }: Telling,
  own: readonly KnownJob[],
  { record, faultOf }: WatchedPart,
  truth: Truth,
): boolean =>
  own.some((job) =>
    tellingsOf(job.key, record).some(
      ({ outcome, at }) => at > since && faultOf(job, outcome, truth) === null,
    ),
  )

/** What is wrong with how a watched run was told. */
function saidOf(job: KnownJob, part: WatchedPart): Said {
  const { record, faultOf } = part
  const truth = record.sim.truth(job.jobId ?? '')
  if (truth === null) return 'a run that never was'
  if (!isWanted(part, job.workflowId)) return 'a run that nobody wanted to be told of'
  const tellings = tellingsOf(job.key, record)
  const told = tellings.at(-1)?.outcome ?? null
  if (isForgotten(job, tellings.at(-1)?.at ?? null, record)) return null
  if (isToldTwice(tellings, record)) return 'a run of others was told twice'
  const same = [...record.jobs.values()].filter(({ key, jobId }) => key !== job.key && jobId === job.jobId)
  const own = same.filter(({ answer }) => answer !== 'elsewhere')
  if (isToldAgain(job, tellings, own, record)) return 'a run was told as another’s and as one’s own'
  const later = same.filter(
    ({ answer, requestedAt }) => answer === 'elsewhere' && requestedAt > job.requestedAt,
  )
  if (isToldAgain(job, tellings, later, record))
    return 'a run of others was told again when it was found again'
  // The history can't tell it once the server is gone.
  if (told === 'unknown' && (!truth.isNamedInHistory || truth.unlistedAt !== null)) return null
  const last = tellings.at(-1)
  if (last !== undefined) return isPutRight(last, own, part, truth) ? null : faultOf(job, last.outcome, truth)
  if (!record.remembered.has(job.key)) return null
  return `a run of others was never told; the app says ${job.outcome ?? job.phase}`
}

/** Whether nothing was wrong while it ran, nor shortly before and after. */
function wasCalm({ acceptedAt, recordedAt }: Truth, { disturbances, launchesEnded }: ServerDay): boolean {
  if (recordedAt === null) return false
  const [from, to] = [acceptedAt - calmBeforeMs, recordedAt + calmAfterMs]
  return (
    !disturbances.some((one) => one.from <= to && one.to >= from) &&
    !launchesEnded.some(({ at }) => at >= from && at <= to)
  )
}

/** The runs that others began and that had to be told: nothing was broken meanwhile, and nothing hid them. */
function mustBeTold(part: WatchedPart): Truth[] {
  const { record } = part
  const truths = record.sim.truths()
  const first = Math.min(...truths.map(({ acceptedAt }) => acceptedAt))
  const own = new Set(record.wishes.map(({ key }) => record.sim.startTruth(key)?.jobId))
  return truths.filter(
    (truth) =>
      truth.acceptedAt > first + calmBeforeMs &&
      truth.beganAt !== null &&
      truth.observable &&
      truth.unlistedAt === null &&
      truth.isNamedInHistory &&
      !own.has(truth.jobId) &&
      isWanted(part, truth.workflowId) &&
      wasCalm(truth, record),
  )
}

/** What is wrong with how runs that others began were told on a part of a day. */
export function watchedFaults(part: WatchedPart): DayFault[] {
  const { record } = part
  const watched = [...record.jobs.values()].filter(({ answer }) => answer === 'elsewhere')
  const wrong = watched.flatMap((job): DayFault[] => {
    const what = saidOf(job, part)
    const truth = record.sim.truth(job.jobId ?? '')
    const detail = `${job.workflowName} ${job.key}: ${JSON.stringify(truth)}`
    return what === null ? [] : [{ kind: 'wrong', what, detail }]
  })
  const known = new Set([...record.jobs.values()].map(({ jobId }) => jobId))
  const missed = mustBeTold(part).filter(({ jobId }) => !known.has(jobId))
  return [
    ...wrong,
    ...missed.map((truth): DayFault => {
      const detail = JSON.stringify(truth)
      return { kind: 'wrong', what: 'a run of others was never seen', detail }
    }),
  ]
}

/** How many runs of others were told. */
export const watchedTold = (day: Pick<ServerDay, 'jobs' | 'settled'>): number =>
  new Set(day.settled.flatMap(({ key }) => (day.jobs.get(key)?.answer === 'elsewhere' ? key : []))).size
