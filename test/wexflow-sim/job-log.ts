import type { ServerTime } from './server-time.ts'
import type { LogLine, SimWorkflow, Variables } from './workflows.ts'

/** What the log of a job needs to know of it. */
interface LoggedJob {
  readonly workflow: SimWorkflow
  readonly jobId: string
  /** The how manieth job of its workflow it is. */
  readonly number: number
  readonly variables: Variables
}

/** How the server parts the lines of a log. */
export const lineEnd = '\r\n'

/** The log's first line, the only place where a history row names its job. */
export function firstLogLine(job: LoggedJob, beganAt: number, time: ServerTime): string {
  return `${logPrefix(job, beganAt, time, ' INFO - ')}Workflow started - Instance Id: ${job.jobId}`
}

/** What the first task writes as it begins; nothing where no task writes. */
export function firstTaskLines(job: LoggedJob, beganAt: number, time: ServerTime): string[] {
  return job.workflow.logLines.slice(0, 1).map((line) => taskLine(line, job, beganAt, time))
}

/** What the tasks write at the end, and the log's last line. */
export function lastLogLines(job: LoggedJob, endedAt: number, time: ServerTime): string[] {
  return [
    ...job.workflow.logLines.slice(1).map((line) => taskLine(line, job, endedAt, time)),
    `${logPrefix(job, endedAt, time, 'INFO  - ')}Workflow finished.`,
  ]
}

function taskLine(line: LogLine, job: LoggedJob, at: number, time: ServerTime): string {
  const [level, text] = typeof line === 'string' ? [' INFO - ', line] : [' ERROR - ', line.error]
  // A local variable wins over one that came with the start.
  const values: Variables = { ...job.variables, ...job.workflow.variables }
  const filled = text.replaceAll(/\$(\w+)/gu, (reference, name: string) => values[name] ?? reference)
  return `${logPrefix(job, at, time, level)}${filled}`
}

function logPrefix(job: LoggedJob, at: number, time: ServerTime, level: string): string {
  return `${time.logText(at)} ${level}[${job.workflow.name} / ${job.number}] `
}
