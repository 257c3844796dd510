import { type ServerWorkflow, workflowKey } from '../workflow-order.ts'

/** What can be started at once. */
export interface Startable {
  /** By name. */
  readonly favourites: readonly ServerWorkflow[]
  /** All others, by `workflowKey`. */
  readonly others: ReadonlyMap<string, ServerWorkflow>
}

/** Those of the workflows that their server starts. */
export function startableOf(workflows: readonly ServerWorkflow[], locale: string): Startable {
  const enabled = workflows.filter(({ workflow }) => workflow.isEnabled)
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return {
    favourites: enabled
      .filter(({ workflow }) => workflow.isFavourite)
      .toSorted((a, b) => compare(a.workflow.name, b.workflow.name)),
    others: new Map(
      enabled.filter(({ workflow }) => !workflow.isFavourite).map((one) => [workflowKey(one), one]),
    ),
  }
}
