import type { AppState, Workflow } from '../../shared/app-state.ts'
import { followedServers } from '../../shared/followed.ts'
import type { JobView } from '../../shared/job-view.ts'
import { lastStarted } from '../../shared/last-started.ts'
import { type Preferred, serverWorkflows, workflowKey } from './workflow-order.ts'

/** What the list begins with, as it was found out. */
export interface FoundPreferred extends Preferred {
  /** The ids of the servers whose workflows were known then. */
  readonly of: ReadonlySet<string>
}

/**
 * What the list begins with. It is found out once for each server: neither a star nor a start moves a row below the pointer,
 * but where a server's workflows come only now, so do its favourites.
 * @param before what was found out before, which is the answer where it holds still; null for nothing
 */
export function preferredOf(
  state: Pick<AppState, 'servers'>,
  jobs: readonly JobView[],
  before: FoundPreferred | null,
): FoundPreferred {
  const servers = followedServers(state).filter(({ workflowsKnown }) => workflowsKnown)
  if (before !== null && servers.every(({ id }) => before.of.has(id))) return before
  const workflows = serverWorkflows(servers)
  const keysOf = (isWanted: (workflow: Workflow) => boolean): ReadonlySet<string> =>
    new Set(workflows.filter(({ workflow }) => isWanted(workflow)).map(workflowKey))
  const favourites = keysOf(({ isFavourite }) => isFavourite)
  const others = keysOf(({ isEnabled, isFavourite }) => isEnabled && !isFavourite)
  return { favourites, recent: lastStarted(jobs, others), of: new Set(servers.map(({ id }) => id)) }
}
