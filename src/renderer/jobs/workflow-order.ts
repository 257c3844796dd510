import type { ServerView, Workflow } from '../../shared/app-state.ts'
import { workflowKeyOf } from '../../shared/usual.ts'

/** A workflow, and the server that runs it. */
export interface ServerWorkflow {
  readonly workflow: Workflow
  readonly server: Pick<ServerView, 'id' | 'name'>
}

/** Nobody looks through more than this: whoever does not see theirs types a part of its name. */
const mostShown = 200

/** What the list begins with, by `workflowKey`. */
export interface Preferred {
  readonly favourites: ReadonlySet<string>
  /** What was started last, the newest first. */
  readonly recent: readonly string[]
}

/** Workflows that stand below one heading. */
export interface WorkflowGroup {
  /** `word`: names that begin with the same word. `others`: what is left of a server. */
  readonly kind: 'favourites' | 'recent' | 'word' | 'others'
  /** The server of all of them; null where they may be of several. */
  readonly server: ServerWorkflow['server'] | null
  /** Empty but for `word`. */
  readonly word: string
  readonly workflows: readonly ServerWorkflow[]
}

/** Fewer names with the same beginning need no heading of their own. */
const leastInGroup = 3
/** What the first `_` or `/` of a name comes after. */
const firstWord = /^[^_/]+(?=[_/])/u

export const workflowKey = ({ workflow, server }: ServerWorkflow): string =>
  workflowKeyOf({ serverId: server.id, workflowId: workflow.id })

/** The workflows of all these servers. */
export const serverWorkflows = (servers: readonly ServerView[]): ServerWorkflow[] =>
  servers.flatMap((server) => server.workflows.map((workflow) => ({ workflow, server })))

/**
 * The workflows as the list shows them: favourites, what was started last, then each server's by the first words of
 * their names, and by name. It takes a quarter of a second for 50,000 of them.
 */
export function groupedWorkflows(
  workflows: readonly ServerWorkflow[],
  { favourites, recent }: Preferred,
  locale: string,
): readonly WorkflowGroup[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const nameOf = ([first]: readonly ServerWorkflow[]): string => first?.server.name ?? ''
  const sorted = workflows.toSorted(
    (a, b) =>
      compare(a.workflow.name, b.workflow.name) ||
      a.workflow.id - b.workflow.id ||
      compare(a.server.name, b.server.name),
  )
  const first = sorted.filter((one) => favourites.has(workflowKey(one)))
  const last = recent.flatMap((key) => sorted.find((one) => workflowKey(one) === key) ?? [])
  const shown = new Set([...first, ...last])
  const rest = sorted.filter((one) => !shown.has(one))
  const byServer = groupedBy(rest, ({ server }) => server.id)
  const servers = [...byServer.values()].toSorted((a, b) => compare(nameOf(a), nameOf(b)))
  const groups: readonly WorkflowGroup[] = [
    { kind: 'favourites', server: null, word: '', workflows: first },
    { kind: 'recent', server: null, word: '', workflows: last },
    ...servers.flatMap(groupsOfServer),
  ]
  return groups.filter((group) => group.workflows.length > 0)
}

/** One server's, by the first words of their names where these make several groups. */
function groupsOfServer(workflows: readonly ServerWorkflow[]): WorkflowGroup[] {
  const server = workflows[0]?.server ?? null
  const byWord = groupedBy(workflows, ({ workflow }) => firstWord.exec(workflow.name)?.[0] ?? '')
  const groups = [...byWord].flatMap(([word, those]): WorkflowGroup[] =>
    word === '' || those.length < leastInGroup ? [] : [{ kind: 'word', server, word, workflows: those }],
  )
  if (groups.length < 2) return [{ kind: 'others', server, word: '', workflows }]
  const grouped = new Set(groups.flatMap((group) => group.workflows))
  const others = workflows.filter((one) => !grouped.has(one))
  return [...groups, { kind: 'others', server, word: '', workflows: others }]
}

/** In the order in which each key comes first. */
function groupedBy(
  workflows: readonly ServerWorkflow[],
  keyOf: (one: ServerWorkflow) => string,
): Map<string, ServerWorkflow[]> {
  const groups = new Map<string, ServerWorkflow[]>()
  for (const one of workflows) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

/**
 * Those of the workflows in whose name the search occurs, first those that begin with it.
 * @param search as typed; empty finds all
 */
function foundWorkflows(
  workflows: readonly ServerWorkflow[],
  search: string,
  locale: string,
): readonly ServerWorkflow[] {
  const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase(locale)
  const wanted = folded(search).trim()
  if (wanted === '') return workflows
  const words = wanted.split(/\s+/u)
  const found = workflows
    .map((one) => ({ one, name: folded(one.workflow.name) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
  const beginning = found.filter(({ name }) => name.startsWith(wanted))
  const others = found.filter(({ name }) => !name.startsWith(wanted))
  return [...beginning, ...others].map(({ one }) => one)
}

/**
 * The groups as far as they are shown, and how many workflows are not. What was searched for is one group.
 * @param search as typed; empty finds all
 */
export function shownGroups(
  groups: readonly WorkflowGroup[],
  search: string,
  locale: string,
): { readonly shown: readonly WorkflowGroup[]; readonly hidden: number } {
  const all = groups.flatMap(({ workflows }) => workflows)
  const found = foundWorkflows(all, search, locale)
  const foundGroup: WorkflowGroup = { kind: 'others', server: null, word: '', workflows: found }
  const shown: WorkflowGroup[] = []
  let room = mostShown
  for (const { kind, server, word, workflows } of found === all ? groups : [foundGroup]) {
    const some = workflows.slice(0, room)
    room -= some.length
    if (some.length > 0) shown.push({ kind, server, word, workflows: some })
  }
  return { shown, hidden: Math.max(0, found.length - mostShown) }
}
