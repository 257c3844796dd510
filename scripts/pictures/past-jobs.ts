import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { endedJob, runWith, startAt } from '../../test/unit/job.ts'
import { writeJobs } from '../../test/unit/jobs-file.ts'

/** An end of an earlier hour or day: workflow, outcome, minutes ago, seconds that it took, and its error. */
type PastJob = readonly [
  id: number,
  name: string,
  outcome: Outcome,
  minutesAgo: number,
  seconds: number,
  error?: string,
]

const refused = 'MailsSend: The mail server mail.example.com refused the connection.'

const pings = Array.from({ length: 8 }, (_none, at): PastJob => [3, 'Ping', 'done', 19 + at, 1])
const invoices = [8, 7, 9, 12, 8, 8, 10, 6, 8, 7, 9, 8, 7, 8].map(
  (seconds, at): PastJob => [4, 'Send invoices', 'done', 60 * (27 + 9 * at), seconds],
)
const imports = [4, 4, 5, 4, 6].map(
  (seconds, at): PastJob => [1, 'Import orders', 'done', 60 * (26 + 5 * at), seconds],
)
const exports = [25, 24, 29].map(
  (seconds, at): PastJob => [2, 'Nightly export', 'done', 60 * (12 + 24 * at), seconds],
)

const pastJobs: readonly PastJob[] = [
  ...pings,
  [5, 'Check stock', 'warning', 167, 4, 'FilesLoader: File not found: /stock/north.csv'],
  [10, 'Month end closing', 'stopped', 269, 130],
  [4, 'Send invoices', 'failed', 60 * 20, 5, refused],
  [6, 'Rebuild index', 'unknown', 60 * 22, 40],
  ...invoices,
  ...imports,
  ...exports,
]

const jobOf = (
  [workflowId, workflowName, outcome, minutesAgo, seconds, error]: PastJob,
  at: number,
  serverId: string,
): Job => {
  const endedAt = Date.now() - minutesAgo * 60_000
  const startedAt = endedAt - seconds * 1000
  const end = { endedAt, durationMs: seconds * 1000, errorLine: error ?? null, isLogRead: true }
  const run = runWith({ jobId: `past-${at}`, startedAt })
  const start = startAt(startedAt, { answer: { kind: 'id', at: startedAt, jobId: `past-${at}` } })
  return endedJob(outcome, end, { key: `past-${at}`, serverId, workflowId, workflowName, start, run })
}

/** Writes jobs of the last days into the app's memory, for a list as somebody has it who uses the app. */
export async function writePastJobs(userData: string, address: string, username: string): Promise<void> {
  const serverId = profileIdOf(address, username)
  await writeJobs(
    userData,
    pastJobs.map((past, at) => jobOf(past, at, serverId)),
  )
}
