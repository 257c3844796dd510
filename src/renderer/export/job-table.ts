import type { ServerView } from '../../shared/app-state.ts'
import type { JobView } from '../../shared/job-view.ts'
import type { Section } from '../jobs/list/arrange.ts'
import { isoTime, type Table } from './table.ts'

/** The jobs of the list as search and chips leave them, with those that are folded, in its order. */
export const listedJobs = (sections: readonly Section[]): JobView[] =>
  sections.flatMap(({ entries }) =>
    entries.flatMap(({ job, fold, isInFold }) => (isInFold ? [] : (fold?.jobs ?? [job]))),
  )

const columns = [
  'server',
  'serverAddress',
  'workflowId',
  'workflow',
  'jobId',
  'startedBy',
  'phase',
  'outcome',
  'reason',
  'requestedAt',
  'startedAt',
  'endedAt',
  'durationMs',
  'error',
]

/** Variables are left out: what was given along is for the workflow alone. */
export function jobTable(jobs: readonly JobView[], servers: readonly ServerView[]): Table {
  const byId = new Map(servers.map((server) => [server.id, server]))
  const rows = jobs.map((job) => {
    const { state, serverId } = job
    const server = byId.get(serverId)
    const end = state.phase === 'ended' ? state : null
    return [
      server?.name ?? null,
      server?.baseUrl ?? null,
      job.workflowId,
      job.workflowName,
      job.jobId,
      job.origin,
      state.phase,
      end?.outcome ?? null,
      end?.reason ?? null,
      isoTime(job.requestedAt),
      isoTime(job.startedAt),
      isoTime(end?.endedAt ?? null),
      end?.durationMs ?? null,
      end?.errorLine ?? null,
    ]
  })
  return { columns, rows }
}
