import { vi } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { type ClickCommand, Notifier } from '../../../src/main/notify/notifier.ts'
import type { ToastStatus } from '../../../src/main/notify/toaster.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import { AppStore } from '../../../src/main/settings/app-store.ts'
import { AppModel } from '../../../src/main/state/app-model.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { defaultSettings, type Settings } from '../../../src/shared/settings.ts'
import type { Told } from '../../../src/shared/told.ts'
import { profile, serverWith } from '../app-state.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { MemorySettingsFile } from '../memory-settings.ts'
import { RecordingToaster } from './recording-toaster.ts'

const texts = createTranslator(['en-GB'])

interface Running {
  readonly store: JobStore
  readonly told: ToldRecord
  readonly model: AppModel
  readonly notifier: Notifier
}

/** The app's notifier, with its real store and record on disks in memory, before a system that shows what it is given. */
export class Telling {
  readonly #jobsDisk = new MemoryDisk()
  readonly #toldDisk = new MemoryDisk()
  #running: Running | null = null
  settings: Settings = defaultSettings
  /** How many jobs are wanted to be kept. */
  keep = 1000
  /** Whether notifications are held back. */
  isQuiet = false
  /** The job that the window shows to the person. */
  shownKey: string | null = null
  /** What reading a job's log does. */
  readLog: (key: string) => Promise<unknown> = async () => []
  toaster = new RecordingToaster()
  clicks: ClickCommand[] = []
  wishes: string[] = []
  /** The ends that were to be handed on, each time that they were. */
  handedOn: string[] = []
  /** What every workflow usually takes. */
  usualMs: number | null = null
  logged: string[] = []
  /** The messages that were to be marked as read by a button. */
  marked: string[] = []
  readonly toldMessages = new AppStore({ file: new MemorySettingsFile(), onProblem: () => {} })

  get #app(): Running {
    if (this.#running === null) throw new Error('the app has not started')
    return this.#running
  }

  get store(): JobStore {
    return this.#app.store
  }

  get told(): ToldRecord {
    return this.#app.told
  }

  get model(): AppModel {
    return this.#app.model
  }

  get notifier(): Notifier {
    return this.#app.notifier
  }

  /** The app starts, before an empty desktop, with its files as its last run left them. */
  async start(): Promise<void> {
    const jobsFile = this.#jobsDisk.open()
    const told = await ToldRecord.open({ file: this.#toldDisk.open(), jobsFile, onProblem: () => {} })
    const store = await JobStore.open({
      file: jobsFile,
      keep: () => this.keep,
      mayForget: (job) => told.isSettled(viewOf(job)),
      onProblem: () => {},
    })
    const model = new AppModel()
    model.setServers([serverWith({})], profile.id)
    this.toaster = new RecordingToaster()
    this.clicks = []
    this.wishes = []
    this.logged = []
    const log = (message: string): void => void this.logged.push(message)
    const notifier = new Notifier({
      toaster: this.toaster,
      store,
      told,
      model,
      log: { error: log, warn: log, info: log, debug: log },
      texts: () => texts,
      settings: () => this.settings,
      isQuiet: () => this.isQuiet,
      readLog: (key) => this.readLog(key),
      shownKey: () => this.shownKey,
      onClick: (command) => this.clicks.push(command),
      toldMessages: this.toldMessages,
      handOn: {
        take: ({ key, state }) => this.handedOn.push(`${key} ${state.outcome}`),
        onRunMoved: () => {},
      },
      onMarkRead: (serverId, ids) => this.marked.push(`${serverId}: ${ids.join(' ')}`),
      usual: { sureDuration: () => this.usualMs },
      onRunAgain: (key) => this.wishes.push(`runAgain ${key}`),
      onWish: (key, wish) => this.wishes.push(`${wish} ${key}`),
    })
    this.#running = { store, told, model, notifier }
  }

  /** The app starts anew, and gathers what its last run has not told. */
  async restart(): Promise<void> {
    await Promise.all([this.told.flush(), this.store.flush()])
    await this.start()
    this.notifier.gatherUntold()
  }

  /** Notifications are shown again. */
  async endQuiet(): Promise<void> {
    this.isQuiet = false
    this.notifier.onQuietOver()
    await pass()
  }

  /** A job ends, as the tracker tells it. */
  end(job: Job, circumstance: 'live' | 'away' = 'live'): void {
    this.store.put(job)
    this.notifier.onEnded(viewOf(job), circumstance)
  }

  /** The tracker writes down what is known of these jobs; resolves when that was heard. */
  async put(...jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) this.store.put(job)
    await pass()
  }

  /** What was told of a job. */
  toldOf(key: string): Told | null {
    return this.told.get(key)
  }
}

/** A clock that the test moves, and such an app on it. */
export async function startTelling(): Promise<Telling> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date', 'performance'],
    now: 1_000_000,
  })
  const app = new Telling()
  await app.start()
  return app
}

/** Lets everything happen that happens within so many milliseconds. */
export const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

export const muted = (outcome: Outcome): Settings => ({
  ...defaultSettings,
  outcomes: {
    ...defaultSettings.outcomes,
    [outcome]: { ...defaultSettings.outcomes[outcome], notify: false },
  },
})

export const shown = async (): Promise<ToastStatus> => ({ status: 'shown', reason: '' })
export const refused = async (): Promise<ToastStatus> => ({ status: 'refused', reason: 'notSupported' })

/** A system that answers after so many milliseconds. */
export const shownAfter = (ms: number) => (): Promise<ToastStatus> =>
  new Promise((resolve) => {
    setTimeout(() => resolve({ status: 'shown', reason: '' }), ms)
  })
