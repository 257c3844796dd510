import type { WorkflowInfo } from '../wexflow/server.ts'

/** The last job of a workflow that a list showed: its id, and when it began by the server's clock. */
export type Begun = Pick<WorkflowInfo, 'jobId' | 'lastStart'>

/**
 * When a workflow last began. One that takes starts and begins none (docs/job-ends.md, point 17) shows the time of each
 * start that it took, beside the id of the job before: that is no begin.
 * @param before what the list before said; undefined where there was none
 */
export const begunOf = ({ jobId, lastStart }: Begun, before: Begun | undefined): Begun =>
  before !== undefined && jobId !== null && jobId === before.jobId ? before : { jobId, lastStart }
