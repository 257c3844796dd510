import { randomUUID } from 'node:crypto'
import type { Variable } from '../../shared/variables.ts'
import type { WorkflowInfo } from '../wexflow/server.ts'
import type { Job } from './job.ts'

/** The record of a wish to start a workflow, before anything was sent. */
export const newJob = (
  serverId: string,
  workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>,
  now: number,
  variables: readonly Variable[] = [],
): Job => ({
  key: randomUUID(),
  serverId,
  workflowId: workflow.id,
  workflowName: workflow.name,
  isApproval: workflow.isApproval,
  isParallel: false,
  start: {
    requestedAt: now,
    variables: variables.map(({ name, value, isSecret }) => ({ name, value: isSecret ? null : value })),
    sentAt: null,
    answer: { kind: 'awaited' },
    runningBefore: [],
    historyMark: null,
    entryMark: null,
    markedAt: null,
    idle: null,
    heldSince: null,
    isPassedOver: false,
  },
  run: null,
  end: null,
  stop: null,
  wish: null,
  maybeOthers: false,
  serverRun: null,
  restartedAt: null,
  search: null,
  evidence: [{ at: now, kind: 'startAsked' }],
})
