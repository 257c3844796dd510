import type { SentVariable, TakenVariable } from '../../shared/variables.ts'
import type { Job } from '../tracking/job.ts'
import type { WorkflowDefinition } from '../wexflow/definition.ts'

/** What was sent last for the variables of a workflow of a profile, as `lastSent` tells it. */
export type SentOf = (profileId: string, workflowId: number) => ReadonlyMap<string, string | null>

/**
 * What was sent last for each variable of a workflow; null where it was secret.
 * @param jobs all that is known of its jobs
 * @param remembered what was taken over from another computer; what was sent here counts before it
 */
export function lastSent(
  jobs: readonly Pick<Job, 'start'>[],
  remembered: readonly SentVariable[],
): ReadonlyMap<string, string | null> {
  const oldestFirst = jobs.toSorted((a, b) => a.start.requestedAt - b.start.requestedAt)
  const all = [...remembered, ...oldestFirst.flatMap(({ start }) => start.variables)]
  return new Map(all.map(({ name, value }) => [name, value]))
}

/**
 * The variables that a workflow takes, with what decides their values: its own where it has one, else what is sent.
 * @param sent what was sent last, by `lastSent`
 */
export function takenVariables(
  { names, localVariables }: Pick<WorkflowDefinition, 'names' | 'localVariables'>,
  sent: ReadonlyMap<string, string | null>,
): TakenVariable[] {
  const all = new Set([...names, ...localVariables.keys()])
  return [...all].map((name) => ({
    name,
    ownValue: localVariables.get(name) ?? null,
    lastValue: sent.get(name) ?? null,
    wasSecret: sent.get(name) === null,
  }))
}
