import { apart } from '../platform/apart.ts'
import { codeOf } from '../platform/error-code.ts'
import type { Journal, Keyed } from './journal.ts'
import type { KeepHow } from './journal-file.ts'

/** A trouble with a journal's file that the person is told of. */
export type JournalProblem =
  | { readonly kind: 'damaged'; readonly keptAs: string }
  | { readonly kind: 'cannotWrite'; readonly code: string }

/** Called when the file is damaged or can't be written, and with null when it can be written again. */
export type OnJournalProblem = (problem: JournalProblem | null) => void

/** A disk that refused is tried again after this time, in milliseconds. */
const retryMs = 30_000
/** The file is made small again once it holds this many more lines than entries, and twice as many. */
const spareLines = 2000

/** What a person has removed leaves the file within this time, in milliseconds: it may be brought back before. */
const rewriteSoonMs = 15_000

/** Entries by their key, in memory, and written through to a journal. */
export class JournaledMap<Entry extends Keyed> {
  readonly #journal: Journal<Entry>
  readonly #onProblem: OnJournalProblem
  readonly #entries = new Map<string, Entry>()
  readonly #unwritten = new Set<string>()
  /** Keys of what was deleted, as long as the file may have lines of it. */
  readonly #leaving = new Set<string>()
  #onGone: (keys: readonly string[]) => void = () => {}
  #lines = 0
  #mustRewrite = false
  /** Whether lines of the file are of entries that must not come back. */
  #hasForgotten = false
  /** How a damaged file is still to be kept aside. Until it is, lines are added to it, but it is not written over. */
  #keepBy: KeepHow | null = null
  #isRefused = false
  #timer: NodeJS.Timeout | undefined
  /** When that is due, in milliseconds of `performance.now()`. */
  #dueAt = Number.POSITIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()

  private constructor(journal: Journal<Entry>, onProblem: OnJournalProblem) {
    this.#journal = journal
    this.#onProblem = onProblem
  }

  /**
   * Reads the journal. Never rejects: a damaged file is told by `onProblem`, kept aside, and used as far as it goes.
   */
  static async open<Entry extends Keyed>(
    journal: Journal<Entry>,
    onProblem: OnJournalProblem,
  ): Promise<JournaledMap<Entry>> {
    const map = new JournaledMap(journal, onProblem)
    await map.#load()
    return map
  }

  /** Whether nothing was ever written: there was no file, or none that could be read at all. */
  get isNew(): boolean {
    return this.#lines === 0
  }

  get size(): number {
    return this.#entries.size
  }

  /** In the order in which they came. */
  values(): Iterable<Entry> {
    return this.#entries.values()
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key)
  }

  /**
   * Adds or replaces an entry in memory at once; the disk follows.
   * @param withinMs how long the write may wait for company, in milliseconds
   */
  set(entry: Entry, withinMs: number): void {
    this.#entries.set(entry.key, entry)
    this.#unwritten.add(entry.key)
    this.#leaving.delete(entry.key)
    this.#scheduleWrite(withinMs)
  }

  /** Forgets an entry. Its lines leave the file when it is rewritten. */
  delete(key: string): void {
    if (this.#entries.delete(key)) this.#leaving.add(key)
    this.#unwritten.delete(key)
  }

  /** Keys of what was deleted and may still be in the file, so that the next start of the app would have it again. */
  get leaving(): Iterable<string> {
    return this.#leaving
  }

  /** Has this called with the keys of what was deleted once it has left the file as well. */
  onGone(listener: (keys: readonly string[]) => void): void {
    this.#onGone = listener
  }

  /** Has the lines of what was forgotten leave the file before the app ends. */
  rewriteSoon(): void {
    this.#hasForgotten = true
    this.#scheduleWrite(rewriteSoonMs)
  }

  /** Resolves once everything that was set so far is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #load(): Promise<void> {
    const { entries, keepBy, lines } = await this.#journal.read()
    for (const entry of entries) this.#entries.set(entry.key, entry)
    this.#lines = lines
    this.#mustRewrite = lines === 0
    this.#keepBy = keepBy
    try {
      await this.#keepDamaged()
    } catch (error) {
      this.#refuse(codeOf(error))
    }
  }

  /** What can't be read of a damaged file may be of use to somebody. */
  async #keepDamaged(): Promise<void> {
    if (this.#keepBy === null) return
    const keptAs = await this.#journal.keepAside(this.#keepBy)
    this.#keepBy = null
    this.#mustRewrite = true
    this.#onProblem({ kind: 'damaged', keptAs })
  }

  #scheduleWrite(ms: number): void {
    const waitMs = this.#isRefused ? retryMs : ms
    const dueAt = performance.now() + waitMs
    // A disk that refused is tried neither sooner nor later because more is to be written.
    if (this.#timer !== undefined && (this.#isRefused || dueAt >= this.#dueAt)) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => void this.flush(), waitMs)
  }

  async #write(): Promise<void> {
    const keys = [...this.#unwritten]
    const hasForgotten = this.#hasForgotten
    const isLong = hasForgotten || this.#lines > spareLines + 2 * this.#entries.size
    const isNothingNew = keys.length === 0
    if (isNothingNew && !isLong && this.#keepBy === null) return
    this.#unwritten.clear()
    // What is forgotten while the file is being rewritten is still in it afterwards.
    this.#hasForgotten = false
    const entries = keys.flatMap((key) => this.#entries.get(key) ?? [])
    try {
      if (this.#mustRewrite || isLong || isNothingNew) {
        await this.#keepDamaged()
        const all = [...this.#entries.values()]
        const leaving = [...this.#leaving]
        await this.#journal.rewrite(all)
        this.#lines = all.length
        this.#mustRewrite = false
        // What was set again meanwhile has not left.
        const gone = leaving.filter((key) => this.#leaving.delete(key))
        if (gone.length > 0) apart(() => this.#onGone(gone))
      } else {
        await this.#journal.append(entries)
        this.#lines += entries.length
      }
      if (this.#isRefused) {
        this.#isRefused = false
        this.#onProblem(null)
      }
    } catch (error) {
      for (const key of keys) this.#unwritten.add(key)
      this.#hasForgotten ||= hasForgotten
      this.#refuse(codeOf(error))
    }
  }

  #refuse(code: string): void {
    const wasRefused = this.#isRefused
    this.#isRefused = true
    this.#scheduleWrite(retryMs)
    if (!wasRefused) this.#onProblem({ kind: 'cannotWrite', code })
  }
}
