import { randomUUID } from 'node:crypto'
import { install } from '@sinonjs/fake-timers'
import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { endedJob, runWith, startAt } from '../../test/unit/job.ts'
import { writeJobs } from '../../test/unit/jobs-file.ts'
import type { WexflowSim } from '../../test/wexflow-sim/sim.ts'
import type { SimWorkflow } from '../../test/wexflow-sim/workflows.ts'

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
const imports = [8, 8, 9, 8, 10].map(
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

const endOf = ([, , , minutesAgo]: PastJob, now: number): number => now - minutesAgo * 60_000
const beginOf = (past: PastJob, now: number): number => endOf(past, now) - past[4] * 1000

/** A workflow as it was when that job of it ran: one that did well logged no error. */
function workflowThen(workflow: SimWorkflow, [, , outcome, , seconds]: PastJob): SimWorkflow {
  const durationMs = seconds * 1000
  if (outcome === 'failed') return { ...workflow, durationMs, outcome: 'Failed' }
  if (outcome === 'warning') return { ...workflow, durationMs, outcome: 'Warning' }
  if (outcome === 'stopped') return workflow
  const logLines = workflow.logLines.filter((line) => typeof line === 'string')
  return { ...workflow, durationMs, outcome: 'Done', logLines }
}

/** Runs the jobs on the server, on a clock of their own, so that it has their records; answers their ids. */
function runPastJobs(sim: WexflowSim, now: number): ReadonlyMap<PastJob, string> {
  const { workflows } = sim
  const ids = new Map<PastJob, string>()
  const since = Math.min(...pastJobs.map((past) => beginOf(past, now)))
  const clock = install({ now: since, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  try {
    for (const past of pastJobs) {
      const [workflowId, , outcome, , seconds] = past
      setTimeout(() => {
        // What became of an unknown one nobody wrote down.
        if (outcome === 'unknown') return
        sim.saveWorkflows(
          workflows.map((workflow) => (workflow.id === workflowId ? workflowThen(workflow, past) : workflow)),
        )
        const jobId = sim.startElsewhere(workflowId)
        ids.set(past, jobId)
        if (outcome === 'stopped') setTimeout(() => sim.stopElsewhere(workflowId, jobId), seconds * 1000)
      }, beginOf(past, now) - since)
    }
    clock.tick(now - since)
  } finally {
    clock.uninstall()
    sim.saveWorkflows(workflows)
  }
  return ids
}

function jobOf(past: PastJob, jobId: string, serverId: string, now: number): Job {
  const [workflowId, workflowName, outcome, , seconds, error] = past
  const startedAt = beginOf(past, now)
  const end = {
    endedAt: endOf(past, now),
    durationMs: seconds * 1000,
    errorLine: error ?? null,
    isLogRead: true,
  }
  const run = runWith({ jobId, startedAt })
  const start = startAt(startedAt, { answer: { kind: 'id', at: startedAt, jobId } })
  return endedJob(outcome, end, { key: jobId, serverId, workflowId, workflowName, start, run })
}

/**
 * Writes jobs of the last days into the app's memory and into the server's records, for a list as somebody has it who
 * uses the app.
 */
export async function writePastJobs(
  userData: string,
  sim: WexflowSim,
  address: string,
  username: string,
): Promise<void> {
  const serverId = profileIdOf(address, username)
  const now = Date.now()
  const ids = runPastJobs(sim, now)
  await writeJobs(
    userData,
    pastJobs.map((past) => jobOf(past, ids.get(past) ?? randomUUID(), serverId, now)),
  )
}
