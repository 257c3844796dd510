import type { ServerTime } from './server-time.ts'
import type { LogLine, SimWorkflow } from './workflows.ts'

/** What the log of a job needs to know of it. */
interface LoggedJob {
  readonly workflow: SimWorkflow
  readonly jobId: string
  /** The how manieth job of its workflow it is. */
  readonly number: number
}

/** The log's first line, the only place where a history row names its job. */
export function firstLogLine(job: LoggedJob, beganAt: number, time: ServerTime): string {
  return `${logPrefix(job, beganAt, time, ' INFO - ')}Workflow started - Instance Id: ${job.jobId}`
}

/** The log of an ended job, lines parted as the server parts them. */
export function fullLog(job: LoggedJob, beganAt: number, endedAt: number, time: ServerTime): string {
  return [
    firstLogLine(job, beganAt, time),
    ...job.workflow.logLines.map((line) => taskLine(line, job, endedAt, time)),
    `${logPrefix(job, endedAt, time, 'INFO  - ')}Workflow finished.`,
  ].join('\r\n')
}

function taskLine(line: LogLine, job: LoggedJob, at: number, time: ServerTime): string {
  const [level, text] = typeof line === 'string' ? [' INFO - ', line] : [' ERROR - ', line.error]
  return `${logPrefix(job, at, time, level)}${text}`
}

function logPrefix(job: LoggedJob, at: number, time: ServerTime, level: string): string {
  return `${time.logText(at)} ${level}[${job.workflow.name} / ${job.number}] `
}
