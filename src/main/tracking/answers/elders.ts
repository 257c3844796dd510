import type { Job } from '../job.ts'

/** Whether a job of its workflow was known to run when the start was asked for. */
export const hadElders = (job: Job, ofWorkflow: readonly Job[]): boolean =>
  job.start.runningBefore.length > 0 ||
  ofWorkflow.some(
    (one) =>
      one.key !== job.key && one.start.requestedAt <= job.start.requestedAt && !isEndedBefore(one, job),
  )

const isEndedBefore = ({ end }: Job, { start }: Job): boolean =>
  end !== null && end.endedAt < start.requestedAt
