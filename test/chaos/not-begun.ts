import type { KnownJob } from '../known-job.ts'
import type { StartTruth } from '../wexflow-sim/truth.ts'
import { t } from './app.ts'
import type { ServerDay } from './server-day.ts'
import { latencyOf } from './latency.ts'

/** A start that nothing begins is told as that within this time, in milliseconds. */
const toldWithinMs = 120_000
/** What the desktop refused is tried again after half a minute, then after a minute, in milliseconds. */
const retriedMs = 95_000
/** What the app has read of a job may be so old when it is told, in milliseconds. */
const readBeforeMs = 2000

interface PhaseFault {
  readonly kind: 'wrong' | 'late'
  readonly why: string
}

/** Since when the server holds a start while its workflow runs nothing: it could as well wait for what runs. */
function idleFrom(answeredAt: number, workflowId: number, { sim }: ServerDay): number {
  let from = answeredAt
  const began = sim
    .truths()
    .filter((truth) => truth.workflowId === workflowId && truth.beganAt !== null)
    .toSorted((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0))
  for (const { beganAt, endedAt } of began) {
    if ((beganAt ?? 0) <= from + toldWithinMs) from = Math.max(from, endedAt ?? Number.POSITIVE_INFINITY)
  }
  return from
}

/**
 * When it was told first that a start is not begun: alone, as far as the desktop did not refuse it, or with others, as the
 * app's record says. Infinite where it was not. What was refused was told in time if it was tried again.
 */
function firstTold(jobKey: string, { phasesTold, toasts }: ServerDay): number {
  const own = toasts.filter(
    ({ id, title }) => id === `phase:${jobKey}` && title.includes(t('phase.notBegun')),
  )
  const taken = own.filter(({ status }) => status !== 'refused').map(({ at }) => at)
  const together = phasesTold.filter(({ key, phase }) => key === jobKey && phase === 'notBegun')
  const told = Math.min(...taken, ...together.map(({ at }) => at))
  const tried = own[0]?.at ?? told
  return told - tried <= retriedMs ? tried : told
}

/** Whether a start that its dead workflow never began was told as that in time, or as ended before. */
function isToldInTime(
  job: KnownJob,
  start: StartTruth,
  endToldAt: number | null,
  record: ServerDay,
): boolean {
  const answer = record.answers.get(job.key)
  if (start.dropped !== 'byDeadWorkflow' || start.answeredId === null || answer?.kind !== 'started')
    return true
  const from = idleFrom(answer.at, start.workflowId, record)
  const at = Math.min(firstTold(job.key, record), endToldAt ?? Number.POSITIVE_INFINITY)
  if (at <= from) return true
  const tellings = [{ outcome: 'unknown', at: Number.isFinite(at) ? at : Date.now() }] as const
  const timed = { tellings, observableAt: from, heldUpUntil: (since: number) => since, job: null }
  const latency = latencyOf(timed, record.disturbances)
  return latency === null || latency.ms <= latency.allowedMs + toldWithinMs
}

/** What is wrong with how it was told that a start is taken and not begun; null where nothing is. */
export function notBegunFault(
  job: KnownJob,
  start: StartTruth | null,
  endToldAt: number | null,
  record: ServerDay,
): PhaseFault | null {
  const { sim, phasesTold, toasts, disturbances } = record
  const beganAt = sim.truth(start?.jobId ?? '')?.beganAt ?? null
  for (const { key, phase, at } of phasesTold) {
    if (key !== job.key || phase !== 'notBegun' || beganAt === null) continue
    const isBlind = disturbances.some(({ from, to }) => from <= at && to >= beganAt)
    if (beganAt < at - readBeforeMs && !isBlind)
      return { kind: 'wrong', why: 'said to be not begun, and it ran' }
  }
  const begunAt = toasts.find(
    ({ id, title }) => id === `phase:${job.key}` && title.includes(t('toast.begun')),
  )?.at
  const claimed = sim.truth(job.jobId ?? '')?.beganAt ?? beganAt
  if (begunAt !== undefined && (claimed === null || claimed > begunAt))
    return { kind: 'wrong', why: 'said to have begun, and it had not' }
  const last = phasesTold.findLast(({ key }) => key === job.key)
  if (endToldAt !== null && last?.phase === 'notBegun')
    return { kind: 'wrong', why: 'still said to be not begun' }
  if (start === null || isToldInTime(job, start, endToldAt, record)) return null
  return { kind: 'late', why: 'its workflow is dead, and that was not told in time' }
}
