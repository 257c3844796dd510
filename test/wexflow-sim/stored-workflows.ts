import type { SimWorkflow } from './workflows.ts'

/** A workflow as the server knows it: a definition under the number of its stored version. */
export interface StoredWorkflow {
  readonly dbId: string
  readonly workflow: SimWorkflow
}

/** The rows of the workflows' table: first all workflows, then the later versions of some. */
export function storedVersions(workflows: readonly SimWorkflow[]): StoredWorkflow[] {
  return workflows
    .flatMap((workflow) => versionsOf(workflow).map((stored, version) => ({ workflow: stored, version })))
    .sort((a, b) => a.version - b.version)
    .map(({ workflow }, place) => ({ dbId: String(place + 1), workflow }))
}

function versionsOf(workflow: SimWorkflow): SimWorkflow[] {
  const { laterVersionNames } = workflow
  const length = Math.max(workflow.storedVersions, laterVersionNames.length + 1)
  return Array.from({ length }, (_, version) => ({
    ...workflow,
    name: laterVersionNames[version - 1] ?? workflow.name,
  }))
}
