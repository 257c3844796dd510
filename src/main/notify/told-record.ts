import { z } from 'zod'
import type { JobView } from '../../shared/job-view.ts'
import { outcomeSchema } from '../../shared/outcome.ts'
import { type Told, toldSchema } from '../../shared/told.ts'
import { type ToldPhase, toldPhases } from '../../shared/told-phase.ts'
import { apart } from '../platform/apart.ts'
import { Journal } from '../job-store/journal.ts'
import type { JournalFile } from '../job-store/journal-file.ts'
import { JournaledMap, type OnJournalProblem } from '../job-store/journaled-map.ts'

/** To which targets an end is handed on. */
const handOnSchema = z.object({
  outcome: outcomeSchema,
  /** The outcome that was handed on before. */
  corrects: outcomeSchema.nullable(),
  /** The ids of the targets. */
  targets: z.array(z.string()),
  /** Those of them that it was not handed on to so far. */
  pending: z.array(z.string()),
})
export type HandOnRecord = z.infer<typeof handOnSchema>

const entrySchema = z.object({
  key: z.string(),
  /** Of its end. */
  told: toldSchema.nullable(),
  /** The phase that was told, while the job is in it. */
  phase: z.enum(toldPhases).nullable().default(null),
  /** Null where its end is handed on to nobody. */
  handOn: handOnSchema.nullable().default(null),
})
type Entry = z.infer<typeof entrySchema>

/** A line of the jobs file as the first version wrote it, as far as it says what was told. */
const earlierLineSchema = z.object({ key: z.string(), notified: toldSchema.nullable() })

export interface ToldRecordOptions {
  /** Where it is kept. */
  readonly file: JournalFile
  /** The jobs file: the first version of the app kept in it what was told. Read where there is no record yet. */
  readonly jobsFile: JournalFile
  readonly onProblem: OnJournalProblem
}

/**
 * What was told of each job, by the job's key, in memory and on disk. An end that is not in it is still to be told.
 * The notifier writes it, and besides it only who hands ends on, of that, and who brings jobs back to the list. What the
 * server says of a job is kept by the store.
 */
export class ToldRecord {
  readonly #entries: JournaledMap<Entry>
  readonly #listeners = new Set<(key: string, told: Told | null) => void>()
  readonly #phaseListeners = new Set<(key: string, phase: ToldPhase | null) => void>()

  private constructor(entries: JournaledMap<Entry>) {
    this.#entries = entries
  }

  /** Reads the record. Never rejects, as `JobStore.open`. To be called before the jobs file is written. */
  static async open({ file, jobsFile, onProblem }: ToldRecordOptions): Promise<ToldRecord> {
    const entries = await JournaledMap.open(new Journal(file, entrySchema), onProblem)
    if (entries.isNew) {
      for (const entry of await toldByFirstVersion(jobsFile)) entries.set(entry, 0)
      // On disk before the jobs file is written anew without it.
      await entries.flush()
    }
    return new ToldRecord(entries)
  }

  /** What was told last of a job; null where nothing was. */
  get(key: string): Told | null {
    return this.#entries.get(key)?.told ?? null
  }

  /** Whether the outcome that is known now was told, or is not to be told. */
  isSettled({ key, state }: JobView): boolean {
    return state.phase === 'ended' && this.get(key)?.outcome === state.outcome
  }

  /** The end of a job was told, or is not to be told. */
  settle(key: string, told: Told): void {
    this.#set(key, { told })
    this.#notify(key, told)
  }

  /** The phase that was told of a job and that it is still in; null where there is none. */
  phaseOf(key: string): ToldPhase | null {
    return this.#entries.get(key)?.phase ?? null
  }

  /** Whether any job is in this phase and was told to be. */
  isPhaseTold(phase: ToldPhase): boolean {
    return [...this.#entries.values()].some((entry) => entry.phase === phase)
  }

  /** A phase of a job was told, or is over. */
  setPhase(key: string, phase: ToldPhase | null): void {
    this.#set(key, { phase })
    for (const listener of this.#phaseListeners) apart(() => listener(key, phase))
  }

  /** To which targets the end of a job is handed on; null where it is to none. */
  handOnOf(key: string): HandOnRecord | null {
    return this.#entries.get(key)?.handOn ?? null
  }

  setHandOn(key: string, handOn: HandOnRecord): void {
    this.#set(key, { handOn })
  }

  /** The run of the first job is another's from now on, or nobody's: what was told of its end goes along. */
  move(from: string, to: string | null): void {
    const told = this.get(from)
    const handOn = this.handOnOf(from)
    this.forget([from])
    if (told !== null) this.#notify(from, null)
    if (to === null) return
    if (handOn !== null) this.setHandOn(to, handOn)
    if (told !== null) this.settle(to, told)
  }

  /** The jobs of these keys are gone. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.#entries.delete(key)
  }

  /** Forgets what was told of all jobs but these. */
  keepOnly(keys: ReadonlySet<string>): void {
    this.forget([...this.#entries.values()].map(({ key }) => key).filter((key) => !keys.has(key)))
  }

  /**
   * Listens to what is told, and to what turns out to have been told of another job's run (null); returns the function
   * that stops listening.
   */
  onTold(listener: (key: string, told: Told | null) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Listens to the phases that are told or over (null); returns the function that stops listening. */
  onPhaseTold(listener: (key: string, phase: ToldPhase | null) => void): () => void {
    this.#phaseListeners.add(listener)
    return () => {
      this.#phaseListeners.delete(listener)
    }
  }

  /** Whether the end of a job is still to be handed on. */
  isHandOnPending(key: string): boolean {
    return (this.handOnOf(key)?.pending.length ?? 0) > 0
  }

  /** The keys of all such jobs. */
  handOnsPending(): string[] {
    return Array.from(this.#entries.values(), ({ key }) => key).filter((key) => this.isHandOnPending(key))
  }

  /** Resolves once everything is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    return this.#entries.flush()
  }

  #notify(key: string, told: Told | null): void {
    for (const listener of this.#listeners) apart(() => listener(key, told))
  }

  #set(key: string, part: Partial<Entry>): void {
    const known = this.#entries.get(key) ?? { told: null, phase: null, handOn: null }
    this.#entries.set({ ...known, ...part, key }, 0)
  }
}

/** The last word of each job's lines on what was told of it. Lines of a later version say nothing of it. */
async function toldByFirstVersion(jobsFile: JournalFile): Promise<Iterable<Entry>> {
  // What can't be read is the store's to tell.
  const text = await jobsFile.read().catch(() => null)
  const told = new Map<string, Entry>()
  for (const line of (text ?? '').split('\n')) {
    const { data } = earlierLineSchema.safeParse(jsonOf(line))
    if (data?.notified != null)
      told.set(data.key, { key: data.key, told: data.notified, phase: null, handOn: null })
  }
  return told.values()
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
