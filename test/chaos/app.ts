import { AppModel } from '../../src/main/app-model.ts'
import { FileNotices } from '../../src/main/file-notices.ts'
import type { JournalFile } from '../../src/main/job-store/journal-file.ts'
import { JobStore } from '../../src/main/job-store/store.ts'
import type { JobTracker } from '../../src/main/tracking/tracker.ts'
import { Notifier } from '../../src/main/notify/notifier.ts'
import { type Told, ToldRecord } from '../../src/main/notify/told-record.ts'
import type { Toaster } from '../../src/main/notify/toaster.ts'
import type { Log } from '../../src/main/platform/log.ts'
import { Session } from '../../src/main/session.ts'
import { viewOf } from '../../src/main/tracking/job-view.ts'
import type { WorkflowInfo } from '../../src/main/wexflow/server.ts'
import { SignIn } from '../../src/main/wexflow/sign-in.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import { createTranslator } from '../../src/shared/i18n.ts'
import { type KnownJob, knownJob } from '../known-job.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import type { SimUser } from '../wexflow-sim/users.ts'
import { NamingClient, type StartBook } from './naming-client.ts'

/** The English texts of the app. */
export const { t, locale } = createTranslator(['en'])

const silence = (): void => {}
const noLog: Log = { error: silence, warn: silence, info: silence, debug: silence }

/** What one process of the app works with. */
export interface Machine {
  readonly baseUrl: string
  readonly transport: Transport
  readonly jobsFile: JournalFile
  readonly toldFile: JournalFile
  readonly toaster: Toaster
  readonly user: SimUser
  readonly networkFingerprint: () => string
  /** Called with the jobs that changed. */
  readonly onJobs: (jobs: readonly KnownJob[]) => void
  /** Called with what counts as told from now on of the job of this key. */
  readonly onTold: (key: string, told: Told) => void
  /** The server's answer to a start reached the app. */
  readonly onAnswer: StartBook['onAnswer']
  readonly onNewestRow: StartBook['onNewestRow']
  /** The app says that it can't remember across a restart, or that it can again. */
  readonly onMemory: (isRefused: boolean) => void
}

/** A start from the tray: enough of a workflow to ask for it. */
export type Wished = Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>

/** One process of the app: everything of it but Electron, joined as its root does. */
export class App {
  readonly store: JobStore
  readonly told: ToldRecord
  readonly #notifier: Notifier
  readonly #session: Session
  /** The jobs whose intent has reached the disk, in that order: it is the order in which their starts go out. */
  readonly #intended = new Set<string>()
  readonly #named = new Set<string>()

  private constructor(store: JobStore, told: ToldRecord, model: AppModel, machine: Machine) {
    this.store = store
    this.told = told
    const { baseUrl, transport, user, networkFingerprint } = machine
    for (const job of store.list()) this.#named.add(job.key)
    store.onChange(({ changed }) => {
      for (const { key, start } of changed) if (start.sentAt !== null) this.#intended.add(key)
      machine.onJobs(changed.map(knownJob))
    })
    told.onTold(machine.onTold)
    this.#notifier = new Notifier({
      toaster: machine.toaster,
      store,
      told,
      model,
      log: noLog,
      t,
      locale,
      settings: () => defaultSettings,
      readLog: (key) => this.#session.logKnown(key),
      onClick: silence,
    })
    this.#session = new Session({
      store,
      model,
      listener: this.#notifier,
      favourites: () => new Set(),
      networkFingerprint,
      log: noLog,
    })
    const signIn = new SignIn({
      fetch: transport.call,
      baseUrl,
      username: user.username,
      password: () => Promise.resolve(user.password),
      token: null,
      onToken: silence,
    })
    const server = new NamingClient(baseUrl, transport, signIn, {
      nameOf: (workflowId) => this.#nextName(workflowId),
      onAnswer: machine.onAnswer,
      onNewestRow: machine.onNewestRow,
    })
    const profile = { id: 'chaos', baseUrl, username: user.username, staySignedIn: true }
    this.#notifier.gatherUntold()
    this.#session.begin(profile, { server, close: () => transport.close() })
  }

  static async launch(machine: Machine): Promise<App> {
    const model = new AppModel()
    let isRefused = false
    model.onChange(() => {
      const before = isRefused
      isRefused = model.state.notices.some(({ kind }) => kind === 'cannotRemember')
      if (isRefused !== before) machine.onMemory(isRefused)
    })
    const fileNotices = new FileNotices(model)
    const told = await ToldRecord.open({
      file: machine.toldFile,
      jobsFile: machine.jobsFile,
      onProblem: fileNotices.onToldProblem,
    })
    const store = await JobStore.open({
      file: machine.jobsFile,
      keep: () => defaultSettings.keepJobs,
      mayForget: (job) => told.isSettled(viewOf(job)),
      onProblem: fileNotices.onJobsProblem,
    })
    return new App(store, told, model, machine)
  }

  /** Whether the app knows how every job ended. */
  get isEveryEndKnown(): boolean {
    return this.store.all().every(({ end }) => end !== null)
  }

  /** All jobs that the app knows, newest first. */
  jobs(): KnownJob[] {
    return this.store.list().map(knownJob)
  }

  get tracker(): JobTracker | null {
    return this.#session.tracker
  }

  /** A person asks for a start: the job's key. */
  start(workflow: Wished): string {
    const before = new Set(this.store.list().map(({ key }) => key))
    void this.tracker?.startWorkflow(workflow)
    const job = this.store.list().find(({ key }) => !before.has(key))
    if (job === undefined) throw new Error('The app did not write down a start')
    return job.key
  }

  /** Ends as a person's "Quit" does. */
  async quit(): Promise<void> {
    await this.#notifier.flush()
    this.#session.close()
    await this.store.flush()
  }

  /** Stops the timers of a process that is gone; what it holds must be cut off before. */
  bury(): void {
    this.#session.close()
  }

  #nextName(workflowId: number): string {
    for (const key of this.#intended) {
      if (this.#named.has(key) || this.store.get(key)?.workflowId !== workflowId) continue
      this.#named.add(key)
      return key
    }
    throw new Error('A start that no intent was written down for')
  }
}
