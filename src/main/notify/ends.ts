import { once } from 'node:events'
import type { Translator } from '../../shared/i18n.ts'
import { type EndedJobView, hasEnded } from '../../shared/job-view.ts'
import { isOthers } from '../../shared/watch.ts'
import type { Settings } from '../../shared/settings.ts'
import type { AppModel } from '../state/app-model.ts'
import type { JobStore } from '../job-store/store.ts'
import type { Log } from '../platform/log.ts'
import { type Circumstance, viewOf } from '../tracking/job-view.ts'
import { BurstGate, BurstWindow } from './burst.ts'
import { HandedEnds } from './handed-ends.ts'
import type { Outbox } from './outbox.ts'
import { Pending } from './pending.ts'
import {
  correctedOutcome,
  iconOf,
  isWorthReadingLog,
  logWithinMs,
  mannerOfEnds,
  needsAttention,
  offersRunAgain,
  type UntoldBecause,
  whyUntold,
} from './rules.ts'
import { fixOf, isFix, noSequel, type Repeated, RepeatedFailures, type Sequel } from './sequel.ts'
import { jobToast, type ServerOf, summaryToast } from './texts.ts'
import { noActions, type Toast } from './toaster.ts'
import type { ToldRecord } from './told-record.ts'
import { within } from '../platform/within.ts'

export interface EndsOptions {
  readonly outbox: Outbox
  readonly burst: BurstWindow
  /** Whether notifications are held back just now. */
  readonly isQuiet: () => boolean
  /** Whether this server is expected to tell in a moment what happened while the computer slept. */
  readonly isWaking: (serverId: string) => boolean
  readonly store: JobStore
  readonly told: ToldRecord
  readonly model: AppModel
  readonly log: Log
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly serverOf: ServerOf
  readonly settings: () => Settings
  /** No toast waits for its log any more once the app quits. */
  readonly quitting: AbortSignal
  /** Puts what the job's log tells (duration, last error) into the store. May reject. */
  readonly readLog: (key: string) => Promise<unknown>
  /** The job that the window shows to whoever has it before them; null where there is none. */
  readonly shownKey: () => string | null
  /** Has the end of a job handed on, once for each outcome; whoever is asked again does nothing. */
  readonly handOn: (job: EndedJobView) => void
  /** The button that runs a job again was pressed. */
  readonly onRunAgain: (key: string) => void
  /** Brings the list to the front, and there the job of this key. */
  readonly onClick: (key: string | null) => void
}

/** Ends of what others began, which nobody waits for, that go out by themselves within the window of a burst. */
const othersAtOnce = 1

/** Tells the person how jobs ended, once each. */
export class Ends {
  readonly #options: EndsOptions
  readonly #failures: RepeatedFailures
  readonly #gate: BurstGate<string>
  /** For the ends of what others began. */
  readonly #othersGate: BurstGate<string>
  /** Keys of jobs whose end was learnt while away. */
  readonly #away = new Set<string>()
  /**
   * Keys of jobs that wait for the end of a burst, of a mute or of quiet hours, or for their log. How they stand by then is
   * told.
   */
  readonly #queued = new Set<string>()
  readonly #handed = new HandedEnds()
  /** The ids of the toasts on the desktop that tell several ends together. */
  readonly #summaries = new Set<string>()
  readonly #pending = new Pending()
  /** Resolves as the app quits. */
  readonly #quitting: Promise<unknown>

  constructor(options: EndsOptions) {
    this.#options = options
    this.#quitting = once(options.quitting, 'abort')
    this.#failures = new RepeatedFailures((id) => options.outbox.isStanding(id))
    const tellOne = (key: string): void => this.#pending.add(this.#tellOne(key))
    const tellMany = (keys: readonly string[]): void => this.#pending.add(this.#tellMany(keys))
    this.#gate = new BurstGate(options.burst, tellOne, tellMany)
    this.#othersGate = new BurstGate(new BurstWindow(() => othersAtOnce, options.isQuiet), tellOne, tellMany)
  }

  /** A job ended, or its outcome was corrected. */
  onEnded(key: string, circumstance: Circumstance): void {
    const job = this.#untold(key)
    if (job === null) return
    if (job.state.outcome !== 'failed') this.#failures.end(job)
    if (this.#isToBeTold(job)) this.#take(job, circumstance)
    // Last, since tray and window are drawn anew by it: what that runs into keeps no end from being told.
    if (needsAttention(job)) this.#options.model.addUnseen(key)
    else this.#options.model.removeUnseen(key)
  }

  /** The run of the first job is another's from now on, or nobody's: what the desktop was handed of it tells of that one. */
  onRunMoved(from: string, to: string | null): void {
    this.#handed.move(from, to)
  }

  /** Tells together what was learnt while the app was away of the jobs of this server; without one, of all jobs. */
  tellGathered(serverId?: string): void {
    const { store } = this.#options
    const keys = [...this.#away].filter(
      (key) => serverId === undefined || store.get(key)?.serverId === serverId,
    )
    for (const key of keys) this.#away.delete(key)
    this.#tellTogether(keys)
  }

  /**
   * Notifications are shown again: tells together what is still to be told of the ends that came meanwhile. That of
   * servers which will say in a moment what else has ended is told with `tellGathered`.
   */
  onQuietOver(): void {
    const keys = [...this.#othersGate.take(), ...this.#gate.take()]
    for (const key of keys) this.#queued.delete(key)
    const { store, isWaking } = this.#options
    const later = new Set(keys.filter((key) => isWaking(store.get(key)?.serverId ?? '')))
    for (const key of later) this.#away.add(key)
    this.tellAgain(keys.filter((key) => !later.has(key)))
  }

  /** Tells together what is still to be told of these jobs, since the desktop did not take it. */
  tellAgain(keys: readonly string[]): void {
    this.#tellTogether(
      keys.filter((key) => {
        const job = this.#untold(key)
        return job !== null && !this.#queued.has(key) && !this.#away.has(key) && this.#isToBeTold(job)
      }),
    )
  }

  /** The list is before the person, and in it the job of this key. */
  onLookedAt(key: string | null): void {
    const { outbox } = this.#options
    if (key !== null) {
      outbox.withdraw(key)
      this.#settleShown(key)
    }
    outbox.withdraw(...this.#summaries)
    this.#summaries.clear()
  }

  /**
   * The app quits: tells at once what waits for the end of a burst, or for its log. A toast that came later could be taken
   * when that can't be written down any more. Resolves when the desktop has answered for everything.
   */
  async flush(): Promise<void> {
    this.#gate.flush()
    this.#othersGate.flush()
    this.tellGathered()
    await this.#pending.settled()
  }

  /** What still waits to be told of a job is no news to whoever has it before them. */
  #settleShown(key: string): void {
    const isWaiting = this.#queued.has(key) || this.#away.has(key)
    const job = isWaiting ? this.#untold(key) : null
    if (job === null) return
    const reason = this.#whyUntold(job)
    if (reason !== null) this.#settle([job], reason)
  }

  #take(job: EndedJobView, circumstance: Circumstance): void {
    const { key } = job
    if (this.#queued.has(key)) return
    if (circumstance === 'away') {
      this.#away.add(key)
      return
    }
    this.#away.delete(key)
    this.#queued.add(key)
    const gate = isOthers(job) ? this.#othersGate : this.#gate
    gate.push(key)
    this.#handOnHeld([key])
  }

  #tellTogether(keys: readonly string[]): void {
    for (const key of keys) this.#queued.add(key)
    this.#gate.sendTogether(keys)
    this.#handOnHeld(keys)
  }

  /** What the screen shows later, since notifications are held back, is handed on now. */
  #handOnHeld(keys: readonly string[]): void {
    const { isQuiet, handOn } = this.#options
    if (!isQuiet()) return
    for (const key of keys) {
      const job = this.#untold(key)
      if (job !== null) handOn(job)
    }
  }

  async #tellOne(key: string): Promise<void> {
    const { told, texts, serverOf, onClick, onRunAgain } = this.#options
    const known = this.#untold(key)
    if (known !== null && isWorthReadingLog(known))
      await within(Promise.race([this.#readLog(key), this.#quitting]), logWithinMs)
    this.#queued.delete(key)
    const job = this.#untold(key)
    if (job === null) return
    const { t, locale } = texts()
    const { replaces, ...sequel } = this.#sequelOf(job)
    const text = jobToast(job, told.get(key), t, locale, serverOf, sequel)
    await this.#show([job], {
      id: key,
      ...text,
      ...(replaces !== null && { replaces }),
      actions: offersRunAgain(job) ? [{ id: 'runAgain', label: t('job.action.runAgain') }] : [],
      onClick: () => onClick(key),
      onAction: () => onRunAgain(key),
    })
  }

  /** How it follows on earlier ends of its workflow, and the toast whose place its own takes. */
  #sequelOf(job: EndedJobView): Sequel & Repeated {
    const { told, settings } = this.#options
    const isFailure = job.state.outcome === 'failed' && correctedOutcome(job, told.get(job.key)) === null
    if (isFailure) return { isFix: false, ...this.#failures.add(job) }
    return settings().tellFixed ? fixOf(job, this.#options) : { ...noSequel, replaces: null }
  }

  async #readLog(key: string): Promise<void> {
    const { readLog, log } = this.#options
    try {
      await readLog(key)
    } catch (error) {
      log.info('a notification goes without the job’s log', error)
    }
  }

  async #tellMany(keys: readonly string[]): Promise<void> {
    const { told, texts, serverOf, onClick } = this.#options
    for (const key of keys) this.#queued.delete(key)
    const jobs = keys.flatMap((key) => this.#untold(key) ?? [])
    const [first, second] = jobs
    if (first === undefined) return
    if (second === undefined) {
      await this.#tellOne(first.key)
      return
    }
    const { t, locale } = texts()
    const corrected = jobs.filter((job) => correctedOutcome(job, told.get(job.key)) !== null).length
    const id = `summary:${first.key}`
    this.#summaries.add(id)
    await this.#show(jobs, {
      id,
      ...summaryToast(jobs, t, locale, serverOf, corrected),
      ...noActions,
      onClick: () => onClick(null),
    })
  }

  async #show(
    jobs: readonly EndedJobView[],
    toldOf: Omit<Toast, 'icon' | 'isSilent' | 'sound' | 'isStaying'>,
  ): Promise<void> {
    const { outbox, settings, handOn } = this.#options
    this.#handed.add(jobs)
    const toast = { ...toldOf, icon: iconOf(jobs), ...mannerOfEnds(jobs, settings()) }
    const keys = jobs.map(({ key }) => key)
    const sent = outbox.send(toast, keys)
    // Whether or not the desktop takes it: who is not there sees no desktop.
    for (const job of jobs) handOn(job)
    const isShown = await sent
    const answered = this.#handed.take(jobs)
    // An answer may come so late that the end was corrected, and the correction told, before it.
    if (isShown)
      this.#settle(
        answered.filter(({ key }) => !this.#isTold(key)),
        'shown',
      )
    else this.tellAgain(answered.flatMap(({ key }) => (keys.includes(key) ? [] : key)))
  }

  /** Whether a notification is wanted; where none is, the end is dealt with. */
  #isToBeTold(job: EndedJobView): boolean {
    const reason = this.#whyUntold(job)
    if (reason === null) return true
    this.#settle([job], reason)
    return false
  }

  #whyUntold(job: EndedJobView): UntoldBecause | null {
    const { told, settings, shownKey } = this.#options
    const isShown = job.key === shownKey()
    return whyUntold(
      job,
      { told: told.get(job.key), isShown, isFix: () => isFix(job, this.#options) },
      settings(),
    )
  }

  /** The job as the store has it now, if its end is still to be told. */
  #untold(key: string): EndedJobView | null {
    const { store, told } = this.#options
    const known = store.get(key)
    if (known === undefined) return null
    const job = viewOf(known)
    if (!hasEnded(job) || told.isSettled(job)) return null
    return this.#handed.has(job) ? null : job
  }

  #isTold(key: string): boolean {
    const { store, told } = this.#options
    const known = store.get(key)
    return known === undefined || told.isSettled(viewOf(known))
  }

  #settle(jobs: readonly EndedJobView[], how: 'shown' | UntoldBecause): void {
    const { store, told, handOn } = this.#options
    if (how !== 'shown') for (const job of jobs) handOn(job)
    for (const { key, state } of jobs) told.settle(key, { at: Date.now(), outcome: state.outcome, how })
    // Those above the number that is kept were waiting for this.
    store.prune()
  }
}
