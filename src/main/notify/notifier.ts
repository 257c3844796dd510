import type { LinkState, Notice } from '../../shared/app-state.ts'
import { cleanText } from '../../shared/clean-text.ts'
import type { Command, NotificationTest } from '../../shared/commands.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Failure } from '../../shared/failure.ts'
import { followedServers, isFollowed, isUnasked, saidServer } from '../../shared/followed.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { JobView } from '../../shared/job-view.ts'
import type { Message } from '../../shared/message.ts'
import type { Settings } from '../../shared/settings.ts'
import type { ChosenSound } from '../../shared/sound.ts'
import type { Wish } from '../../shared/wish.ts'
import type { HandOn } from '../hand-on/hand-on.ts'
import type { JobStore } from '../job-store/store.ts'
import type { UsualTimes } from '../job-store/usual-times.ts'
import type { Log } from '../platform/log.ts'
import type { MessagesRead } from '../servers/messages.ts'
import type { MissedRun } from '../schedule/schedules.ts'
import type { AppModel } from '../state/app-model.ts'
import type { Circumstance } from '../tracking/job-view.ts'
import { BurstWindow } from './burst.ts'
import { Ends } from './ends.ts'
import { HandOnFailures } from './hand-on-failures.ts'
import { MessageToasts, type ToldMessages } from './message-toasts.ts'
import { MissedRuns } from './missed-runs.ts'
import { OutOfSight } from './out-of-sight.ts'
import { Outbox } from './outbox.ts'
import { Phases } from './phases.ts'
import { nameInToast, serverLine, type ToastText } from './texts.ts'
import { noActions, plainToast, type Toast, type Toaster } from './toaster.ts'
import { ServerToasts } from './server-toasts.ts'
import type { ToldRecord } from './told-record.ts'
import { within } from '../platform/within.ts'

/** What a click on a notification brings to the front: a page and a job on it, a sign-in form, or the window as it was. */
export type ClickCommand = Command<'show' | 'showSignIn' | 'showWindow'>

export interface NotifierOptions {
  readonly toaster: Toaster
  readonly store: JobStore
  readonly told: ToldRecord
  readonly model: AppModel
  readonly log: Log
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly settings: () => Settings
  /** Whether notifications are held back just now. */
  readonly isQuiet: () => boolean
  /** Puts what the job's log tells (duration, last error) into the store. May reject. */
  readonly readLog: (key: string) => Promise<unknown>
  /** The job that the window shows to whoever has it before them; null where there is none. */
  readonly shownKey: () => string | null
  readonly onClick: (command: ClickCommand) => void
  readonly toldMessages: ToldMessages
  /** The button of a notification of messages was pressed. */
  readonly onMarkRead: (serverId: string, ids: readonly string[]) => void
  readonly handOn: Pick<HandOn, 'take' | 'onRunMoved'>
  /** What workflows usually take. */
  readonly usual: Pick<UsualTimes, 'sureDuration'>
  /** The button that runs a job again was pressed. */
  readonly onRunAgain: (key: string) => void
  /** A button of a job's notification was pressed that asks for something to be done with it. */
  readonly onWish: (key: string, wish: Wish) => void
}

/** Milliseconds that the end of the app waits for the system's answers at most. */
const flushWithinMs = 1000

/** Characters of a text of which a part is foreign. */
const longestBody = 500

const wishIdOf = (key: string): string => `wish:${key}`

const showJob = (key: string | null): ClickCommand => ({ kind: 'show', page: 'jobs', key })
const showPage = (page: 'history' | 'messages' | 'settings'): ClickCommand => ({
  kind: 'show',
  page,
  key: null,
})

/** Tells the person what became of jobs, once each, and what stands in the way of knowing it. */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #outbox: Outbox
  readonly #ends: Ends
  readonly #phases: Phases
  readonly #missed: MissedRuns
  readonly #messages: MessageToasts
  readonly #servers: ServerToasts
  /** Tells what could not be handed on. */
  readonly handOnFailures: HandOnFailures
  readonly #outOfSight = new OutOfSight()
  /** Aborted as the app quits. */
  readonly #quitting = new AbortController()
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
        this.#missed.tellAgain(keys)
        this.#messages.tellAgain()
        this.#servers.tellAgain()
      },
    })
    this.#outbox = outbox
    const shared = {
      ...options,
      outbox,
      quitting: this.#quitting.signal,
      burst: new BurstWindow(() => options.settings().oneByOne, options.isQuiet),
      serverOf: (serverId: string) => this.#serverOf(serverId),
      onClick: (key: string | null) => onClick(showJob(key)),
    }
    this.#ends = new Ends({
      ...shared,
      isWaking: (serverId) => this.#outOfSight.isWaking(serverId),
      handOn: (job) => options.handOn.take(job),
    })
    this.#phases = new Phases({
      ...shared,
      usualMs: (job) => options.usual.sureDuration(job),
      isHeard: (serverId) => !this.#outOfSight.has(serverId),
    })
    this.#missed = new MissedRuns({ ...shared, onMissedClick: () => onClick(showPage('history')) })
    this.#messages = new MessageToasts({ ...shared, onMessagesClick: () => onClick(showPage('messages')) })
    this.#servers = new ServerToasts({
      ...shared,
      onOutageClick: () => onClick(showJob(null)),
      onSignInClick: (serverId) => onClick({ kind: 'showSignIn', serverId }),
    })
    this.handOnFailures = new HandOnFailures({
      ...shared,
      onFailureClick: () => onClick(showPage('settings')),
    })
    options.store.onChange(({ changed, removed }) => {
      if (!this.#quitting.signal.aborted) for (const { key } of changed) this.#phases.onJob(key)
      // What could not be done with it need not be done any more.
      for (const { key, end } of changed) if (end !== null) outbox.takeBack(wishIdOf(key))
      // The person took them off the list, or wants them no more: there is nothing to look at.
      this.#phases.onGone(removed)
      for (const key of removed) options.model.removeUnseen(key)
    })
    // As long as its lines are in the file, a job may come back: by the person, or by the next start of the app.
    options.store.onGone((keys) => options.told.forget(keys))
  }

  /** A job ended, or its outcome was corrected. */
  onEnded({ key }: JobView, circumstance: Circumstance): void {
    // Whether the system shows it could not be written down any more: the next start of the app tells it.
    if (!this.#quitting.signal.aborted) this.#ends.onEnded(key, circumstance)
  }

  /** The run of the first job is another's from now on, or nobody's: what was told of it goes along. */
  onRunMoved(from: string, to: string | null): void {
    const { told, model, handOn } = this.#options
    this.#phases.onGone([from])
    told.move(from, to)
    handOn.onRunMoved(from, to)
    this.#ends.onRunMoved(from, to)
    if (to !== null && model.unseen.has(from)) model.addUnseen(to)
    model.removeUnseen(from)
  }

  /**
   * Takes up what ended before this start of the app and was never told. It is told with the server's `onCaughtUp`; at
   * once, where nobody follows that server.
   */
  gatherUntold(): void {
    const { store, told, model } = this.#options
    told.keepOnly(store.keysInFile())
    const jobs = store.list()
    for (const { key } of jobs) this.#ends.onEnded(key, 'away')
    for (const serverId of new Set(jobs.map((job) => job.serverId)))
      if (!isFollowed(model.state, serverId)) this.#ends.tellGathered(serverId)
  }

  /** All that happened on this server while the app was away is known: tells it together. */
  onCaughtUp(serverId: string): void {
    this.#outOfSight.onCaughtUp(serverId)
    if (this.#quitting.signal.aborted) return
    this.#ends.tellGathered(serverId)
    const jobs = this.#options.store.all().filter((job) => job.serverId === serverId)
    this.#phases.tellUntold(jobs.map(({ key }) => key))
  }

  /** The computer has woken: what servers said before its sleep may no longer hold. */
  onWake(): void {
    this.#outOfSight.onWake(followedServers(this.#options.model.state))
  }

  /** The link of a server changed: tells a lasting outage and an expired sign-in, once each. */
  onLink(serverId: string, link: LinkState): void {
    this.#servers.onLink(serverId, link)
    this.#outOfSight.onLink(serverId, link)
    // What was gathered so far must not wait for a server that is not asked.
    if (isUnasked(link)) this.#ends.tellGathered(serverId)
    if (link === 'signedOut') this.#messages.onSignedOut(serverId)
  }

  /** A watched workflow has not run as its schedule says. */
  onMissed(serverId: string, run: MissedRun): void {
    if (!this.#quitting.signal.aborted) this.#missed.onMissed(serverId, run)
  }

  /** A workflow of which that was told has run since, or is not expected to any more. */
  onCame(serverId: string, workflowId: number): void {
    this.#missed.onCame(serverId, workflowId)
  }

  /** Notifications are shown again, or still are: tells what was held back, together, as far as it still holds. */
  onQuietOver(): void {
    if (this.#quitting.signal.aborted) return
    this.#ends.onQuietOver()
    this.#phases.onQuietOver()
    this.#missed.flush()
    this.#messages.tellAgain()
    this.#servers.tellAgain()
    this.#outbox.onQuietOver()
  }

  /**
   * The list of jobs is before the person, and in it the job of this key: what was told of them is not news any more.
   */
  onLookedAt(key: string | null): void {
    this.#ends.onLookedAt(key)
    this.#phases.onLookedAt(key)
    if (key !== null) this.#outbox.withdraw(wishIdOf(key))
  }

  /**
   * A wish from the tray or a notification that could not be fulfilled: there is no window to say so. It is said also
   * while notifications are held back: whoever wished it just now waits for an answer.
   */
  onWishFailed(key: string, wish: Wish, failure: Failure): void {
    const { store, texts } = this.#options
    const job = store.get(key)
    if (job === undefined) return
    const title = texts().t(`toast.wishFailed.${wish}`, { workflow: nameInToast(job.workflowName) })
    const body = this.#failureBody(job.serverId, failure)
    void this.#outbox.send(this.#toastOf(wishIdOf(key), { title, body }, showJob(key)))
  }

  /** A server has said which of its messages to the user are not read. */
  onMessages(serverId: string, unread: readonly Message[], how: MessagesRead): void {
    // Whether the system shows them could not be written down any more: the next start of the app tells them.
    if (!this.#quitting.signal.aborted) this.#messages.onUnread(serverId, unread, how)
  }

  /** Messages could not be marked as read by the button of their notification; said as a wish that failed is. */
  onMarkFailed(serverId: string, failure: Failure): void {
    const title = this.#options.texts().t('toast.message.notMarked')
    const body = this.#failureBody(serverId, failure)
    void this.#outbox.send(this.#toastOf(`markRead:${serverId}`, { title, body }, showPage('messages')))
  }

  /** Whether the desktop has a place for the tray icon: that it has none is told once, and shown while it holds. */
  onTrayHost(isPresent: boolean): void {
    const { model, texts } = this.#options
    if (isPresent) {
      model.removeNotice('noTrayHost')
      this.#outbox.withdraw('noTrayHost')
      return
    }
    model.addNotice({ kind: 'noTrayHost', detail: '' })
    if (this.#isAbsenceTold) return
    this.#isAbsenceTold = true
    const { t } = texts()
    this.#say('noTrayHost', { title: t('toast.noTrayHost'), body: t('notice.noTrayHost') }, showJob(null))
  }

  /** The notices changed: that jobs may be forgotten is told once, to whoever looks at neither menu nor window. */
  onNotices(notices: readonly Notice[]): void {
    const notice = notices.find(({ kind }) => kind === 'cannotRemember')
    if (notice === undefined) this.#outbox.takeBack('cannotRemember')
    if (notice === undefined || this.#isForgettingTold) return
    this.#isForgettingTold = true
    const { t } = this.#options.texts()
    const body = t('notice.cannotRemember', { detail: notice.detail })
    this.#say('cannotRemember', { title: t('toast.cannotRemember'), body }, showJob(null))
  }

  /**
   * Shows a notification that says nothing but that it is one, for who wants to know whether there are any.
   * @param sound what is heard with it; null for the system's usual sound
   */
  async test(sound: ChosenSound | null): Promise<NotificationTest> {
    const { texts, onClick } = this.#options
    const { t } = texts()
    const answer = await this.#outbox.try({
      id: 'test',
      title: t('toast.test.title'),
      body: t('toast.test.body'),
      icon: 'app',
      isSilent: false,
      sound,
      isStaying: false,
      onClick: () => onClick({ kind: 'showWindow' }),
      ...noActions,
    })
    return answer ?? { status: 'silent', reason: '' }
  }

  /**
   * The app is about to quit: tells at once what waits for the end of a burst, awaits the system's answers, and writes
   * down what was told.
   */
  async flush(): Promise<void> {
    // What was refused before is told by the app's next start: here nobody would wait for the desktop's answer.
    this.#outbox.close()
    this.#missed.flush()
    this.#quitting.abort()
    const answered = Promise.all([this.#ends.flush(), this.#phases.flush(), this.#messages.flush()])
    await within(answered, flushWithinMs)
    await this.#options.told.flush()
  }

  #say(id: string, text: ToastText, command: ClickCommand): void {
    this.#outbox.say(this.#toastOf(id, text, command))
  }

  #toastOf(id: string, text: ToastText, command: ClickCommand): Toast {
    const { onClick } = this.#options
    return plainToast({ id, ...text, icon: 'app', onClick: () => onClick(command) })
  }

  /** Where something failed, and why. */
  #failureBody(serverId: string, failure: Failure): string {
    const { t } = this.#options.texts()
    return [...serverLine(this.#serverOf(serverId), t), cleanText(failureText(t, failure), longestBody)].join(
      '\n',
    )
  }

  /** What a notification says of a job's server. */
  #serverOf(serverId: string): string | null {
    const { model, texts } = this.#options
    return saidServer(model.state, serverId, texts().t)
  }
}
