import { canBeSearchedFor, factsOfHistory, startsWithStrayRows } from '../answers/history.ts'
import { withOwners } from '../answers/row-owners.ts'
import type { HistoryFound, HistorySearch } from './history-search.ts'
import { type Job, jobIdOf, mayBeAnothersStop } from '../job.ts'
import { insteadOfRefusal } from '../refused.ts'
import type { TrackerForReads } from './tracker-for-reads.ts'
import type { WorkflowFacts } from './workflow-facts.ts'

/** Searches the history for jobs of a workflow, and tells apart what it says of them. */
export class HistoryRead {
  readonly #history: HistorySearch
  readonly #facts: WorkflowFacts
  readonly #tracker: TrackerForReads

  constructor(history: HistorySearch, facts: WorkflowFacts, tracker: TrackerForReads) {
    this.#history = history
    this.#facts = facts
    this.#tracker = tracker
  }

  /** Searches for the jobs of these keys. Rejects with a `WexflowError`. */
  async make(workflowId: number, keys: readonly string[]): Promise<void> {
    const searchedAt = Date.now()
    const before = keys.flatMap((key) => this.#tracker.jobs.get(key) ?? [])
    const { rows, isWhole } = await this.#find(workflowId, before.filter(canBeSearchedFor))
    const view = this.#facts.viewOf(workflowId, before)
    const owned = withOwners(view, rows)
    const facts = factsOfHistory(view, owned, { isWhole, searchedAt })
    for (const key of keys) this.#tracker.asked.note(key, { historyAt: searchedAt })
    for (const { key } of startsWithStrayRows(view, owned, facts))
      this.#tracker.asked.note(key, { strayAt: searchedAt })
    this.#facts.apply(facts)
    // Of a job that the answer says nothing of, as while another start is being sent, the next search is planned anew.
    const told = new Set(facts.map(({ key }) => key))
    for (const { key } of before) if (!told.has(key)) this.#tracker.apply(key, { kind: 'nothingNew' })
  }

  /** From a history that can't be read nothing is found; what it holds stays open. */
  async #find(workflowId: number, jobs: readonly Job[]): Promise<HistoryFound> {
    const [first] = jobs
    if (first === undefined) return { rows: [], isWhole: false }
    const named = jobs.filter(({ run, maybeOthers }) => run !== null && (run.shownAt !== null || maybeOthers))
    const ids = jobs.flatMap((job) => jobIdOf(job) ?? [])
    const contested = new Set(jobs.filter(mayBeAnothersStop).flatMap((job) => jobIdOf(job) ?? []))
    const found = this.#history.find({
      workflow: { id: workflowId, name: first.workflowName },
      marks: jobs.map(({ start }) => start.historyMark),
      // One that the server has shown nowhere may stand there under another id.
      wanted: named.length === jobs.length ? new Set(ids) : null,
      contested,
    })
    return found.catch(insteadOfRefusal<HistoryFound>({ rows: [], isWhole: false }))
  }
}
