import type { ServerView, Workflow } from '../../shared/app-state.ts'

/** A workflow, and the server that runs it. */
export interface ServerWorkflow {
  readonly workflow: Workflow
  readonly server: Pick<ServerView, 'id' | 'name'>
}

/** What tells a workflow from those of all servers. */
export const workflowKey = ({ workflow, server }: ServerWorkflow): string => `${workflow.id} ${server.id}`

/** The workflows of all these servers. */
export const serverWorkflows = (servers: readonly ServerView[]): ServerWorkflow[] =>
  servers.flatMap((server) => server.workflows.map((workflow) => ({ workflow, server })))

/**
 * The workflows in whose name the search occurs, favourites first, then by name.
 * @param favourites the keys of those that count as favourites here: a star that is changed does not move its row
 * @param search as typed; empty finds all
 */
export function foundWorkflows(
  workflows: readonly ServerWorkflow[],
  favourites: ReadonlySet<string>,
  search: string,
  locale: string,
): ServerWorkflow[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase(locale)
  const words = folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '')
  const isFavourite = (one: ServerWorkflow): number => Number(favourites.has(workflowKey(one)))
  return workflows
    .filter(({ workflow }) => words.every((word) => folded(workflow.name).includes(word)))
    .toSorted(
      (a, b) =>
        isFavourite(b) - isFavourite(a) ||
        compare(a.workflow.name, b.workflow.name) ||
        a.workflow.id - b.workflow.id ||
        compare(a.server.name, b.server.name),
    )
}
