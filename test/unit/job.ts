import { newJob } from '../../src/main/tracking/new-job.ts'
import type { Job } from '../../src/main/tracking/job.ts'

/** A job that has just been wished for, with what a test says of it. */
export const jobWith = (part: Partial<Job>): Job => ({
  ...newJob('server', { id: 1, name: 'Import orders', isApproval: false }, 0),
  key: 'key',
  evidence: [],
  ...part,
})
