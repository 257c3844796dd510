import { z } from 'zod'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import { hasWorked, median, workflowKeyOf } from '../../shared/usual.ts'
import { apart } from '../platform/apart.ts'
import type { PastRun, UsualTimesOf } from '../tracking/reads/usual-read.ts'
import { Journal } from './journal.ts'
import type { JournalFile } from './journal-file.ts'
import { JournaledMap, type OnJournalProblem } from './journaled-map.ts'

/** How many of a workflow's newest runs are kept: what it was like a year ago says nothing. */
const mostRuns = 20
/** From so many runs on it is known what is usual. */
const enoughRuns = 3
/** How long a change may wait for company before it is written, in milliseconds. */
const coalesceMs = 5000

const runSchema = z.object({
  /** Wexflow's instance id or, where that is not known, a name of the app's own. */
  id: z.string(),
  /** When this app learnt that it ended, in milliseconds since 1970; 0 for one that it knows from the history. */
  endedAt: z.number(),
  durationMs: z.number(),
})
type Run = z.infer<typeof runSchema>

const entrySchema = z.object({
  /** The workflow's, by `workflowKeyOf`. */
  key: z.string(),
  /** Its newest runs that did their work and of which it is known how long they took, oldest first. */
  runs: z.array(runSchema),
  /** Whether the server's history was read for earlier ones. */
  isHistoryRead: z.boolean(),
})
type Entry = z.infer<typeof entrySchema>

/** A workflow, by the profile of its server. */
type WorkflowId = Pick<JobView, 'serverId' | 'workflowId'>

export interface UsualTimesOptions {
  /** Where it is kept. */
  readonly file: JournalFile
  readonly onProblem: OnJournalProblem
}

/**
 * How long workflows usually take: the middle one of their newest runs, of those that the list of jobs has or had and,
 * where these are too few, of those that the server's history tells. In memory and on disk.
 */
export class UsualTimes {
  readonly #entries: JournaledMap<Entry>
  readonly #durations = new Map<string, number>()
  readonly #listeners = new Set<(key: string, durationMs: number | null) => void>()

  private constructor(entries: JournaledMap<Entry>) {
    this.#entries = entries
    for (const { key, runs } of entries.values()) if (runs.length > 0) this.#durations.set(key, usualOf(runs))
  }

  /** Reads the file. Never rejects, as `JobStore.open`. */
  static async open({ file, onProblem }: UsualTimesOptions): Promise<UsualTimes> {
    return new UsualTimes(await JournaledMap.open(new Journal(file, entrySchema), onProblem))
  }

  /** What workflows usually take, in milliseconds, by `workflowKeyOf`, as far as any run is known. */
  get durations(): ReadonlyMap<string, number> {
    return this.#durations
  }

  /** What a workflow usually takes, in milliseconds; null where too few runs are known to be sure. */
  sureDuration(workflow: WorkflowId): number | null {
    const key = workflowKeyOf(workflow)
    const isSure = (this.#entries.get(key)?.runs.length ?? 0) >= enoughRuns
    return isSure ? (this.#durations.get(key) ?? null) : null
  }

  /** Whether too few of a workflow's runs are known, and its history was not read yet. */
  needsHistory(workflow: WorkflowId): boolean {
    const { runs, isHistoryRead } = this.#entry(workflowKeyOf(workflow))
    return !isHistoryRead && runs.length < enoughRuns
  }

  /** The way of a server's tracker to it. */
  ofServer(serverId: string): UsualTimesOf {
    return {
      needsHistory: (workflowId) => this.needsHistory({ serverId, workflowId }),
      noteHistory: (workflowId, runs) => this.noteHistory({ serverId, workflowId }, runs),
    }
  }

  /** Takes what these jobs tell: of one whose end was corrected, what is true now. */
  note(jobs: Iterable<JobView>): void {
    const told = new Map<string, Map<string, Run | null>>()
    for (const job of jobs) {
      if (!hasEnded(job)) continue
      const key = workflowKeyOf(job)
      const ofWorkflow = told.get(key) ?? new Map<string, Run | null>()
      told.set(key, ofWorkflow.set(idOf(job), runOf(job)))
    }
    for (const [key, ofWorkflow] of told) {
      const entry = this.#entry(key)
      const others = entry.runs.filter(({ id }) => !ofWorkflow.has(id))
      this.#setRuns(entry, [...others, ...[...ofWorkflow.values()].filter((run) => run !== null)])
    }
  }

  /** The history of a workflow was read, and tells of these runs, the newest first. */
  noteHistory(workflow: WorkflowId, past: readonly PastRun[]): void {
    const { key, runs } = this.#entry(workflowKeyOf(workflow))
    const known = new Set(runs.map(({ id }) => id))
    const earlier = past
      .filter(({ id }) => !known.has(id))
      .map(({ id, durationMs }): Run => ({ id, endedAt: 0, durationMs }))
    this.#set({ key, runs: newest([...earlier.toReversed(), ...runs]), isHistoryRead: true })
  }

  /** The server was forgotten. */
  forgetServer(serverId: string): void {
    const keys = Array.from(this.#entries.values(), ({ key }) => key).filter((key) =>
      key.endsWith(` ${serverId}`),
    )
    for (const key of keys) {
      this.#entries.delete(key)
      this.#durations.delete(key)
    }
    this.#entries.rewriteSoon()
  }

  /** Listens to what is usual now, by `workflowKeyOf`, null where no run is known any more; returns how to stop. */
  onChange(listener: (key: string, durationMs: number | null) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Resolves once everything is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    return this.#entries.flush()
  }

  #entry(key: string): Entry {
    return this.#entries.get(key) ?? { key, runs: [], isHistoryRead: false }
  }

  #setRuns(entry: Entry, all: readonly Run[]): void {
    const runs = newest(all)
    if (!isSame(runs, entry.runs)) this.#set({ ...entry, runs })
  }

  #set(entry: Entry): void {
    const { key, runs } = entry
    this.#entries.set(entry, coalesceMs)
    const durationMs = runs.length === 0 ? null : usualOf(runs)
    if (durationMs === (this.#durations.get(key) ?? null)) return
    if (durationMs === null) this.#durations.delete(key)
    else this.#durations.set(key, durationMs)
    for (const listener of this.#listeners) apart(() => listener(key, durationMs))
  }
}

const usualOf = (runs: readonly Run[]): number => median(runs.map(({ durationMs }) => durationMs))

const idOf = ({ jobId, key }: JobView): string => jobId ?? key

/** What a job tells; null where it does not tell how long its work takes. */
function runOf(job: JobView): Run | null {
  if (!hasEnded(job) || job.wasSuspended) return null
  const { outcome, durationMs, learntAt } = job.state
  return durationMs === null || !hasWorked(outcome) ? null : { id: idOf(job), endedAt: learntAt, durationMs }
}

const newest = (runs: readonly Run[]): Run[] =>
  runs.toSorted((a, b) => a.endedAt - b.endedAt).slice(-mostRuns)

const isSame = (runs: readonly Run[], before: readonly Run[]): boolean =>
  runs.length === before.length &&
  runs.every(({ id, durationMs }, index) => {
    const known = before[index]
    return known?.id === id && known.durationMs === durationMs
  })
