import type { JobView } from '../../../shared/job-view.ts'
import { isOthers } from '../../../shared/watch.ts'

/** All that can be done with a job. */
export type JobAction = DetailAction | 'copyError' | 'openWebManager' | 'remove'

const mainActions = ['runAgain', 'approve', 'reject', 'stop'] as const
/** Those that are at hand on a row; the others are in the menu. */
export type MainAction = (typeof mainActions)[number]
/** Those that are at hand above a log. */
export type DetailAction = MainAction | 'withVariables'

const main: ReadonlySet<JobAction> = new Set(mainActions)
export const isMain = (action: JobAction): action is MainAction => main.has(action)
export const isOfDetail = (action: JobAction): action is DetailAction =>
  action === 'withVariables' || isMain(action)

/**
 * What a job's state allows, the most likely first.
 * @param isFollowed whether somebody is signed in to its server
 */
export function actionsOf(job: JobView, isFollowed: boolean): JobAction[] {
  const { state, jobId } = job
  const webManager: JobAction[] = isFollowed ? ['openWebManager'] : []
  if (state.phase === 'ended')
    return [
      // What others gave their starts is not known: it would run with something else.
      ...(isFollowed && !isOthers(job) ? (['runAgain'] as const) : []),
      ...(isFollowed ? (['withVariables'] as const) : []),
      ...(state.errorLine === null ? [] : (['copyError'] as const)),
      ...webManager,
      'remove',
    ]
  const rest: JobAction[] = [...webManager, ...(isOthers(job) ? (['remove'] as const) : [])]
  // A job that the server has not yet given an id can't be named to it.
  if (!isFollowed || jobId === null) return rest
  return state.phase === 'waiting' ? ['approve', 'reject', 'stop', ...rest] : ['stop', ...rest]
}
