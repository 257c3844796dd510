import type { Run } from '../job.ts'

/** A run of which nothing was seen yet. */
export const newRun = (jobId: string, startedAt: number | null): Run => ({
  jobId,
  startedAt,
  shownAt: null,
  activity: 'running',
  wasSuspended: false,
  entry: null,
  isListed: false,
  isHidden: false,
  frame: null,
  remembered: null,
  history: null,
  gone: null,
  mayRunOn: false,
  notBegunSince: null,
})

/** Of a start: what was known of the emptiness of its queue no longer holds. */
export const notIdle = { idle: null, heldSince: null } as const
