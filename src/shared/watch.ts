import type { JobView } from './job-view.ts'

/**
 * Whose jobs a person follows on a server: their own, also every run of their favourite workflows, or every run that
 * they may see, whoever or whatever began it.
 */
export const watches = ['mine', 'favourites', 'all'] as const
export type Watch = (typeof watches)[number]

/** Whether others began the job. */
export const isOthers = ({ origin }: Pick<JobView, 'origin'>): boolean => origin !== 'app'

/**
 * Whether a job can be started again as it was: what others gave their starts is not known, and what was secret is not
 * kept. The window asks for it.
 */
export const isStartKnown = (job: Pick<JobView, 'origin' | 'variables'>): boolean =>
  !isOthers(job) && job.variables.every(({ value }) => value !== null)
