import type { Entry, WexflowServer, WorkflowInfo } from '../../wexflow/server.ts'
import { factsOfRunningJobs, factsOfWatched, shownAfterAll, wasNameless } from '../answers/running-jobs.ts'
import type { EntryClaims } from './entry-claims.ts'
import { isFrameInDoubt, isLeftListed, isOpen, isShown, type Job, jobIdOf } from '../job.ts'
import { gone, stopping } from '../policy.ts'
import { insteadOfRefusal } from '../refused.ts'
import type { TrackerForReads } from './tracker-for-reads.ts'
import type { WorkflowFacts } from './workflow-facts.ts'

/** Reads which jobs of a workflow run, and tells apart what that says of its jobs. */
export class RunningJobsRead {
  readonly #server: Pick<WexflowServer, 'runningJobs' | 'entry' | 'workflow'>
  readonly #entries: EntryClaims
  readonly #facts: WorkflowFacts
  readonly #tracker: TrackerForReads

  constructor(
    server: Pick<WexflowServer, 'runningJobs' | 'entry' | 'workflow'>,
    entries: EntryClaims,
    facts: WorkflowFacts,
    tracker: TrackerForReads,
  ) {
    this.#server = server
    this.#entries = entries
    this.#facts = facts
    this.#tracker = tracker
  }

  /** Reads the list. Rejects with a `WexflowError`. */
  async make(workflowId: number): Promise<void> {
    const { asked, jobs } = this.#tracker
    await this.#entries.claim(workflowId)
    const askedAt = Date.now()
    const before = jobs.ofWorkflow(workflowId).filter(isOpen)
    const watched = jobs.watchedOf(workflowId).filter(isOpen)
    const all = await this.#server.runningJobs(workflowId)
    if (all === null) {
      const unlistedSince = asked.workflow(workflowId).unlistedSince ?? askedAt
      asked.noteWorkflow(workflowId, { jobsAt: askedAt, unlistedSince, isBusy: false })
      this.#onUnlisted(workflowId, [...before, ...watched])
      return
    }
    const listed = all.filter(({ jobId }) => !this.#isLeftListed(workflowId, jobId))
    const hidden = listed.length === 0 ? await this.#hiddenRun(workflowId, [...before, ...watched]) : null
    const isBusy = listed.length > 0 || hidden !== null
    const busyAt = isBusy ? Date.now() : asked.workflow(workflowId).busyAt
    asked.noteWorkflow(workflowId, { jobsAt: askedAt, unlistedSince: null, isBusy, busyAt })
    const shown = new Set([...listed, ...(hidden === null ? [] : [hidden])].map(({ jobId }) => jobId))
    this.#facts.apply(shownAfterAll(jobs.ofWorkflow(workflowId), shown))
    const entries = await this.#entriesOfUnclaimed(workflowId, shown)
    const running = { listed, hidden, entries }
    const isOfThisRun = (job: Job): boolean => !this.#facts.isOfRunBefore(job)
    const view = this.#facts.viewOf(workflowId, before.filter(isOfThisRun))
    this.#facts.apply(factsOfRunningJobs(view, running))
    // Those that are no start's own by now.
    const left = watched.filter(isOfThisRun).flatMap(({ key }) => jobs.get(key) ?? [])
    this.#facts.apply(factsOfWatched(left, jobs.ofWorkflow(workflowId), running))
  }

  /** The entries of the runs that belong to nobody, where a run of this app is known by its entry alone. */
  async #entriesOfUnclaimed(
    workflowId: number,
    jobIds: ReadonlySet<string | null>,
  ): Promise<ReadonlyMap<string, Entry>> {
    const { jobs } = this.#tracker
    if (!jobs.ofWorkflow(workflowId).some(wasNameless(Date.now()))) return new Map()
    const unclaimed = [...jobIds].flatMap((id) => (id === null || jobs.isOwned(id) ? [] : id))
    const entries = await Promise.all(
      unclaimed.map((id) => this.#server.entry(workflowId, id).catch(insteadOfRefusal(null))),
    )
    return new Map(
      unclaimed.flatMap((id, index) => {
        const entry = entries[index]
        return entry == null ? [] : [[id, entry] as const]
      }),
    )
  }

  /**
   * The workflow is unknown or no longer permitted: that says nothing about jobs that run, but no start queues for
   * ever, what has said that it ended, or was stopped by this app, does not wait for ever, nor does anything else for
   * hours.
   */
  #onUnlisted(workflowId: number, before: readonly Job[]): void {
    const now = Date.now()
    const unlistedForMs = now - (this.#tracker.asked.workflow(workflowId).unlistedSince ?? now)
    for (const { key, run, stop } of before) {
      const isOver =
        run === null || run.frame !== null || (stop !== null && now - stop.askedAt > stopping.worksWithin)
      if (isOver || unlistedForMs > gone.unlistedFor)
        this.#tracker.apply(key, { kind: 'notListed', mayRunOn: !isOver })
      else this.#tracker.apply(key, { kind: 'nothingNew' })
    }
  }

  /**
   * The run that `jobs` does not list although it runs: the queue's next job after a stop. Only `workflow` names it,
   * and it is looked for where a start of this app waits in the queue, or is known to be that run.
   */
  async #hiddenRun(workflowId: number, jobs: readonly Job[]): Promise<WorkflowInfo | null> {
    const mayBeHidden = jobs.some((job) => {
      const { run, isParallel } = job
      return run === null || isFrameInDoubt(job) || (run.frame === null && (!isParallel || !isShown(run)))
    })
    if (!mayBeHidden) return null
    const info = await this.#server.workflow(workflowId)
    if (info?.isRunning !== true || info.jobId === null) return null
    return this.#isLeftListed(workflowId, info.jobId) ? null : info
  }

  /** Whether this run has ended, though the server says that it runs. */
  #isLeftListed(workflowId: number, jobId: string | null): boolean {
    return this.#tracker.jobs
      .ofWorkflow(workflowId)
      .some((job) => jobIdOf(job) === jobId && isLeftListed(job))
  }
}
