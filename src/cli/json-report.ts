import type { JobView } from '../shared/job-view.ts'
import { isOthers } from '../shared/watch.ts'
import type { Report, ReportOptions } from './report.ts'

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** What a terminal would obey or draw as nothing; JSON itself escapes only what is below a space. */
const unprintable = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** One object per line, for programs. Times are ISO 8601 in UTC, durations milliseconds; docs/command-line.md says it all. */
export function jsonReport({
  terminal: { out, err },
  servers,
}: Pick<ReportOptions, 'terminal' | 'servers'>): Report {
  const print = (value: Readonly<Record<string, unknown>>): void =>
    out.write(`${JSON.stringify(value).replaceAll(unprintable, escaped)}\n`)
  const serverOf = (serverId: string): string | null =>
    servers.find(({ id }) => id === serverId)?.name ?? null
  const jobFields = (job: JobView, usualMs: number | null): Readonly<Record<string, unknown>> => {
    const { state } = job
    const end = state.phase === 'ended' ? state : null
    return {
      key: job.key,
      jobId: job.jobId,
      server: serverOf(job.serverId),
      workflowId: job.workflowId,
      workflow: job.workflowName,
      phase: state.phase,
      asked: job.asked,
      outcome: end?.outcome ?? null,
      reason: end?.reason ?? null,
      error: end?.errorLine ?? null,
      requestedAt: timeOf(isOthers(job) ? null : job.requestedAt),
      startedAt: timeOf(job.startedAt),
      endedAt: timeOf(end?.endedAt ?? null),
      durationMs: end?.durationMs ?? null,
      usualMs,
      isOwn: !isOthers(job),
    }
  }
  let said = ''
  let usual: number | null = null
  const printOnce = (job: JobView): void => {
    const fields = jobFields(job, usual)
    const text = JSON.stringify(fields)
    if (text !== said) print(fields)
    said = text
  }

  return {
    workflows: (workflows) => {
      for (const { id, name, description, isEnabled, isApproval, server } of workflows)
        print({ server: server.name, workflowId: id, workflow: name, description, isEnabled, isApproval })
    },
    jobs: (jobs) => {
      for (const job of jobs) print(jobFields(job, null))
    },
    progress: ({ job, usualMs }) => {
      usual = usualMs
      if (job !== null) printOnce(job)
    },
    settled: printOnce,
    asked: (wish, job) => print({ ...jobFields(job, null), asked: wish }),
    log: (lines) => {
      for (const line of lines) print({ log: line })
    },
    aside: (sentence) => err.write(`${sentence}\n`),
    close: () => {},
  }
}
