import type { KnownJob } from '../known-job.ts'
import type { StartTruth } from '../wexflow-sim/truth.ts'
import { t } from './app.ts'
import { firstToldAt, isPhaseOverdue, phaseTellingsOf } from './phase-tellings.ts'
import type { ServerDay } from './server-day.ts'

/** A start that nothing begins is told as that within this time, in milliseconds. */
const toldWithinMs = 120_000
/** What the app has read of a job may be so old when it is told, in milliseconds. */
const readBeforeMs = 2000

/** What is wrong with how a phase was told. */
export interface PhaseFault {
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

/** Whether a start that its dead workflow never began, or that its queue held, was told as that in time, or as ended before. */
function isToldInTime(
  job: KnownJob,
  start: StartTruth,
  endToldAt: number | null,
  record: ServerDay,
): boolean {
  const answer = record.answers.get(job.key)
  const told = firstToldAt(phaseTellingsOf(job.key, 'notBegun', record))
  const at = Math.min(told, endToldAt ?? Date.now())
  if (start.held !== null && answer?.kind === 'noJobId') {
    const from = idleFrom(Math.max(answer.at, start.held.from), start.workflowId, record)
    const heldUntil = start.held.to ?? Number.POSITIVE_INFINITY
    // Without a mark the history can't tell whether its run came and went.
    if (job.historyMark === null || hasSomeRun(job, start, record) || mayHaveStray(job, record)) return true
    return !isPhaseOverdue('notBegun', { from, at: Math.min(at, heldUntil) }, toldWithinMs, record, true)
  }
  if (start.dropped !== 'byDeadWorkflow' || start.answeredId === null || answer?.kind !== 'started')
    return true
  // It has another's run, which may have begun just before it was to be told.
  if (job.jobId !== null && job.jobId !== start.answeredId) return true
  const from = idleFrom(answer.at, start.workflowId, record)
  return !isPhaseOverdue('notBegun', { from, at }, toldWithinMs, record)
}

/** Whether another start has the run of one that has no id: one of the two was begun, and nothing says which. */
const hasLostRun = ({ key, jobId }: KnownJob, start: StartTruth | null, { jobs }: ServerDay): boolean =>
  start !== null &&
  start.answeredId === null &&
  jobId === null &&
  [...jobs.values()].some(
    (other) => other.key !== key && other.answer !== 'elsewhere' && other.jobId === start.jobId,
  )

/** Whether a start in a queue has another's run, or whether a run that nothing in the history names may be its. */
const hasSomeRun = (job: KnownJob, start: StartTruth, { sim }: ServerDay): boolean =>
  (job.jobId !== null && job.jobId !== start.jobId) ||
  sim
    .truths()
    .some(
      ({ workflowId, isNamedInHistory, endedAt }) =>
        workflowId === job.workflowId && !isNamedInHistory && (endedAt ?? Date.now()) >= job.requestedAt,
    )

/**
 * Whether a run that belongs to nobody may be a start's for all that the app knows: the start was never seen under a change
 * stream, so that its server may have restarted before that run.
 */
function mayHaveStray(job: KnownJob, { sim, jobs }: ServerDay): boolean {
  const owned = new Set([...jobs.values()].map(({ jobId }) => jobId))
  return (
    job.serverRun === null &&
    sim
      .truths()
      .some(
        ({ workflowId, jobId, beganAt }) =>
          workflowId === job.workflowId && !owned.has(jobId) && (beganAt ?? 0) >= job.requestedAt,
      )
  )
}

/** What is wrong with how it was told that a start is taken and not begun; null where nothing is. */
export function notBegunFault(
  job: KnownJob,
  start: StartTruth | null,
  endToldAt: number | null,
  record: ServerDay,
): PhaseFault | null {
  const { sim, phasesTold, toasts, disturbances } = record
  const beganAt = hasLostRun(job, start, record) ? null : (sim.truth(start?.jobId ?? '')?.beganAt ?? null)
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
  return {
    kind: 'late',
    why: 'its workflow is dead, or its queue stands still, and that was not told in time',
  }
}
