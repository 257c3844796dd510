import type { HandOnFailure, Target } from '../../shared/hand-on.ts'
import { type EndedJobView, hasEnded } from '../../shared/job-view.ts'
import type { Settings } from '../../shared/settings.ts'
import type { JobStore } from '../job-store/store.ts'
import { isWorthReadingLog, logWithinMs, targetsFor } from '../notify/rules.ts'
import { isFix } from '../notify/sequel.ts'
import type { HandOnRecord, ToldRecord } from '../notify/told-record.ts'
import { within } from '../platform/within.ts'
import type { Log } from '../platform/log.ts'
import { viewOf } from '../tracking/job-view.ts'
import { endEvent, type Naming } from './end-event.ts'
import type { Targets } from './targets.ts'

export interface HandOnOptions {
  readonly store: JobStore
  readonly told: ToldRecord
  readonly settings: () => Settings
  readonly naming: () => Naming
  /** Puts what the job's log tells (duration, last error) into the store. May reject. */
  readonly readLog: (key: string) => Promise<unknown>
  readonly targets: Pick<Targets, 'get' | 'handOn'>
  /** Whether it is told of a target that it does not work. */
  readonly isFailing: (targetId: string) => boolean
  readonly onFailed: (target: Target, workflow: string, failure: HandOnFailure) => void
  readonly log: Log
}

/** So many are handed on at the same time; the others wait. */
const mostAtOnce = 2
/** Milliseconds until each further attempt, at least. */
const pausesMs = [5000, 30_000, 120_000] as const
/** Milliseconds that the end of the app waits for what is to be handed on at most. */
const closeWithinMs = 500

/** An end that is to be handed on to a target. */
interface Item {
  readonly key: string
  readonly targetId: string
  /** How often it was tried. */
  readonly tries: number
}

/**
 * Hands ends on to targets, whatever the screen shows of them. What is to be handed on stands in the record of what was
 * told, so that a restart goes on with it. It is struck there, on disk, before it is handed on: a crash in between loses
 * it rather than have a program run twice. What failed is pending again, as long as it is tried again.
 */
export class HandOn {
  readonly #options: HandOnOptions
  #waiting: Item[] = []
  readonly #underWay = new Set<Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #isClosed = false

  constructor(options: HandOnOptions) {
    this.#options = options
  }

  /** The end of a job was told or is not to be told, or notifications are held back. Each outcome is handed on once. */
  take(job: EndedJobView): void {
    const { store, told, settings } = this.#options
    const { key, state } = job
    const before = told.handOnOf(key)
    if (before?.outcome === state.outcome) return
    const wanted = targetsFor(job, settings(), () => isFix(job, { store, told }))
    // Whoever heard of the wrong outcome hears of the right one.
    const heard = before?.targets.filter((id) => !before.pending.includes(id)) ?? []
    const targets = [...new Set([...wanted, ...heard])]
    if (targets.length === 0 && before === null) return
    const corrects = (heard.length > 0 ? before?.outcome : before?.corrects) ?? null
    told.setHandOn(key, { outcome: state.outcome, corrects, targets, pending: targets })
    this.#push(key, targets)
  }

  /** Goes on with what the last run of the app has left. */
  resume(): void {
    const { told } = this.#options
    for (const key of told.handOnsPending()) this.#push(key, told.handOnOf(key)?.pending ?? [])
  }

  /** The run of the first job is another's from now on, or nobody's. */
  onRunMoved(from: string, to: string | null): void {
    this.#waiting = this.#waiting.flatMap((item) => {
      if (item.key !== from) return item
      return to === null ? [] : { ...item, key: to }
    })
  }

  /** The app is about to end: goes on for a moment, and leaves to its next run what is not begun by then. */
  async close(): Promise<void> {
    await within(this.#handOnAll(), closeWithinMs)
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#options.told.flush()
  }

  /** Resolves once nothing waits, but for another attempt. */
  async #handOnAll(): Promise<void> {
    this.#work()
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #push(key: string, targetIds: readonly string[]): void {
    this.#waiting = this.#waiting.filter((item) => item.key !== key)
    this.#waiting.push(...targetIds.map((targetId) => ({ key, targetId, tries: 0 })))
    // Not in the same turn: its notification may still be on its way to the desktop.
    setImmediate(() => this.#work())
  }

  #work(): void {
    while (!this.#isClosed && this.#underWay.size < mostAtOnce) {
      const item = this.#waiting.shift()
      if (item === undefined) return
      const work = this.#handOn(item).catch((error: unknown) => {
        this.#options.log.error('an end could not be handed on', error)
      })
      this.#underWay.add(work)
      void work.finally(() => {
        this.#underWay.delete(work)
        this.#work()
      })
    }
  }

  async #handOn(item: Item): Promise<void> {
    const { told, targets, naming, onFailed, isFailing, log } = this.#options
    const { key, targetId, tries } = item
    const target = targets.get(targetId)
    const job = await this.#described(key)
    const record = told.handOnOf(key)
    if (record?.pending.includes(targetId) !== true) return
    // It was corrected, which is about to be taken.
    if (job !== null && job.state.outcome !== record.outcome) return
    told.setHandOn(key, { ...record, pending: record.pending.filter((id) => id !== targetId) })
    if (target === null || job === null) return
    await told.flush()
    const result = await targets.handOn(target, endEvent(job, record.corrects, naming()))
    if (result.ok) return
    const { problem, detail } = result.failure
    // What a program has written may be no business of the log.
    log.warn(`an end was not handed on (${target.kind}): ${problem} ${problem === 'exitCode' ? '' : detail}`)
    // While a target does not work, each end is tried once: those behind it wait.
    const pause = isFailing(targetId) ? undefined : pausesMs[tries]
    if (pause === undefined || result.againAfterMs === null)
      onFailed(target, job.workflowName, result.failure)
    else this.#tryAgain({ ...item, tries: tries + 1 }, record, Math.max(pause, result.againAfterMs))
  }

  /** Unless another outcome of the job is to be handed on meanwhile. */
  #tryAgain(item: Item, { outcome }: HandOnRecord, afterMs: number): void {
    const { told } = this.#options
    const record = told.handOnOf(item.key)
    if (record?.outcome !== outcome) return
    told.setHandOn(item.key, { ...record, pending: [...record.pending, item.targetId] })
    if (this.#isClosed) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#waiting.push(item)
      this.#work()
    }, afterMs)
    this.#timers.add(timer)
  }

  /** The job with what its log tells, as for its notification; null where it is there no more. */
  async #described(key: string): Promise<EndedJobView | null> {
    const { readLog, log } = this.#options
    const known = this.#ended(key)
    if (known !== null && isWorthReadingLog(known)) {
      const reading = readLog(key).catch((error: unknown) => {
        log.info('an end is handed on without the job’s log', error)
      })
      await within(reading, logWithinMs)
    }
    return this.#ended(key)
  }

  #ended(key: string): EndedJobView | null {
    const known = this.#options.store.get(key)
    const job = known === undefined ? null : viewOf(known)
    return job !== null && hasEnded(job) ? job : null
  }
}
