import { randomUUID } from 'node:crypto'
import type { Job } from './job.ts'
import type { WorkflowInfo } from '../wexflow/server.ts'

/** The record of a wish to start a workflow, before anything was sent. */
export function newJob(
  serverId: string,
  workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>,
  now: number,
): Job {
  return {
    key: randomUUID(),
    serverId,
    workflowId: workflow.id,
    workflowName: workflow.name,
    isApproval: workflow.isApproval,
    jobId: null,
    phase: 'starting',
    requestedAt: now,
    sentAt: null,
    answerLost: false,
    queuedAt: null,
    startedAt: null,
    endedAt: null,
    durationMs: null,
    outcome: null,
    outcomeFrom: null,
    reason: null,
    errorLine: null,
    maybeOthers: false,
    stopAskedAt: null,
    stopConfirmed: false,
    entryId: null,
    entryStatus: null,
    historyId: null,
    serverRun: null,
    listed: false,
    isParallel: false,
    mayRunOn: false,
    endSignalledAt: null,
    restarted: false,
    goneReads: 0,
    goneSince: null,
    historyUnreadSince: null,
    runningBefore: [],
    historyMark: null,
    evidence: [{ at: now, kind: 'startAsked' }],
  }
}
