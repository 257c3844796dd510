import type { LinkState, Notice } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Failure } from '../../shared/failure.ts'
import type { TFunction } from 'i18next'
import { type EndedJobView, hasEnded, type JobView } from '../../shared/job-view.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Settings } from '../../shared/settings.ts'
import type { AppModel } from '../state/app-model.ts'
import type { JobStore } from '../job-store/store.ts'
import type { Log } from '../platform/log.ts'
import { viewOf } from '../tracking/job-view.ts'
import { BurstGate } from './burst.ts'
import { OutageWatch } from './outage.ts'
import { isSilent, isWanted, isWorthReadingLog, needsAttention } from './rules.ts'
import { jobToast, summaryToast, type ToastText } from './texts.ts'
import type { Toaster, ToastStatus } from './toaster.ts'
import type { ToldRecord } from './told-record.ts'

/** Whether the app saw the end as it came, or learnt of it afterwards. */
export type Circumstance = 'live' | 'away'

/** What a click on a notification brings to the front. */
export interface ClickTarget {
  readonly page: 'jobs' | 'connect'
  /** The job to select. */
  readonly key: string | null
}

export interface NotifierOptions {
  readonly toaster: Toaster
  readonly store: JobStore
  readonly told: ToldRecord
  readonly model: AppModel
  readonly log: Log
  readonly t: TFunction
  readonly locale: string
  readonly settings: () => Settings
  /** Puts what the job's log tells (duration, last error) into the store. May reject. */
  readonly readLog: (key: string) => Promise<unknown>
  readonly onClick: (target: ClickTarget) => void
}

const unaskedLinks: ReadonlySet<LinkState> = new Set(['offline', 'signInNeeded', 'signedOut'])

/** Milliseconds that a notification waits for the job's log at most. */
const logWithinMs = 1500
/** Milliseconds that the end of the app waits for the system's answers at most. */
const flushWithinMs = 1000

const showJobs: ClickTarget = { page: 'jobs', key: null }

/** Tells the person how jobs ended, once each, and what stands in the way of knowing it. */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #gate: BurstGate<{ readonly key: string; readonly circumstance: Circumstance }>
  /** How each server was last told to be, by its id. */
  readonly #links = new Map<string, LinkState>()
  /** By the id of its server. */
  readonly #outages = new Map<string, OutageWatch>()
  /** Keys of jobs whose end was learnt while away. */
  readonly #away = new Set<string>()
  /** Keys of jobs that wait for the end of a burst or for their log; whatever they turn into meanwhile is told. */
  readonly #queued = new Set<string>()
  /** The outcomes that were handed to the system, by the job's key, until it answers. */
  readonly #underWay = new Map<string, Outcome>()
  /** The answers of the system that are still to come. */
  readonly #pending = new Set<Promise<void>>()
  #isEnding = false
  #isAbsenceTold = false
  #isForgettingTold = false

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#gate = new BurstGate(
      ({ key, circumstance }) => this.#track(this.#tellOne(key, circumstance)),
      (items) => this.#track(this.#tellMany(items.map(({ key }) => key))),
    )
    options.store.onChange(({ removed }) => options.told.forget(removed))
  }

  /** A job ended, or its outcome was corrected. */
  onEnded({ key }: JobView, circumstance: Circumstance): void {
    // Whether the system shows it could not be written down any more: the next start of the app tells it.
    if (this.#isEnding) return
    const job = this.#untold(key)
    if (job === null) return
    this.#take(job, circumstance)
    // Not before: no picture that is drawn of it keeps it from being told.
    this.#mind(job)
  }

  #take(job: EndedJobView, circumstance: Circumstance): void {
    const { told, settings } = this.#options
    if (!isWanted(job, told.get(job.key), settings())) {
      this.#settle([job], 'muted')
      return
    }
    if (this.#queued.has(job.key)) return
    if (circumstance === 'away') {
      this.#away.add(job.key)
      return
    }
    this.#away.delete(job.key)
    this.#queued.add(job.key)
    this.#gate.push({ key: job.key, circumstance })
  }

  /** Takes up what ended before this start of the app and was never told; it is told with `onCaughtUp`. */
  gatherUntold(): void {
    const { store, told } = this.#options
    told.keepOnly(new Set(store.all().map(({ key }) => key)))
    for (const job of store.list()) this.onEnded(viewOf(job), 'away')
  }

  /** All ends that happened while the app was away are known, or can't be known now: tells them together. */
  onCaughtUp(): void {
    const keys = [...this.#away]
    this.#away.clear()
    for (const key of keys) this.#queued.add(key)
    this.#gate.sendTogether(keys.map((key) => ({ key, circumstance: 'away' })))
  }

  /** The link of a server changed: tells a lasting outage and an expired sign-in, once each. */
  onLink(serverId: string, link: LinkState): void {
    const before = this.#links.get(serverId)
    this.#links.set(serverId, link)
    this.#outageOf(serverId).onLink(link)
    // What was gathered so far must not wait for a server that is not asked.
    if (unaskedLinks.has(link)) this.onCaughtUp()
    if (link !== 'signInNeeded' || before === 'signInNeeded') return
    const { t } = this.#options
    void this.#say(
      `signIn:${serverId}`,
      { title: t('toast.signInNeeded'), body: this.#serverName(serverId) },
      { page: 'connect', key: null },
    )
  }

  /** A wish from the tray that could not be fulfilled: there is no window to say so. */
  onWishFailed(key: string, wish: 'stop' | 'approve' | 'reject', failure: Failure): void {
    const { store, t } = this.#options
    const job = store.get(key)
    if (job === undefined) return
    const title = t(`toast.wishFailed.${wish}`, { workflow: job.workflowName })
    void this.#say(`wish:${key}`, { title, body: failureText(t, failure) }, { page: 'jobs', key })
  }

  /** Whether the desktop has a place for the tray icon: that it has none is told once, and shown while it holds. */
  onTrayHost(isPresent: boolean): void {
    const { model, t } = this.#options
    if (isPresent) {
      model.removeNotice('noTrayHost')
      return
    }
    model.addNotice({ kind: 'noTrayHost', detail: '' })
    if (this.#isAbsenceTold) return
    this.#isAbsenceTold = true
    void this.#say('noTrayHost', { title: t('toast.noTrayHost'), body: t('notice.noTrayHost') }, showJobs)
  }

  /** The notices changed: that jobs may be forgotten is told once, to whoever looks at neither menu nor window. */
  onNotices(notices: readonly Notice[]): void {
    const notice = notices.find(({ kind }) => kind === 'cannotRemember')
    if (notice === undefined || this.#isForgettingTold) return
    this.#isForgettingTold = true
    const { t } = this.#options
    const body = t('notice.cannotRemember', { detail: notice.detail })
    void this.#say('cannotRemember', { title: t('toast.cannotRemember'), body }, showJobs)
  }

  /**
   * The app is about to quit: tells at once what waits for the end of a burst, awaits the system's answers, and writes
   * down what was told.
   */
  async flush(): Promise<void> {
    this.#gate.flush()
    this.onCaughtUp()
    this.#isEnding = true
    await within(Promise.all(this.#pending), flushWithinMs)
    await this.#options.told.flush()
  }

  #track(telling: Promise<void>): void {
    this.#pending.add(telling)
    void telling.finally(() => this.#pending.delete(telling))
  }

  async #tellOne(key: string, circumstance: Circumstance): Promise<void> {
    const { told, t, locale, settings } = this.#options
    const known = this.#untold(key)
    if (known !== null && isWorthReadingLog(known, circumstance))
      await within(this.#readLog(key), logWithinMs)
    this.#queued.delete(key)
    const job = this.#untold(key)
    if (job === null) return
    const isQuiet = isSilent([job], settings())
    await this.#showEnds([job], key, jobToast(job, told.get(key), t, locale), isQuiet, { page: 'jobs', key })
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
    const { t, locale, settings } = this.#options
    for (const key of keys) this.#queued.delete(key)
    const jobs = keys.flatMap((key) => this.#untold(key) ?? [])
    const [first, second] = jobs
    if (first === undefined) return
    if (second === undefined) {
      await this.#tellOne(first.key, 'away')
      return
    }
    const text = summaryToast(jobs, t, locale)
    await this.#showEnds(jobs, `summary:${first.key}`, text, isSilent(jobs, settings()), showJobs)
  }

  async #showEnds(
    jobs: readonly EndedJobView[],
    id: string,
    text: ToastText,
    isQuiet: boolean,
    target: ClickTarget,
  ): Promise<void> {
    for (const { key, state } of jobs) this.#underWay.set(key, state.outcome)
    const { status } = await this.#show(id, text, isQuiet, target)
    for (const { key, state } of jobs)
      if (this.#underWay.get(key) === state.outcome) this.#underWay.delete(key)
    // Shown or refused, the end is dealt with; without any answer it is told again at the app's next start.
    if (status !== 'timedOut') this.#settle(jobs, status)
  }

  /** The job as the store has it now, if its end is still to be told. */
  #untold(key: string): EndedJobView | null {
    const { store, told } = this.#options
    const known = store.get(key)
    if (known === undefined) return null
    const job = viewOf(known)
    if (!hasEnded(job) || told.isSettled(job)) return null
    return this.#underWay.get(key) === job.state.outcome ? null : job
  }

  #mind(job: EndedJobView): void {
    if (needsAttention(job)) this.#options.model.addUnseen(job.key)
    else this.#options.model.removeUnseen(job.key)
  }

  #settle(jobs: readonly EndedJobView[], how: 'shown' | 'refused' | 'muted'): void {
    const { store, told } = this.#options
    for (const { key, state } of jobs) told.settle(key, { at: Date.now(), outcome: state.outcome, how })
    // Those above the number that is kept were waiting for this.
    store.prune()
  }

  #say(id: string, text: ToastText, target: ClickTarget): Promise<ToastStatus> {
    return this.#show(id, text, true, target)
  }

  async #show(id: string, text: ToastText, isQuiet: boolean, target: ClickTarget): Promise<ToastStatus> {
    const { toaster, model, log, onClick } = this.#options
    const status = await toaster.show({ id, ...text, isSilent: isQuiet, onClick: () => onClick(target) })
    if (status.status === 'shown') model.removeNotice('notificationsRefused')
    else {
      log.warn(`notification ${id} ${status.status}: ${status.reason}`)
      model.addNotice({ kind: 'notificationsRefused', detail: status.reason })
    }
    return status
  }

  #outageOf(serverId: string): OutageWatch {
    const known = this.#outages.get(serverId)
    if (known !== undefined) return known
    const watch = new OutageWatch((what) => {
      const title = this.#options.t(`toast.server.${what}`)
      void this.#say(`server:${serverId}`, { title, body: this.#serverName(serverId) }, showJobs)
    })
    this.#outages.set(serverId, watch)
    return watch
  }

  #serverName(serverId: string): string {
    return this.#options.model.state.servers.find(({ id }) => id === serverId)?.name ?? ''
  }
}

/** Waits for a promise that never rejects, but not longer than this. */
const within = async (promise: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([promise, timeout])
  clearTimeout(timer)
}
