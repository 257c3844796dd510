import type { TakenVariable } from '../../shared/variables.ts'
import type { Job } from '../tracking/job.ts'
import type { WorkflowDefinition } from '../wexflow/definition.ts'

/**
 * The variables that a workflow takes, with what decides their values: its own where it has one, else what is sent.
 * @param jobs all that is known of its jobs, for what was sent last
 */
export function takenVariables(
  { names, localVariables }: Pick<WorkflowDefinition, 'names' | 'localVariables'>,
  jobs: readonly Pick<Job, 'start'>[],
): TakenVariable[] {
  const oldestFirst = jobs.toSorted((a, b) => a.start.requestedAt - b.start.requestedAt)
  const sent = new Map(
    oldestFirst.flatMap(({ start }) => start.variables.map(({ name, value }) => [name, value] as const)),
  )
  const all = new Set([...names, ...localVariables.keys()])
  return [...all].map((name) => ({
    name,
    ownValue: localVariables.get(name) ?? null,
    lastValue: sent.get(name) ?? null,
    wasSecret: sent.get(name) === null,
  }))
}
