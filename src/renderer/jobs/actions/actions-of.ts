import type { JobView } from '../../../shared/job-view.ts'

/** All that can be done with a job. */
export type JobAction = MainAction | 'copyError' | 'remove'

const mainActions = ['runAgain', 'approve', 'reject', 'stop'] as const
/** Those that are at hand on a row and above a log; the others are in the menu. */
export type MainAction = (typeof mainActions)[number]

const main: ReadonlySet<JobAction> = new Set(mainActions)
export const isMain = (action: JobAction): action is MainAction => main.has(action)

/**
 * What a job's state allows, the most likely first.
 * @param isFollowed whether somebody is signed in to its server
 */
export function actionsOf({ state, jobId, variables }: JobView, isFollowed: boolean): JobAction[] {
  if (state.phase === 'ended')
    return [
      // What was secret is not kept: it would run with something else.
      ...(isFollowed && variables.every(({ value }) => value !== null) ? (['runAgain'] as const) : []),
      ...(state.errorLine === null ? [] : (['copyError'] as const)),
      'remove',
    ]
  // A job that the server has not yet given an id can't be named to it.
  if (!isFollowed || jobId === null) return []
  return state.phase === 'waiting' ? ['approve', 'reject', 'stop'] : ['stop']
}
