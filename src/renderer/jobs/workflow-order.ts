import type { ServerView, Workflow } from '../../shared/app-state.ts'
import { workflowKeyOf } from '../../shared/usual.ts'

/** A workflow, and the server that runs it. */
export interface ServerWorkflow {
  readonly workflow: Workflow
  readonly server: Pick<ServerView, 'id' | 'name'>
}

export const workflowKey = ({ workflow, server }: ServerWorkflow): string =>
  workflowKeyOf({ serverId: server.id, workflowId: workflow.id })

/** The workflows of all these servers. */
export const serverWorkflows = (servers: readonly ServerView[]): ServerWorkflow[] =>
  servers.flatMap((server) => server.workflows.map((workflow) => ({ workflow, server })))

/**
 * The workflows, favourites first, then by name. It takes a quarter of a second for 50,000 of them.
 * @param favourites the keys of those that count as favourites here: a star that is changed does not move its row
 */
export function orderedWorkflows(
  workflows: readonly ServerWorkflow[],
  favourites: ReadonlySet<string>,
  locale: string,
): ServerWorkflow[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return workflows
    .map((one) => ({ one, isFavourite: Number(favourites.has(workflowKey(one))) }))
    .toSorted(
      (a, b) =>
        b.isFavourite - a.isFavourite ||
        compare(a.one.workflow.name, b.one.workflow.name) ||
        a.one.workflow.id - b.one.workflow.id ||
        compare(a.one.server.name, b.one.server.name),
    )
    .map(({ one }) => one)
}

/**
 * Those of the workflows in whose name the search occurs.
 * @param search as typed; empty finds all
 */
export function foundWorkflows(
  workflows: readonly ServerWorkflow[],
  search: string,
  locale: string,
): readonly ServerWorkflow[] {
  const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase(locale)
  const words = folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return workflows
  return workflows.filter(({ workflow }) => {
    const name = folded(workflow.name)
    return words.every((word) => name.includes(word))
  })
}
