import type { EntryIdentity, JobFact, WorkflowView } from '../answers/workflow-view.ts'
import { isEntryOfEarlierRun } from '../claim.ts'
import { isBeingSent, isOpen, type Job, jobIdOf } from '../job.ts'
import type { TrackerForReads } from './tracker-for-reads.ts'

/**
 * For an answer that concerns several jobs of a workflow: what is known of them as it comes, and the way on for the facts
 * that are made of it.
 */
export class WorkflowFacts {
  readonly #tracker: TrackerForReads
  /** Whether the newest entries could be read last. */
  hasPages = false

  constructor(tracker: TrackerForReads) {
    this.#tracker = tracker
  }

  /** What is known now of the jobs that were there, with these ids, before the read. */
  viewOf(workflowId: number, before: readonly Job[]): WorkflowView {
    const { jobs, serverRun, asked } = this.#tracker
    const known = before.flatMap((old) => {
      const job = jobs.get(old.key)
      const isSame = job !== undefined && jobIdOf(job) === jobIdOf(old) && (isOpen(job) || !isOpen(old))
      return isSame && !isBeingSent(job) ? [job] : []
    })
    return {
      jobs: jobs.ofWorkflow(workflowId),
      asked: known,
      isOwned: (jobId) => jobs.isOwned(jobId),
      isEntryOwned: (entry) => this.isEntryOwned(workflowId, entry),
      isOfThisRun: (key) => serverRun.isMember(key),
      askedOf: (key) => ({ entryAt: asked.entryAt(key) }),
      isServerSlow: this.#tracker.isServerSlow(),
      idleForMs: Date.now() - asked.workflow(workflowId).busyAt,
      hasEntries: (key) => this.hasPages && this.#isStillInRunOf(key),
      mayHaveEntries: (key) => this.hasPages && (this.#isStillInRunOf(key) || this.#mayBeInRunOf(key)),
      followedSince: this.#tracker.followedSince(),
      now: Date.now(),
    }
  }

  /**
   * Whether it became known only while an answer was on its way that the server has restarted: it may be of the run that is
   * over, in which the job went on. Such a job takes no part in what the answer tells of it and of others.
   * @param before the job as it was known when that was asked for
   */
  isOfRunBefore({ key, restartedAt }: Job): boolean {
    const known = this.#tracker.jobs.get(key)?.restartedAt ?? null
    return known !== null && known !== restartedAt
  }

  /** Whether an entry is a start's of the workflow: one with its id, and not of an earlier run of the server. */
  isEntryOwned(workflowId: number, { id, statusDate }: EntryIdentity): boolean {
    const { jobs, serverRun } = this.#tracker
    const ofWorkflow = jobs.ofWorkflow(workflowId)
    const owners = ofWorkflow.filter((job) => job.run?.entry?.id === id)
    return owners.some(
      (job) =>
        job.run?.entry?.statusDate === statusDate ||
        serverRun.isNumbered(job.serverRun) ||
        !isEntryOfEarlierRun(job, ofWorkflow.filter(isOpen)),
    )
  }

  /** Makes facts known that an answer said of jobs of a workflow. */
  apply(facts: readonly JobFact[]): void {
    for (const { key, fact } of facts) {
      if (fact.kind === 'claimed' || fact.kind === 'listed') this.#tracker.serverRun.seenAlive(key)
      this.#tracker.apply(key, fact)
    }
  }

  /** Whether the server is, as far as it says itself, still in the run in which the start was taken. */
  #isStillInRunOf(key: string): boolean {
    const { serverRun, jobs } = this.#tracker
    const number = jobs.get(key)?.serverRun ?? null
    return serverRun.isMember(key) || (serverRun.hasStream && number !== null && number === serverRun.number)
  }

  /** Whether the server has yet to say its run since the stream was opened: the next change does. */
  #mayBeInRunOf(key: string): boolean {
    const { serverRun, jobs } = this.#tracker
    return serverRun.hasStream && serverRun.number === null && (jobs.get(key)?.serverRun ?? null) !== null
  }
}
