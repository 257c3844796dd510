import type { JobView } from './job-view.ts'

/**
 * Pages of Wexflow's own web manager, by the names of their files. None of them takes a query (source of Wexflow 10.1),
 * so there is no address of one workflow or of one job.
 */
export const webManagerPages = ['dashboard', 'manager', 'approval', 'history', 'notifications'] as const
export type WebManagerPage = (typeof webManagerPages)[number]

/** The page that lists a job as it stands now: the dashboard has the jobs of this run of the server. */
export function webManagerPageOf({ state }: Pick<JobView, 'state'>): WebManagerPage {
  if (state.phase === 'waiting') return 'approval'
  return state.phase === 'ended' ? 'history' : 'dashboard'
}
