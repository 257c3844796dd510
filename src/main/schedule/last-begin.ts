import type { WorkflowInfo } from '../wexflow/server.ts'

/** The last job of a workflow that a list showed: its id, and when it began by the server's clock. */
type LastJob = Pick<WorkflowInfo, 'jobId' | 'lastStart'>

/**
 * When a workflow last began, by the server's clock. One that takes starts and begins none (docs/job-ends.md, point 17)
 * shows the time of each start that it took, beside the id of the job before: that is no begin.
 * @param before what was known with the list before; undefined where there was none
 */
export const lastBeginOf = ({ jobId, lastStart }: LastJob, before: LastJob | undefined): number | null =>
  before !== undefined && jobId !== null && jobId === before.jobId ? before.lastStart : lastStart
