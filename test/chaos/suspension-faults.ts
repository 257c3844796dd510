import type { KnownJob } from '../known-job.ts'
import type { Suspension, Truth } from '../wexflow-sim/truth.ts'
import type { DayFault } from './day-fault.ts'
import { isForgotten } from './forgotten.ts'
import { hasCrashed } from './launches.ts'
import { firstToldAt, isPhaseOverdue, type PhaseTelling, phaseTellingsOf } from './phase-tellings.ts'
import { hasRunSince, knownAt, searchableAt } from './searchable.ts'
import type { ServerDay } from './server-day.ts'
import { tellingsOf } from './tellings.ts'

/**
 * Nothing announces a suspension that a stop of the job before has left, and its entry says Running. The list of running jobs
 * shows it, which may be read only once a minute while nothing changes, with a keep-alive; of a watched run, whose entry is
 * believed for a minute, only after that. Milliseconds.
 */
const leftMs = { own: 75_000, watched: 135_000 } as const
/** Of pages that only watched runs want, the next may wait for so long where much goes on. Milliseconds. */
const pagesMs = { own: 0, watched: 20_000 } as const

/** Whether the app could learn in time that its job was suspended, and did not tell it while it was. */
function isUntold(
  { from, to }: Suspension,
  job: KnownJob,
  { beganAt, unlistedAt }: Truth,
  tellings: readonly PhaseTelling[],
  record: ServerDay,
): boolean {
  const until = Math.min(to ?? Number.POSITIVE_INFINITY, unlistedAt ?? Number.POSITIVE_INFINITY)
  const knowableAt = searchableAt(job, Math.max(from, knownAt(job), hasRunSince(job)), record)
  // Who has asked for its end deals with it already.
  const isStopAsked = job.evidence.some(({ kind, at }) => kind === 'stopAsked' && at <= until)
  if (knowableAt >= until || isStopAsked) return false
  const overAt = (since: number): number =>
    record.phasesTold.find(({ key, phase, at }) => key === job.key && phase !== 'suspended' && at >= since)
      ?.at ?? Number.POSITIVE_INFINITY
  // What was told of the time before holds where the app did not see that it was over meanwhile.
  const holds = tellings.some(
    ({ at, answeredAt, status }) => status !== 'refused' && at < from && overAt(answeredAt) >= from,
  )
  if (holds) return false
  const told = firstToldAt(
    tellings.filter(({ at }) => at >= from && at <= until),
    until,
  )
  const whose = job.origin === 'app' ? 'own' : 'watched'
  const allowedMs = (from === beganAt ? leftMs : pagesMs)[whose]
  return isPhaseOverdue('suspended', { from: knowableAt, at: told }, allowedMs, record)
}

const begunBy = (suspensions: readonly Suspension[], { at }: PhaseTelling): Suspension[] =>
  suspensions.filter(({ from }) => from <= at)

/** Whether the app could know by then that the run had gone on. */
const isKnownOver = ({ to }: Suspension, { at }: PhaseTelling, record: ServerDay): boolean =>
  to !== null && isPhaseOverdue('suspended', { from: to, at }, 0, record)

/** What is wrong with a telling, held against the times in which the run was suspended that it can be of. */
function faultOfTelling(
  telling: PhaseTelling,
  suspensions: readonly Suspension[],
  record: ServerDay,
): string | null {
  const begun = begunBy(suspensions, telling)
  if (begun.length === 0) return 'told as suspended, and was not'
  return begun.every((one) => isKnownOver(one, telling, record)) ? 'told as suspended, and went on' : null
}

/**
 * Whether one of these tellings is left without a suspension of its own. Each is of the first one that it can be of and
 * that none before it was of: what a slow server says is of a time before.
 */
function isOneToldTwice(
  tellings: readonly PhaseTelling[],
  suspensions: readonly Suspension[],
  record: ServerDay,
): boolean {
  let toldFrom = Number.NEGATIVE_INFINITY
  return tellings.some((telling, place) => {
    const before = tellings[place - 1]
    const mayRepeat = before !== undefined && hasCrashed(record, before.at, telling.at)
    const own = begunBy(suspensions, telling).find(
      (one) => (mayRepeat || one.from > toldFrom) && !isKnownOver(one, telling, record),
    )
    if (own !== undefined) toldFrom = own.from
    return own === undefined
  })
}

/** What is wrong with how it was told that a job was suspended; null where nothing is. */
function faultOf(job: KnownJob, truth: Truth, record: ServerDay): string | null {
  const { suspensions } = truth
  const tellings = phaseTellingsOf(job.key, 'suspended', record)
  const since = hasRunSince(job)
  // What was told of a run that the start gave back, or before it had one, is no end of the run that it has.
  const endToldAt = tellingsOf(job.key, record).find(({ at }) => at >= since)?.at ?? Number.POSITIVE_INFINITY
  if (tellings.some(({ at }) => at > endToldAt)) return 'told as suspended after its end'
  const last = record.phasesTold.findLast(({ key }) => key === job.key)
  if (last?.phase === 'suspended' && Number.isFinite(endToldAt))
    return 'still said to be suspended at its end'
  // Nothing says which run of its workflow a start had that it gave back.
  const ofWorkflow = (): Suspension[] =>
    record.sim.truths().flatMap((one) => (one.workflowId === truth.workflowId ? one.suspensions : []))
  for (const telling of tellings) {
    const fault = faultOfTelling(telling, telling.at < since ? ofWorkflow() : suspensions, record)
    if (fault !== null) return fault
  }
  const own = tellings.filter(({ at }) => at >= since)
  const heard = own.filter(({ status }) => status === 'shown')
  if (isOneToldTwice(heard, suspensions, record)) return 'told twice of one suspension'
  const isMissed = suspensions.some((one) => isUntold(one, job, truth, own, record))
  return isMissed ? 'suspended, and that was not told in time' : null
}

/** What is wrong with how it was told that jobs were suspended: once for each time, and while it lasts. */
export const suspensionFaults = (record: ServerDay): DayFault[] =>
  [...record.jobs.values()].flatMap((job): DayFault[] => {
    const truth = record.sim.truth(job.jobId ?? '')
    if (truth === null || isForgotten(job, null, record)) return []
    const what = faultOf(job, truth, record)
    if (what === null) return []
    const told = phaseTellingsOf(job.key, 'suspended', record).map(({ at }) => at)
    const detail = `${job.workflowName} ${job.key}: told ${told.join(', ')}: ${JSON.stringify(truth)}`
    return [{ kind: 'wrong', what: `a job ${what}`, detail }]
  })
