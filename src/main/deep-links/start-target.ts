import type { AppState, ServerView, Workflow } from '../../shared/app-state.ts'
import type { DeepLinkProblem, ShownDeepLink } from '../../shared/deep-link.ts'
import { isSignedIn } from '../../shared/followed.ts'
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
  if (!isSignedIn(state, meant.id)) return { kind: 'signIn', serverId: meant.id }
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

const urlOf = (baseUrl: string): { readonly host: string; readonly hostname: string } =>
  URL.canParse(baseUrl) ? new URL(baseUrl) : { host: '', hostname: '' }

/** What a link may call a server, the most exact first. */
const serverNames: readonly ((server: ServerView) => string)[] = [
  ({ name }) => name,
  ({ ownName }) => ownName,
  ({ baseUrl }) => urlOf(baseUrl).host,
  ({ baseUrl }) => urlOf(baseUrl).hostname,
]

/** Of several servers by that name, the only one that somebody is signed in to. */
function meantServer(called: string, state: AppState): ServerView | null {
  for (const nameOf of serverNames) {
    const found = state.servers.filter((server) => isSame(nameOf(server), called))
    if (found.length > 0) return only(found) ?? only(found.filter(({ id }) => isSignedIn(state, id)))
  }
  return null
}

/** What a link may call a workflow, the most exact first. One that is disabled can't be started. */
function meantWorkflow(called: string, workflows: readonly Workflow[]): Workflow | null {
  const startable = workflows.filter(({ isEnabled }) => isEnabled)
  const byId = startable.filter(({ id }) => String(id) === called)
  const byName = startable.filter(({ name }) => name === called)
  const byLetters = startable.filter(({ name }) => isSame(name, called))
  return only([byId, byName, byLetters].find((found) => found.length > 0) ?? [])
}

const isSame = (name: string, called: string): boolean => name.toLowerCase() === called.toLowerCase()

const only = <Item>(items: readonly Item[]): Item | null => (items.length === 1 ? (items[0] ?? null) : null)
