import { type AskedNotes, hasStraySince, never } from './asked.ts'
import type { ConcludeContext } from './conclude.ts'
import type { Job } from './job.ts'
import { starting } from './policy.ts'
import { keepsClaim } from './replaced-id.ts'
import type { ProfileJobs } from './profile-jobs.ts'
import type { ServerRun } from './server-run.ts'

/** Where what is known beside a job is kept. */
export interface ContextSources {
  readonly jobs: ProfileJobs
  readonly asked: AskedNotes
  readonly serverRun: ServerRun
  /** How many jobs that this app follows the server runs, as far as is known. */
  readonly running: () => number
  /** Since when the server has been followed without a break, in milliseconds since 1970; infinite while it is not. */
  readonly followedSince: () => number
}

/** Whether a start was given a run after that moment that it can't be sure of. */
const hasClaimedSince = ({ maybeOthers, run }: Job, since: number): boolean =>
  maybeOthers && run !== null && (run.shownAt ?? run.history?.at ?? never) >= since

/** What is known beside a job. Computed only where a rule asks for it: a message of its stream needs none of it. */
export class JobContext implements ConcludeContext {
  readonly #job: Job
  readonly #sources: ContextSources

  constructor(job: Job, sources: ContextSources) {
    this.#job = job
    this.#sources = sources
  }

  get isOfThisRun(): boolean {
    return this.#sources.serverRun.isMember(this.#job.key)
  }

  get isQueueKnown(): boolean {
    const { key, workflowId, start } = this.#job
    const { asked, jobs } = this.#sources
    const { unlistedSince } = asked.workflow(workflowId)
    // The server may take a minute to answer: a run that began and ended meanwhile was not looked for.
    const isPrompt =
      start.answer.kind === 'queued' && start.answer.at - start.requestedAt < starting.promptAnswer
    const isSeen = isPrompt && unlistedSince === null && start.historyMark !== null
    // Others may queue for the same workflow: once a run was given to a start, which one never ran is open.
    const isNoneTaken = !jobs.ofWorkflow(workflowId).some((one) => hasClaimedSince(one, start.requestedAt))
    const ofJob = asked.of(key, workflowId)
    return isNoneTaken && isSeen && !hasStraySince(ofJob, ofJob.historyAt)
  }

  get mayHaveRun(): boolean {
    const { key, workflowId } = this.#job
    const asked = this.#sources.asked.of(key, workflowId)
    return asked.strayEntryAt !== never || hasStraySince(asked, asked.historyAt)
  }

  get idleForMs(): number {
    return Date.now() - this.#sources.asked.workflow(this.#job.workflowId).busyAt
  }

  get entryAt(): number {
    return this.#sources.asked.entryAt(this.#job.key)
  }

  get isEntryMissing(): boolean {
    return this.#sources.asked.isEntryMissing(this.#job.key)
  }

  get ownEntryAt(): number {
    const { jobs, asked } = this.#sources
    // Where it keeps the run that it has claimed in any case, its own id need not be asked for.
    return keepsClaim(this.#job, jobs.ofWorkflow(this.#job.workflowId))
      ? Number.POSITIVE_INFINITY
      : asked.ownEntryAt(this.#job.key)
  }

  get followedSince(): number {
    return this.#sources.followedSince()
  }

  get running(): number {
    return this.#sources.running()
  }

  get jobsAt(): number {
    return this.#sources.asked.workflow(this.#job.workflowId).jobsAt
  }
}
