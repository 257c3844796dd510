import type { TFunction } from 'i18next'
import type { LinkState, Notice } from '../../shared/app-state.ts'
import { cleanText } from '../../shared/clean-text.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Failure } from '../../shared/failure.ts'
import type { JobView } from '../../shared/job-view.ts'
import type { Settings } from '../../shared/settings.ts'
import type { JobStore } from '../job-store/store.ts'
import type { Log } from '../platform/log.ts'
import type { AppModel } from '../state/app-model.ts'
import { viewOf } from '../tracking/job-view.ts'
import { type Circumstance, Ends } from './ends.ts'
import { OutageWatch } from './outage.ts'
import { Outbox } from './outbox.ts'
import { type Decision, Phases } from './phases.ts'
import { nameInToast, type ToastText } from './texts.ts'
import type { Toaster } from './toaster.ts'
import type { ToldRecord } from './told-record.ts'
import { within } from './within.ts'

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
  /** A button of the notification of a job that waits for approval was pressed. */
  readonly onDecision: (key: string, decision: Decision) => void
}

const unaskedLinks: ReadonlySet<LinkState> = new Set(['offline', 'signInNeeded', 'signedOut'])

/** Milliseconds that the end of the app waits for the system's answers at most. */
const flushWithinMs = 1000

/** Characters of a text of which a part is foreign. */
const longestBody = 500

const showJobs: ClickTarget = { page: 'jobs', key: null }
const noActions = { actions: [], onAction: (): void => {} }

/** Tells the person what became of jobs, once each, and what stands in the way of knowing it. */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #outbox: Outbox
  readonly #ends: Ends
  readonly #phases: Phases
  /** How each server was last told to be, by its id. */
  readonly #links = new Map<string, LinkState>()
  /** By the id of its server. */
  readonly #outages = new Map<string, OutageWatch>()
  #isEnding = false
  #isAbsenceTold = false
  #isForgettingTold = false

  constructor(options: NotifierOptions) {
    this.#options = options
    const { onClick } = options
    const outbox = new Outbox({
      ...options,
      tellAgain: (keys) => {
        this.#ends.tellAgain(keys)
        this.#phases.tellUntold(keys)
      },
    })
    this.#outbox = outbox
    const onJobClick = (key: string | null): void => onClick({ page: 'jobs', key })
    this.#ends = new Ends({ ...options, outbox, onClick: onJobClick })
    this.#phases = new Phases({ ...options, outbox, onClick: onJobClick })
    options.store.onChange(({ changed, removed }) => {
      if (!this.#isEnding) for (const job of changed) this.#phases.onJob(viewOf(job))
      options.told.forget(removed)
    })
  }

  /** A job ended, or its outcome was corrected. */
  onEnded({ key }: JobView, circumstance: Circumstance): void {
    // Whether the system shows it could not be written down any more: the next start of the app tells it.
    if (!this.#isEnding) this.#ends.onEnded(key, circumstance)
  }

  /** Takes up what ended before this start of the app and was never told; it is told with `onCaughtUp`. */
  gatherUntold(): void {
    const { store, told } = this.#options
    told.keepOnly(new Set(store.all().map(({ key }) => key)))
    for (const { key } of store.list()) this.#ends.onEnded(key, 'away')
  }

  /** All that happened while the app was away is known: tells it together. */
  onCaughtUp(): void {
    if (this.#isEnding) return
    this.#ends.tellGathered()
    this.#phases.tellUntold()
  }

  /** The link of a server changed: tells a lasting outage and an expired sign-in, once each. */
  onLink(serverId: string, link: LinkState): void {
    const before = this.#links.get(serverId)
    this.#links.set(serverId, link)
    this.#outageOf(serverId).onLink(link)
    // What was gathered so far must not wait for a server that is not asked.
    if (unaskedLinks.has(link)) this.#ends.tellGathered()
    if (link !== 'signInNeeded' || before === 'signInNeeded') return
    const { t } = this.#options
    this.#say(
      `signIn:${serverId}`,
      { title: t('toast.signInNeeded'), body: this.#serverName(serverId) },
      { page: 'connect', key: null },
    )
  }

  /** The list of jobs is before the person, and in it the job of this key: what was told of them is not news any more. */
  onLookedAt(key: string | null): void {
    this.#ends.onLookedAt(key)
    this.#phases.onLookedAt(key)
  }

  /** A wish from the tray or a notification that could not be fulfilled: there is no window to say so. */
  onWishFailed(key: string, wish: 'stop' | 'approve' | 'reject', failure: Failure): void {
    const { store, t } = this.#options
    const job = store.get(key)
    if (job === undefined) return
    const title = t(`toast.wishFailed.${wish}`, { workflow: nameInToast(job.workflowName) })
    const body = cleanText(failureText(t, failure), longestBody)
    this.#say(`wish:${key}`, { title, body }, { page: 'jobs', key })
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
    this.#say('noTrayHost', { title: t('toast.noTrayHost'), body: t('notice.noTrayHost') }, showJobs)
  }

  /** The notices changed: that jobs may be forgotten is told once, to whoever looks at neither menu nor window. */
  onNotices(notices: readonly Notice[]): void {
    const notice = notices.find(({ kind }) => kind === 'cannotRemember')
    if (notice === undefined || this.#isForgettingTold) return
    this.#isForgettingTold = true
    const { t } = this.#options
    const body = t('notice.cannotRemember', { detail: notice.detail })
    this.#say('cannotRemember', { title: t('toast.cannotRemember'), body }, showJobs)
  }

  /**
   * The app is about to quit: tells at once what waits for the end of a burst, awaits the system's answers, and writes
   * down what was told.
   */
  async flush(): Promise<void> {
    const answered = Promise.all([this.#ends.flush(), this.#phases.flush()])
    this.#isEnding = true
    await within(answered, flushWithinMs)
    this.#outbox.close()
    await this.#options.told.flush()
  }

  #say(id: string, text: ToastText, target: ClickTarget): void {
    const { onClick } = this.#options
    void this.#outbox.send({ id, ...text, isSilent: true, onClick: () => onClick(target), ...noActions })
  }

  #outageOf(serverId: string): OutageWatch {
    const known = this.#outages.get(serverId)
    if (known !== undefined) return known
    const watch = new OutageWatch((what) => {
      const title = this.#options.t(`toast.server.${what}`)
      this.#say(`server:${serverId}`, { title, body: this.#serverName(serverId) }, showJobs)
    })
    this.#outages.set(serverId, watch)
    return watch
  }

  #serverName(serverId: string): string {
    const server = this.#options.model.state.servers.find(({ id }) => id === serverId)
    return cleanText(server?.name ?? '', longestBody)
  }
}
