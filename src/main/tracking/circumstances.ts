import { type AskedNotes, never } from './asked.ts'
import type { Circumstances } from './conclude.ts'
import type { Job } from './job.ts'
import { starting } from './policy.ts'
import type { ProfileJobs } from './profile-jobs.ts'
import type { ServerRun } from './server-run.ts'

/** Where what is known beside a job is kept. */
export interface Surroundings {
  readonly jobs: ProfileJobs
  readonly asked: AskedNotes
  readonly run: ServerRun
  /** How many jobs of this app the server runs, as far as is known. */
  readonly running: () => number
}

/** What is known beside a job. Computed only where a rule asks for it: a message of its stream needs none of it. */
export function circumstancesOf(
  { key, workflowId, start }: Job,
  { jobs, asked, run, running }: Surroundings,
): Circumstances {
  return {
    get isOfThisRun() {
      return run.isMember(key)
    },
    get isWatchWhole() {
      const { claimedAt, unlistedSince } = asked.workflow(workflowId)
      // What began before the server answered, which may take a minute, was not watched for.
      const isPrompt =
        start.answer.kind === 'queued' && start.answer.at - start.requestedAt < starting.promptAnswer
      const isSeen = isPrompt && unlistedSince === null && start.historyMark !== null
      const { historyAt, strayAt } = asked.of(key, workflowId)
      // Others may queue for the same workflow: once a run was given to a start, which one never ran is open.
      const isNoneTaken = claimedAt < start.requestedAt && (strayAt === never || strayAt < historyAt)
      return run.isMember(key) && isNoneTaken && isSeen
    },
    get isStopSeen() {
      // Of a run that others began, a stop by this app counts.
      const watched = jobs.watchedOf(workflowId).filter(({ stop }) => stop !== null)
      return [...jobs.ofWorkflow(workflowId), ...watched].some(({ end, stop }) => {
        const stoppedAt = end?.outcome === 'stopped' ? end.endedAt : (stop?.askedAt ?? null)
        return stoppedAt !== null && stoppedAt >= start.requestedAt
      })
    },
    get idleForMs() {
      return Date.now() - asked.workflow(workflowId).busyAt
    },
    get entryAt() {
      return asked.entryAt(key)
    },
    get running() {
      return running()
    },
    get jobsAt() {
      return asked.workflow(workflowId).jobsAt
    },
  }
}
