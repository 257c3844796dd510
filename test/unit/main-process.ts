import { onTestFinished, vi } from 'vitest'
import { Account, firstSignInState } from '../../src/main/account.ts'
import { AppModel } from '../../src/main/app-model.ts'
import { Commands } from '../../src/main/commands.ts'
import { JobStore } from '../../src/main/job-store/store.ts'
import { Notifier } from '../../src/main/notify/notifier.ts'
import { ToldRecord } from '../../src/main/notify/told-record.ts'
import type { Keychain } from '../../src/main/platform/keychain.ts'
import { Passwords } from '../../src/main/platform/passwords.ts'
import { Redactor } from '../../src/main/platform/redaction.ts'
import { ServerAccess } from '../../src/main/server-access.ts'
import { Session } from '../../src/main/session.ts'
import { AppStore } from '../../src/main/settings/app-store.ts'
import { viewOf } from '../../src/main/tracking/job-view.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import { createTranslator } from '../../src/shared/i18n.ts'
import type { SignInForm, View } from '../../src/shared/ipc.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import { type KnownJob, knownJob } from '../known-job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { inMemoryTransport } from '../wexflow-sim/in-memory.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { MemoryDisk } from './job-store/memory-journal.ts'
import { MemorySettingsFile } from './memory-settings.ts'
import { RecordingToaster } from './notify/recording-toaster.ts'

const { t, locale } = createTranslator(['en-GB'])

export const second = simWorkflow({ id: 1, name: 'Import orders', durationMs: 1000 })
export const hour = simWorkflow({ id: 2, name: 'Nightly export', durationMs: 3_600_000 })
export const failing = simWorkflow({
  id: 3,
  name: 'Send invoices',
  durationMs: 1000,
  outcome: 'Failed',
})
export const approval = simWorkflow({
  id: 4,
  name: 'Release payments',
  waitsForApprovalAfterMs: 500,
  durationMs: 1000,
})

/** What the first user of every Wexflow server types. */
export const form: SignInForm = {
  address: 'http://wexflow:8000',
  username: 'admin',
  password: 'wexflow2018',
  staySignedIn: true,
}

/** A person's keychain, with a toy cipher; it outlives the app's objects. */
class ToyKeychain implements Keychain {
  isThere = true
  isLocked = false

  async isProtected(): Promise<boolean> {
    return this.isThere
  }

  async seal(text: string): Promise<string> {
    return Buffer.from(text).toString('base64')
  }

  async open(sealed: string): Promise<{ text: string; shouldReseal: boolean } | null> {
    if (this.isLocked) return null
    return { text: Buffer.from(sealed, 'base64').toString(), shouldReseal: false }
  }
}

/** The window, as far as commands know it. */
class RecordingWindow {
  isFocused = true
  readonly shown: [page: View['page'] | undefined, key: string | null | undefined][] = []

  show(page?: View['page'], key?: string | null): void {
    this.shown.push([page, key])
  }
}

/** What outlives the app: its files, the keychain, the server. */
export class Machine {
  readonly settingsFile = new MemorySettingsFile()
  readonly jobsDisk = new MemoryDisk()
  readonly toldDisk = new MemoryDisk()
  readonly keychain = new ToyKeychain()
  readonly sim: WexflowSim

  constructor(sim = new WexflowSim({ workflows: [second, hour, failing, approval] })) {
    this.sim = sim
  }
}

/** Replaces the clock for one test. */
export function useFakeClock(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: Date.UTC(2026, 10, 24, 3, 12),
  })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Lets everything happen that happens within so many milliseconds. */
export const pass = (ms = 200): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** Lets the clock run until the answer is there. */
export async function answered<Value>(answer: Promise<Value>): Promise<Value> {
  answer.catch(() => {})
  await pass()
  return answer
}

/** The main process without Electron, joined as its root does. */
export class MainProcess {
  readonly model = new AppModel()
  readonly window = new RecordingWindow()
  readonly toaster = new RecordingToaster()
  readonly redactor = new Redactor()
  readonly logged: string[] = []
  /** What the desktop was asked for. */
  readonly asked: string[] = []
  /** What opening a file answers; empty for success. */
  openProblem = ''
  /** Connections that are open now. */
  readonly transports = new Set<Transport>()
  readonly appStore: AppStore
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly notifier: Notifier
  readonly session: Session
  readonly passwords: Passwords
  readonly account: Account
  readonly commands: Commands

  private constructor(
    { keychain, sim }: Machine,
    { appStore, jobStore, told }: { appStore: AppStore; jobStore: JobStore; told: ToldRecord },
  ) {
    const { model, redactor } = this
    const add = (message: string, detail?: unknown): void =>
      void this.logged.push(redactor.redact(`${message} ${JSON.stringify(detail)}`))
    const log = { error: add, warn: add, info: add, debug: add }
    this.appStore = appStore
    this.jobStore = jobStore
    this.told = told
    model.update(firstSignInState(appStore))
    this.notifier = new Notifier({
      toaster: this.toaster,
      store: jobStore,
      told,
      model,
      log,
      t,
      locale,
      settings: () => appStore.settings,
      readLog: (key) => this.session.logKnown(key),
      onClick: ({ page, key }) => this.commands.show(page, key),
    })
    this.session = new Session({
      store: jobStore,
      model,
      listener: this.notifier,
      favourites: (profileId) => appStore.favourites(profileId),
      networkFingerprint: () => 'lan',
      log,
    })
    this.passwords = new Passwords(keychain, appStore)
    const access = new ServerAccess({
      passwords: this.passwords,
      redactor,
      newTransport: () => this.#newTransport(sim),
    })
    const { session, passwords } = this
    this.account = new Account({ access, passwords, appStore, model, session })
    this.commands = new Commands({
      account: this.account,
      session,
      model,
      appStore,
      jobStore,
      window: this.window,
      desktop: {
        openFile: async (path) => {
          this.asked.push(`open ${path}`)
          return this.openProblem
        },
        copyText: async (text) => void this.asked.push(text),
        quit: () => void this.asked.push('quit'),
      },
      logFile: { path: '/logs/wexflow-tray.log', tail: async () => this.logged },
      redactor,
      machine: {
        appVersion: '1.2.3',
        process: { versions: {}, platform: 'linux', arch: 'x64', env: {} },
        osRelease: '6.1',
      },
    })
  }

  /** Starts the app; it goes on as whoever was signed in. */
  static async launch(machine: Machine): Promise<MainProcess> {
    const appStore = new AppStore({ file: machine.settingsFile, onProblem: () => {} })
    const jobsFile = machine.jobsDisk.open()
    const told = await ToldRecord.open({ file: machine.toldDisk.open(), jobsFile, onProblem: () => {} })
    const jobStore = await JobStore.open({
      file: jobsFile,
      keep: () => appStore.settings.keepJobs,
      mayForget: (job) => told.isSettled(viewOf(job)),
      onProblem: () => {},
    })
    const main = new MainProcess(machine, { appStore, jobStore, told })
    onTestFinished(() => main.session.close())
    main.notifier.gatherUntold()
    main.commands.resume()
    await pass()
    return main
  }

  /** Starts the app on a machine of its own, and signs in. */
  static async signedIn(machine = new Machine(), how: Partial<SignInForm> = {}): Promise<MainProcess> {
    const main = await MainProcess.launch(machine)
    const result = await answered(main.commands.connect({ ...form, ...how }))
    if (!result.ok) throw new Error(`not signed in: ${result.failure.kind}`)
    return main
  }

  /** Ends the app as "Quit" does. */
  async quit(): Promise<void> {
    await this.notifier.flush()
    this.session.close()
    await this.jobStore.flush()
    await this.appStore.flush()
  }

  /** The newest job, as it is known; the test can't go on without one. */
  get job(): KnownJob {
    return knownJob(this.storedJob)
  }

  /** The same, as it is stored. */
  get storedJob(): Job {
    const [job] = this.jobStore.list()
    if (job === undefined) throw new Error('there is no job')
    return job
  }

  get outcomes(): (Outcome | null)[] {
    return this.jobStore.list().map((job) => job.end?.outcome ?? null)
  }

  get notices(): string[] {
    return this.model.state.notices.map(({ kind }) => kind)
  }

  #newTransport(sim: WexflowSim): Transport {
    const { call, stream } = inMemoryTransport(sim)
    const transport: Transport = { call, stream, close: () => this.transports.delete(transport) }
    this.transports.add(transport)
    return transport
  }
}
