import type { JobView } from '../../../shared/job-view.ts'
import { isOthers } from '../../../shared/watch.ts'
import { allowedWishes, type Wish, wishes } from '../../../shared/wish.ts'

/** All that can be done with a job. */
export type JobAction = DetailAction | 'copyError' | 'openWebManager' | 'notifications' | 'remove'

/** Those that are at hand on a row; the others are in the menu. */
export type MainAction = 'runAgain' | Wish
/** Those that are at hand above a log. */
export type DetailAction = MainAction | 'withVariables'

const main: ReadonlySet<JobAction> = new Set<JobAction>(['runAgain', ...wishes])
const isMain = (action: JobAction): action is MainAction => main.has(action)
/**
 * What tells the button of an action from the others: one that turns into another, in its place, keeps the focus.
 */
export const buttonOf = (action: DetailAction): string => (action === 'resume' ? 'suspend' : action)
export const isOfDetail = (action: JobAction): action is DetailAction =>
  action === 'withVariables' || isMain(action)

/**
 * What a job's state allows, the most likely first.
 * @param isFollowed whether somebody is signed in to its server
 */
export function actionsOf(job: JobView, isFollowed: boolean): JobAction[] {
  const { state } = job
  const webManager: JobAction[] = isFollowed ? ['openWebManager'] : []
  if (state.phase === 'ended')
    return [
      // What others gave their starts is not known: it would run with something else.
      ...(isFollowed && !isOthers(job) ? (['runAgain'] as const) : []),
      ...(isFollowed ? (['withVariables'] as const) : []),
      ...(state.errorLine === null ? [] : (['copyError'] as const)),
      ...webManager,
      'notifications',
      'remove',
    ]
  const rest: JobAction[] = [...webManager, 'notifications', ...(isOthers(job) ? (['remove'] as const) : [])]
  return isFollowed ? [...allowedWishes(job), ...rest] : rest
}

/**
 * The buttons of a row. Where there is something to decide they have words and never move under the pointer: what else
 * there is is in the menu.
 */
export function rowActions(actions: readonly JobAction[]): {
  readonly actions: readonly MainAction[]
  readonly isDecision: boolean
} {
  const isDecision = actions.includes('approve')
  const onRow = actions.filter(isMain)
  return { actions: isDecision ? onRow.filter((action) => action !== 'stop') : onRow, isDecision }
}
