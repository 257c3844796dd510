import { summaryToast } from '../../src/main/notify/texts.ts'
import type { EndedJobView } from '../../src/shared/job-view.ts'
import { type Outcome, outcomes } from '../../src/shared/outcome.ts'
import { isOthers } from '../../src/shared/watch.ts'
import type { KnownJob } from '../known-job.ts'
import { locale, t } from './app.ts'
import type { DayRecord } from './day.ts'
import type { DayFault } from './day-fault.ts'
import type { ShownToast } from './recording-toaster.ts'

const toldAs = (job: KnownJob, outcome: Outcome): EndedJobView => ({
  ...job,
  variables: [],
  hasOthersVariables: false,
  wasSuspended: false,
  isApproval: false,
  asked: job.stopAskedAt === null ? null : 'stop',
  state: {
    phase: 'ended',
    outcome,
    from: job.outcomeFrom ?? 'inferred',
    reason: job.reason,
    endedAt: job.endedAt,
    learntAt: job.endedAt ?? 0,
    durationMs: job.durationMs,
    errorLine: job.errorLine,
  },
})

/**
 * What a summary said of jobs whose ends were corrected, and told anew, before the desktop answered: the record of what was
 * told has that last word of them.
 */
const correctedBefore = (
  { at, answeredAt }: ShownToast,
  { settled, jobs }: Pick<DayRecord, 'settled' | 'jobs'>,
): EndedJobView[] =>
  settled
    .filter(({ told }) => told.at > at && told.at < answeredAt)
    .flatMap(({ key }) => {
      const job = jobs.get(key)
      const corrected = job?.evidence.findLast(({ kind }) => kind === 'corrected')?.detail
      const before = outcomes.find((outcome) => outcome === corrected)
      return job === undefined || before === undefined ? [] : [toldAs(job, before)]
    })

/** Whether a summary's words do not say what the records of its jobs say that was told. */
function isUntrueSummary(toast: ShownToast, { toasts, settled, jobs }: DayRecord): boolean {
  const { id, answeredAt, title } = toast
  const together = toasts.filter((other) => other.answeredAt === answeredAt)
  if (!id.startsWith('summary:') || together.length > 1) return false
  const ends = settled.filter(({ told }) => told.at === answeredAt)
  const ended = ends.flatMap(({ key, since, jobId, told }) => {
    const job = jobs.get(key)
    // A start that got a run which had been told of was not in the summary: the run was, as the watched one that it was.
    if (job === undefined || (since > told.at && !isOthers(job))) return []
    return [toldAs({ ...job, jobId }, told.outcome)]
  })
  // A watched run and a start that had it by then are one; two starts never are, though one that the app forgot may have had
  // the run of another. Which run each got later says nothing.
  const runs = ended.filter(
    (one, place) => !isOthers(one) || !ended.slice(place + 1).some(({ jobId }) => jobId === one.jobId),
  )
  // The app may have died before it wrote down what it told.
  const told = [runs, [...runs, ...correctedBefore(toast, { settled, jobs })]]
  return runs.length > 0 && told.every((those) => summaryToast(those, t, locale).title !== title)
}

/** Whether the toast of one job does not say on which of several servers it ran. */
function isNameless({ id, body }: ShownToast, { servers, jobs }: DayRecord): boolean {
  const server = servers.find(({ account }) => account.id === jobs.get(id)?.serverId)
  return servers.length > 1 && server !== undefined && !body.includes(server.account.name)
}

/** A notification that was on its way may still come so long after notifications were muted, in milliseconds. */
const onItsWayMs = 2000

/** Whether a notification came while notifications were muted. */
const isUnasked = ({ at }: ShownToast, { disturbances }: DayRecord): boolean =>
  disturbances.some(({ kind, from, to }) => kind === 'muted' && at > from + onItsWayMs && at < to)

/** What is wrong with notifications: their words, and when they come. */
export const toastFaults = (day: DayRecord): DayFault[] =>
  day.toasts.flatMap((toast): DayFault[] => {
    if (isUntrueSummary(toast, day))
      return [{ kind: 'wrong', what: 'an untrue summary', detail: toast.title }]
    if (isNameless(toast, day))
      return [{ kind: 'wrong', what: 'a notification that does not name its server', detail: toast.title }]
    if (isUnasked(toast, day))
      return [{ kind: 'wrong', what: 'a notification while they are muted', detail: toast.title }]
    return []
  })
