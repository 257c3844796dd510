import type { Translator } from '../../shared/i18n.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import type { Settings } from '../../shared/settings.ts'
import { type ToldPhase, toldPhases } from '../../shared/told-phase.ts'
import { allowedWishes, canAsk, type Wish } from '../../shared/wish.ts'
import type { JobStore } from '../job-store/store.ts'
import { isPhaseUnknown, viewOf } from '../tracking/job-view.ts'
import { BurstGate, type BurstWindow } from './burst.ts'
import { isLongRun, LongRunTimer } from './long-runs.ts'
import type { Outbox } from './outbox.ts'
import { Pending } from './pending.ts'
import { mannerOf, ruleForPhase } from './rules.ts'
import {
  begunToast,
  phaseSummaryToast,
  phaseToast,
  type ServerOf,
  stillRunningToast,
  type ToastText,
} from './texts.ts'
import { noActions, plainToast, type Toast } from './toaster.ts'
import type { ToldRecord } from './told-record.ts'

/** What can be done about a job in a phase that is told, by the buttons of its notification. */
const wishesIn: Readonly<Record<ToldPhase, readonly Wish[]>> = {
  waiting: ['approve', 'reject'],
  suspended: ['resume', 'stop'],
  notBegun: [],
  stillRunning: ['stop', 'suspend'],
}

export interface PhasesOptions {
  readonly outbox: Outbox
  readonly burst: BurstWindow
  readonly store: JobStore
  readonly told: ToldRecord
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly serverOf: ServerOf
  /** Brings the list to the front, and there the job of this key. */
  readonly onClick: (key: string | null) => void
  readonly settings: () => Settings
  /** What the job's workflow usually takes, in milliseconds; null where that is not known for sure. */
  readonly usualMs: (job: JobView) => number | null
  /** Whether what is known of the jobs of this server is what it says now. */
  readonly isHeard: (serverId: string) => boolean
  /** The job that the window shows to whoever has it before them; null where there is none. */
  readonly shownKey: () => string | null
  /** A button was pressed. */
  readonly onWish: (key: string, wish: Wish) => void
}

/** What a person can ask for now, of what the notification of a job in this phase offers. */
const wishesNow = (job: JobView, phase: ToldPhase): readonly Wish[] =>
  wishesIn[phase].filter((wish) => allowedWishes(job).includes(wish) && canAsk(wish, job))

const idOf = (key: string): string => `phase:${key}`
const summaryIdOf = (phase: ToldPhase): string => `phase:${phase}`

/**
 * Tells that a job waits for approval, was suspended, or that the server has taken a start and begins nothing: once for
 * each time that it comes to that, and no longer than it lasts; and once that it runs for far longer than usual. That it
 * was suspended is not told to whoever has just asked for it in a menu or the window.
 */
export class Phases {
  readonly #options: PhasesOptions
  readonly #gate: BurstGate<string>
  /** Keys of jobs that wait for the end of a burst, of a mute or of quiet hours. */
  readonly #queued = new Set<string>()
  /** The phases that were handed to the desktop, by the job's key, until it answers or another takes its place. */
  readonly #handed = new Map<string, ToldPhase>()
  /**
   * Where this app was asked to suspend jobs, by their keys, until they go on or end: a toast that was pressed is gone since,
   * and can't say what became of it.
   */
  readonly #suspending = new Map<string, 'toast' | 'elsewhere'>()
  readonly #timer = new LongRunTimer(() => this.#look())
  readonly #pending = new Pending()

  constructor(options: PhasesOptions) {
    this.#options = options
    this.#gate = new BurstGate(
      options.burst,
      (key) => this.#tell([key]),
      (keys) => this.#tell(keys),
    )
  }

  /** A job may have come to another phase, or what it came to was not told yet. */
  onJob(key: string): void {
    const { outbox, told, store } = this.#options
    const known = store.get(key)
    // What was told holds until it is seen what it does, or that it has ended.
    if (known === undefined || isPhaseUnknown(known)) return
    const job = viewOf(known)
    if (job.state.phase === 'running') this.#timer.keepOn()
    this.#noteSuspending(job)
    // That it has begun after all says nothing any more.
    if (hasEnded(job)) outbox.takeBack(idOf(job.key))
    const phase = this.#phaseOf(job)
    const before = told.phaseOf(job.key)
    if (before !== null && before !== phase) this.#end(job, before)
    if (this.#handed.get(job.key) !== phase) this.#handed.delete(job.key)
    if (this.#untoldPhase(job, phase) === null || this.#queued.has(job.key)) return
    this.#queued.add(job.key)
    this.#gate.push(job.key)
  }

  /** Tells what is still to be told of the jobs of these keys. */
  tellUntold(keys: readonly string[]): void {
    for (const key of keys) this.onJob(key)
  }

  /** The jobs of these keys are no longer there: nothing can be done about what was told of them. */
  onGone(keys: readonly string[]): void {
    const { told, outbox } = this.#options
    const left = new Set<ToldPhase>()
    for (const key of keys) {
      this.#suspending.delete(key)
      this.#handed.delete(key)
      const phase = told.phaseOf(key)
      if (phase === null) continue
      left.add(phase)
      told.setPhase(key, null)
      outbox.withdraw(idOf(key))
    }
    for (const phase of left) this.#withdrawEmptySummary(phase)
  }

  /** The list is before the person, and in it the job of this key. */
  onLookedAt(key: string | null): void {
    const { outbox } = this.#options
    if (key !== null) outbox.withdraw(idOf(key))
    outbox.withdraw(...toldPhases.map(summaryIdOf))
    const job = key === null ? null : this.#job(key)
    // What still waits to be told of it is no news any more.
    if (job !== null) this.#untoldPhase(job)
  }

  /** Notifications are shown again: tells together what came meanwhile and still holds. */
  onQuietOver(): void {
    this.#gate.flush()
  }

  /** Tells at once what waits for the end of a burst. Resolves when the desktop has answered for everything. */
  async flush(): Promise<void> {
    this.#timer.stop()
    this.#gate.flush()
    await this.#pending.settled()
  }

  #look(): void {
    for (const job of this.#options.store.all()) if (job.end === null) this.onJob(job.key)
  }

  /** The phase of a job that is told, or is to be; null where it is in none, or nobody wants to be told. */
  #phaseOf(job: JobView): ToldPhase | null {
    const phase = this.#reachedBy(job)
    return phase !== null && ruleForPhase(job, phase, this.#options.settings()).notify ? phase : null
  }

  #reachedBy(job: JobView): ToldPhase | null {
    const { told, usualMs } = this.#options
    const { phase } = job.state
    if (phase === 'waiting' || phase === 'suspended' || phase === 'notBegun') return phase
    // Its queue goes on, and it has not begun all the same: that it has is told then.
    if (phase === 'queued' && told.phaseOf(job.key) === 'notBegun') return 'notBegun'
    if (phase !== 'running') return null
    // It is told once, whatever other runs teach meanwhile of what is usual.
    const isLong = told.phaseOf(job.key) === 'stillRunning' || isLongRun(job, usualMs(job), Date.now())
    return isLong ? 'stillRunning' : null
  }

  /** The phase that is to be told of a job now, if any. One that the person knows of counts as told from then on. */
  #untoldPhase(job: JobView, phase = this.#phaseOf(job)): ToldPhase | null {
    const { told, isHeard } = this.#options
    if (phase === null || phase === told.phaseOf(job.key) || phase === this.#handed.get(job.key)) return null
    // The person deals with it already; what the server refuses leaves it as it was, and then it is told. Nothing that is
    // asked changes a start that is not begun, and the server never says so.
    if (job.asked !== null && (phase === 'waiting' || phase === 'suspended')) return null
    if (this.#isKnown(job, phase)) {
      told.setPhase(job.key, phase)
      return null
    }
    return isHeard(job.serverId) ? phase : null
  }

  /** Whether the person knows that a job has come to this phase: they see it, or have asked for it. */
  #isKnown({ key }: JobView, phase: ToldPhase): boolean {
    if (this.#isSeen(key)) return true
    return phase === 'suspended' && this.#suspending.get(key) === 'elsewhere'
  }

  /** Whether the window shows a job to the person, who wants no notification of it then. */
  #isSeen(key: string): boolean {
    const { shownKey, settings } = this.#options
    return key === shownKey() && !settings().tellShown
  }

  #noteSuspending({ key, asked, state }: JobView): void {
    if (asked === 'suspend') this.#suspending.set(key, this.#suspending.get(key) ?? 'elsewhere')
    else if (asked === null && state.phase !== 'suspended') this.#suspending.delete(key)
  }

  /** The job has left a phase that was told. */
  #end(job: JobView, before: ToldPhase): void {
    const { outbox, told, texts, serverOf, onClick } = this.#options
    told.setPhase(job.key, null)
    this.#withdrawEmptySummary(before)
    const hasBegun = job.state.phase === 'running' || job.state.phase === 'suspended'
    if (before !== 'notBegun' || !hasBegun || this.#isSeen(job.key)) {
      outbox.withdraw(idOf(job.key))
      return
    }
    const text = begunToast(job, texts().t, serverOf)
    outbox.say(plainToast({ id: idOf(job.key), ...text, icon: 'app', onClick: () => onClick(job.key) }))
  }

  /** Some jobs have left a phase that was told: where they were the last, its summary says nothing any more. */
  #withdrawEmptySummary(phase: ToldPhase): void {
    const { told, outbox } = this.#options
    if (!told.isPhaseTold(phase)) outbox.withdraw(summaryIdOf(phase))
  }

  #tell(keys: readonly string[]): void {
    const jobs = keys.flatMap((key) => this.#job(key) ?? [])
    for (const key of keys) this.#queued.delete(key)
    const untold = jobs.map((job) => ({ job, phase: this.#untoldPhase(job) }))
    for (const phase of toldPhases) {
      const those = untold.flatMap((one) => (one.phase === phase ? one.job : []))
      if (those.length > 0) this.#pending.add(this.#tellPhase(those, phase))
    }
  }

  async #tellPhase(jobs: readonly JobView[], phase: ToldPhase): Promise<void> {
    const { outbox, told, store } = this.#options
    const keys = jobs.map(({ key }) => key)
    for (const key of keys) this.#handed.set(key, phase)
    const isShown = await outbox.send(this.#toastOf(jobs, phase), keys)
    for (const key of keys) {
      const isLast = (this.#handed.get(key) ?? phase) === phase
      if (isLast) this.#handed.delete(key)
      // A later phase of it may have been handed over, and told, before the desktop answered.
      if (!isShown || !isLast || told.phaseOf(key) !== null) continue
      if (store.get(key) === undefined) {
        outbox.withdraw(idOf(key))
        continue
      }
      told.setPhase(key, phase)
      // It may have left the phase by then.
      this.onJob(key)
    }
  }

  #toastOf(jobs: readonly JobView[], phase: ToldPhase): Toast {
    const { texts, serverOf, settings, onClick } = this.#options
    const { t, locale } = texts()
    const manner = mannerOf(jobs.map((job) => ruleForPhase(job, phase, settings())))
    const [first, second] = jobs
    if (first === undefined || second !== undefined) {
      const text = phaseSummaryToast(jobs, phase, t, locale, serverOf)
      const id = summaryIdOf(phase)
      return {
        id,
        ...text,
        icon: phase,
        ...manner,
        onClick: () => onClick(null),
        ...noActions,
      }
    }
    const { key } = first
    return {
      id: idOf(key),
      ...this.#textOf(first, phase),
      icon: phase,
      ...manner,
      actions: wishesNow(first, phase).map((wish) => ({ id: wish, label: t(`job.action.${wish}`) })),
      onClick: () => onClick(key),
      onAction: (id) => {
        const wish = wishesIn[phase].find((one) => one === id)
        if (wish !== undefined) this.#press(key, phase, wish)
      },
    }
  }

  /** A button was pressed: what the job's state no longer allows leads to the job, which shows how it stands. */
  #press(key: string, phase: ToldPhase, wish: Wish): void {
    const { onClick, onWish } = this.#options
    const job = this.#job(key)
    if (job === null || !wishesNow(job, phase).includes(wish)) {
      onClick(key)
      return
    }
    if (wish === 'suspend') this.#suspending.set(key, 'toast')
    onWish(key, wish)
  }

  #textOf(job: JobView, phase: ToldPhase): ToastText {
    const { texts, serverOf, usualMs } = this.#options
    const { t, locale } = texts()
    if (phase !== 'stillRunning') return phaseToast(job, phase, t, serverOf)
    const elapsed = Date.now() - (job.startedAt ?? job.requestedAt)
    return stillRunningToast(job, { elapsed, usual: usualMs(job) }, t, locale, serverOf)
  }

  #job(key: string): JobView | null {
    const job = this.#options.store.get(key)
    return job === undefined ? null : viewOf(job)
  }
}
