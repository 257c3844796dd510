import type { WorkflowKind } from './server-model.ts'

/** Both starts are made and answered; of a workflow that runs one job at a time the second is queued. */
export const bothStarted: Readonly<Record<WorkflowKind, readonly string[]>> = {
  queue: [
    'a: is sent',
    'a: reaches the server',
    'a: is answered',
    'run 1 (a) begins',
    'b: is sent',
    'b: reaches the server',
    'b: is answered',
  ],
  parallel: [
    'a: is sent',
    'a: reaches the server',
    'a: is answered',
    'b: is sent',
    'b: reaches the server',
    'b: is answered',
  ],
}
