import type { SimJob } from './job.ts'
import { noJobId } from './random.ts'
import type { Records, SimRecord } from './records.ts'
import { localDateText, type ServerTime } from './server-time.ts'
import type { ServerRun } from './server-run.ts'
import type { StoredWorkflow } from './stored-workflows.ts'
import type { SimUser } from './users.ts'
import { userProfiles } from './users.ts'
import { launchTypes } from './workflows.ts'

/**
 * What the server writes for a workflow: about its latest job, as far as there is one in this run, but for the time of a
 * later start that it took and did not begin.
 */
export function workflowInfo(stored: StoredWorkflow, { table, dead }: ServerRun, time: ServerTime): object {
  const { id } = stored.workflow
  const takenAt = dead.takenInVainAt(id)
  return {
    ...info(stored, table.latestOf(id), table.isRunning(id), time),
    ...(takenAt === null ? {} : { StartedOn: time.dateText(takenAt) }),
  }
}

/** The same shape for one of its jobs. */
export function jobInfo(stored: StoredWorkflow, job: SimJob, time: ServerTime): object {
  return info(stored, job, job.state === 'running', time)
}

function info(stored: StoredWorkflow, job: SimJob | null, isRunning: boolean, time: ServerTime): object {
  const { dbId, workflow } = stored
  return {
    DbId: dbId,
    Id: workflow.id,
    InstanceId: job?.jobId ?? noJobId,
    Name: workflow.name,
    FilePath: null,
    LaunchType: launchTypes.indexOf(workflow.launchType),
    IsEnabled: workflow.isEnabled,
    IsApproval: workflow.isApproval,
    EnableParallelJobs: workflow.enableParallelJobs,
    IsWaitingForApproval: job?.isWaitingForApproval ?? false,
    Description: workflow.description,
    IsRunning: isRunning,
    IsPaused: job?.isPaused ?? false,
    Period: workflow.period,
    CronExpression: workflow.cronExpression,
    IsExecutionGraphEmpty: true,
    LocalVariables: Object.entries(workflow.variables).map(([Key, Value]) => ({ Key, Value })),
    StartedOn: time.dateText(job?.beganAt ?? null),
    RetryCount: 0,
    RetryTimeout: 1500,
    Status: (job?.state === 'running' ? job.saidStatus : null) ?? job?.status ?? 'Pending',
  }
}

/** An entry, or a row of the history, of these records. */
export function recordInfo(record: SimRecord, records: Records): object {
  const { workflow } = record
  return {
    Id: record.id,
    WorkflowId: workflow.id,
    Name: workflow.name,
    LaunchType: launchTypes.indexOf(workflow.launchType),
    Description: workflow.description,
    Status: record.status,
    StatusDate: localDateText(records.statusDate(record)),
  }
}

export function userInfo(user: SimUser, id: number, time: ServerTime): object {
  return {
    Id: String(id),
    Username: user.username,
    Password: '<hash>',
    UserProfile: userProfiles.indexOf(user.profile),
    Email: `${user.username}@example.com`,
    CreatedOn: time.dateText(Date.UTC(2026, 0, 1)),
    ModifiedOn: time.dateText(null),
  }
}
