import type { AppState, ServerView, Workflow } from '../../shared/app-state.ts'
import { serversCalled, workflowsCalled } from '../servers/called.ts'
import type { DeepLinkProblem, ShownDeepLink } from '../../shared/deep-link.ts'
import { needsSignIn } from '../../shared/followed.ts'
import type { DeepLink } from './deep-link.ts'

type StartLink = Extract<DeepLink, { kind: 'start' }>

/** Where a link to a start leads, as far as that is known by now. */
export type StartTarget =
  | ShownDeepLink
  | { readonly kind: 'signIn'; readonly serverId: string | null }
  /** The server has not told its workflows yet. */
  | { readonly kind: 'wait' }

const failed = (problem: DeepLinkProblem): StartTarget => ({ kind: 'failed', problem })

/** Finds what a link means. A name that could mean several means none: a person must not start the wrong one. */
export function startTarget({ server, workflow, variables }: StartLink, state: AppState): StartTarget {
  if (state.servers.length === 0) return { kind: 'signIn', serverId: null }
  const meant = meantServer(server, state)
  if (meant === null) return failed('noSuchServer')
  if (needsSignIn(meant.link)) return { kind: 'signIn', serverId: meant.id }
  if (!meant.workflowsKnown) return { kind: 'wait' }
  const found = meantWorkflow(workflow, meant.workflows)
  if (found === null) return failed('noSuchWorkflow')
  return {
    kind: 'start',
    serverId: meant.id,
    workflowId: found.id,
    workflowName: found.name,
    variables: [...variables],
  }
}

/** Of several servers by that name, the only one that somebody is signed in to. */
function meantServer(called: string, state: AppState): ServerView | null {
  const found = serversCalled(called, state.servers)
  return only(found) ?? only(found.filter(({ link }) => !needsSignIn(link)))
}

/** What a link may call a workflow. One that is disabled can't be started. */
const meantWorkflow = (called: string, workflows: readonly Workflow[]): Workflow | null =>
  only(
    workflowsCalled(
      called,
      workflows.filter(({ isEnabled }) => isEnabled),
    ),
  )

const only = <Item>(items: readonly Item[]): Item | null => (items.length === 1 ? (items[0] ?? null) : null)
