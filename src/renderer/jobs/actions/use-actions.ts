import { useSyncExternalStore } from 'react'
import { isSignedIn } from '../../../shared/followed.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { webManagerPageOf } from '../../../shared/web-manager.ts'
import { useActions, useAppState } from '../../hooks.ts'
import { focusOn } from '../focus.ts'
import { useJobList } from '../list/use-job-list.ts'
import { actionsOf, type JobAction } from './actions-of.ts'
import type { ActionsState } from './job-actions.ts'

/** What became of the person's wishes. */
export function useActionsState(): ActionsState {
  const actions = useActions()
  return useSyncExternalStore(actions.onChange, actions.state)
}

/** What can be done with jobs now, and the way to do it. */
export function useJobActions(): {
  readonly allowed: (job: JobView) => JobAction[]
  readonly act: (action: JobAction, job: JobView) => void
} {
  const actions = useActions()
  const app = useAppState()
  const { layout } = useJobList()
  const remove = (job: JobView): void => {
    const index = layout.indexOf.get(job.key) ?? -1
    const fold = layout.rows[index]?.entry.fold ?? null
    const next = layout.rows[index + 1] ?? layout.rows[index - 1]
    const keys = fold?.isOpen === false ? fold.jobs.map(({ key }) => key) : [job.key]
    actions.remove(keys, next?.entry.job.key ?? null)
    focusOn('list')
  }
  const askVariables = ({ serverId, workflowId, workflowName, variables }: JobView): void =>
    actions.askVariables({ serverId, workflowId, workflowName, given: variables, isFromLink: false })
  return {
    allowed: (job) => actionsOf(job, isSignedIn(app, job.serverId)),
    act: (action, job) => {
      switch (action) {
        case 'runAgain':
          // What was secret is not kept: it has to be typed again.
          return job.variables.every(({ value }) => value !== null)
            ? actions.runAgain(job)
            : askVariables(job)
        case 'withVariables':
          return askVariables(job)
        case 'remove':
          return remove(job)
        case 'copyError':
          if (job.state.phase === 'ended') actions.copy(job.state.errorLine ?? '')
          return
        case 'notifications':
          return actions.askRule(job)
        case 'openWebManager':
          return actions.openWebManager(job.serverId, webManagerPageOf(job))
        case 'suspend':
        case 'resume':
        case 'approve':
        case 'reject':
        case 'stop':
          return actions.wish(action, job)
      }
    },
  }
}
