import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { endedUnseen, factsOfEntries, factsOfLaterEntries } from '../answers/entries.ts'
import { never } from '../asked.ts'
import { greatest, least } from '../ids.ts'
import { awaitsRun, entryMarkOf, isOpen, isQueued, type Job } from '../job.ts'
import { claimsFrom } from '../replaced-id.ts'
import { UnclaimedRuns } from './unclaimed-runs.ts'
import type { TrackerForReads } from './tracker-for-reads.ts'
import type { WorkflowFacts } from './workflow-facts.ts'

/** Gives the runs that only the newest entries show to the starts that wait for one. */
export class EntryClaims {
  readonly #facts: WorkflowFacts
  readonly #tracker: TrackerForReads
  readonly #unclaimed: UnclaimedRuns

  constructor(server: Pick<WexflowServer, 'entryLog'>, facts: WorkflowFacts, tracker: TrackerForReads) {
    this.#facts = facts
    this.#tracker = tracker
    this.#unclaimed = new UnclaimedRuns(server)
  }

  /** The server may be in another run, whose entries have ids of their own: what pages showed before no longer holds. */
  forget(): void {
    this.#unclaimed.clear()
  }

  /** The newest entries were read: runs that belong to nobody are claimed by the starts that wait for one. */
  async onPages(rows: readonly Entry[]): Promise<void> {
    this.#facts.hasPages = true
    const waiting = this.#tracker.jobs
      .open()
      .filter(({ start, run }) => start.sentAt !== null && run?.entry == null)
    const workflowIds = new Set(waiting.map(({ workflowId }) => workflowId))
    this.#unclaimed.take(rows, workflowIds)
    for (const id of workflowIds) await this.claim(id)
    this.#noteFollowed(rows)
  }

  /** Gives the runs that only entries show to the starts of a workflow that wait for one. */
  async claim(workflowId: number): Promise<void> {
    const { jobs } = this.#tracker
    const open = jobs.ofWorkflow(workflowId).filter(isOpen)
    const unseen = endedUnseen(jobs.ofWorkflow(workflowId))
    const mark = least(
      [...open, ...unseen].flatMap((job) => (job.run?.entry == null ? (entryMarkOf(job) ?? []) : [])),
    )
    if (mark === null || !open.some((job) => awaitsRun(job) || claimsFrom(job, false) !== null)) return
    const isOwned = (entry: Entry): boolean => this.#facts.isEntryOwned(workflowId, entry)
    // Twice: the first time may only tell which entries belong to known runs, the second one whose the others are.
    for (let times = 0; times < 2; times += 1) {
      const runs = await this.#unclaimed.after(workflowId, mark, isOwned)
      if (runs.length === 0) break
      this.#facts.apply(factsOfEntries(this.#facts.viewOf(workflowId, open), runs))
    }
    this.#noteStrays(open, this.#unclaimed.entriesAfter(workflowId, mark, isOwned))
  }

  /** Notes for which starts in the queue one of these runs is left that could not be given to them, and may be theirs. */
  #noteStrays(open: readonly Job[], left: readonly Entry[]): void {
    const { asked, jobs } = this.#tracker
    for (const { key } of open) {
      const job = jobs.get(key)
      const mark = job !== undefined && isQueued(job) ? entryMarkOf(job) : null
      if (mark === null) continue
      const isAny = left.some(({ id }) => BigInt(id) > mark)
      asked.note(key, { strayEntryAt: isAny ? Date.now() : never })
    }
  }

  /** Runs whose entries are followed by that of another run of a workflow that runs one at a time are over. */
  #noteFollowed(rows: readonly Entry[]): void {
    const { jobs, serverRun } = this.#tracker
    const open = jobs.open().filter(({ key }) => serverRun.isMember(key))
    for (const workflowId of new Set(open.map((job) => job.workflowId))) {
      const newest = greatest(rows.flatMap((row) => (row.workflowId === workflowId ? row.id : [])))
      const ofWorkflow = open.filter((job) => job.workflowId === workflowId)
      if (newest !== null) this.#facts.apply(factsOfLaterEntries(ofWorkflow, BigInt(newest)))
    }
  }
}
