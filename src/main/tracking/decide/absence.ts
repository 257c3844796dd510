import type { Job } from '../job.ts'

/** The pause between two reads of `jobs` that together mean "gone". */
export const secondGoneReadMs = 1500
/** Two reads at nearly the same time are one look. */
export const oneLookMs = 1000

/** What can't be read is waited for so long, then it is gone on without. */
export const unreadForMs = 120_000

/** Whether the server showed the job at all in its present run, as far as is known: `start` answers before it exists. */
export const wasShown = ({ listed, entryId, endSignalledAt }: Job): boolean =>
  listed || entryId !== null || endSignalledAt !== null

/** Whether two looks at `jobs` did not find it: it has ended, or its workflow's queue is empty. */
export const isGone = (job: Job): boolean => job.goneReads >= 2
