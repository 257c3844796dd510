import { onTestFinished, vi } from 'vitest'
import { type App, createApp } from '../../src/main/app.ts'
import type { Ports } from '../../src/main/composition/ports.ts'
import { Redactor } from '../../src/main/platform/redaction.ts'
import { networkWire } from '../../src/main/servers/access.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import type { MakeTray, Tray } from '../../src/main/tray/front.ts'
import type { TrayPicture } from '../../src/main/tray/picture.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import type { LinkState, ServerView } from '../../src/shared/app-state.ts'
import type { Command, SignInForm } from '../../src/shared/commands.ts'
import { shownServer } from '../../src/shared/followed.ts'
import type { EventName, EventPayload, WindowHandlers } from '../../src/shared/ipc.ts'
import type { View } from '../../src/shared/view.ts'
import { type KnownJob, knownJob } from '../known-job.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { headlessPorts, ToyKeychain } from '../headless.ts'
import { inMemoryTransport } from '../wexflow-sim/in-memory.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { MemoryDisk } from './job-store/memory-journal.ts'
import { MemorySettingsFile } from './memory-settings.ts'
import { RecordingToaster } from './notify/recording-toaster.ts'

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

/** The window, as far as the app knows it. */
class RecordingWindow {
  isOpen = false
  isFocused = false
  readonly shown: [page: View['page'] | undefined, key: string | null | undefined][] = []
  /** Answers what its page would ask. */
  handlers: WindowHandlers | null = null

  show(page?: View['page'], key?: string | null): void {
    this.shown.push([page, key])
  }

  /** What its page was told when it was opened for that. */
  readonly told: unknown[] = []

  showAndTell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.show('jobs')
    this.told.push([name, payload])
  }

  onIconClick(): void {
    this.show()
  }

  expand(): void {
    this.show()
  }

  close(): void {}

  serve(handlers: WindowHandlers): void {
    this.handlers = handlers
  }

  onFocus(): void {}
  send(): void {}
}

/** The tray, which draws when it is made and whenever it is asked to. */
class RecordingTray implements Tray {
  picture: TrayPicture
  isThere = true
  readonly options: Parameters<MakeTray>[0]

  constructor(options: Parameters<MakeTray>[0]) {
    this.options = options
    this.picture = options.picture()
  }

  async shown(): Promise<void> {}

  render(): void {
    this.picture = this.options.picture()
  }

  destroy(): void {
    this.isThere = false
  }

  watchHost(): void {}
}

/** What outlives the app: its files, the keychain, the server. */
export class Machine {
  readonly settingsFile = new MemorySettingsFile()
  readonly jobsDisk = new MemoryDisk()
  readonly toldDisk = new MemoryDisk()
  readonly usualDisk = new MemoryDisk()
  readonly keychain = new ToyKeychain()
  readonly sim: WexflowSim
  /** Servers on hosts of their own; every other host is `sim`. */
  readonly others = new Map<string, WexflowSim>()

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

/** Everything of one process of the app that a test can see, and `createApp`'s ports to it. */
export class MainProcess {
  readonly window = new RecordingWindow()
  readonly toaster = new RecordingToaster()
  readonly redactor = new Redactor()
  readonly logged: string[] = []
  /** The path of the file that the person chooses; null where they choose none. */
  chosenFile: string | null = null
  /** What the person answers to questions. */
  saysYes = true
  /** What the desktop was asked for. */
  readonly asked: string[] = []
  /** The keys that the system was asked to give, and what they do. */
  shortcut: { readonly accelerator: string | null; readonly onPress: () => void } | null = null
  /** What opening a file answers; empty for success. */
  openProblem = ''
  /** Connections that are open now. */
  readonly transports = new Set<Transport>()
  readonly ports: Ports
  tray: RecordingTray | null = null
  #app: App | null = null

  constructor(machine: Machine) {
    const add = (message: string, detail?: unknown): void =>
      void this.logged.push(this.redactor.redact(`${message} ${JSON.stringify(detail)}`))
    this.ports = headlessPorts({
      files: {
        settings: machine.settingsFile,
        jobs: machine.jobsDisk.open(),
        told: machine.toldDisk.open(),
        usual: machine.usualDisk.open(),
      },
      keychain: () => machine.keychain,
      log: {
        error: add,
        warn: add,
        info: add,
        debug: add,
        open: async () => {},
        path: '/logs/wexflow-tray.log',
        tail: async () => this.logged,
      },
      redactor: this.redactor,
      wire: { ...networkWire, newTransport: () => this.#newTransport(machine) },
      toaster: () => this.toaster,
      tray: (options) => (this.tray = new RecordingTray(options)),
      window: () => this.window,
      desktop: {
        openFile: async (path) => {
          this.asked.push(`open ${path}`)
          return this.openProblem
        },
        copyText: async (text) => void this.asked.push(text),
        openInBrowser: async (address) => void this.asked.push(`browse ${address}`),
        saveText: async (name, text) => {
          this.asked.push(`save ${name}: ${text}`)
          return 'saved'
        },
        chooseFile: async () => this.chosenFile,
        setShortcut: (accelerator, onPress) => {
          this.shortcut = { accelerator, onPress }
          return accelerator !== 'Control+Taken'
        },
        openNotificationSettings: async () => void this.asked.push('notification settings'),
        confirm: async ({ title, text }) => {
          this.asked.push(`${title}\n${text}`)
          return this.saysYes
        },
        quit: () => void this.asked.push('quit'),
        tellFailure: async ({ title, body }) => void this.asked.push(`${title}\n${body}`),
      },
    })
  }

  /** Starts the app; it goes on as whoever was signed in. */
  static async launch(machine: Machine): Promise<MainProcess> {
    const main = new MainProcess(machine)
    await main.build()
    await pass()
    return main
  }

  /** Starts the app on a machine of its own, and signs in. */
  static async signedIn(machine = new Machine(), how: Partial<SignInForm> = {}): Promise<MainProcess> {
    const main = await MainProcess.launch(machine)
    await main.signIn(how)
    return main
  }

  /** @param other ports in the place of the machine's own */
  async build(other: Partial<Ports> = {}): Promise<App | null> {
    this.#app = await createApp({ ...this.ports, ...other })
    onTestFinished(() => this.#app?.servers.close())
    return this.#app
  }

  /** Signs in through the form; the test can't go on where that fails. */
  async signIn(how: Partial<SignInForm> = {}): Promise<void> {
    const result = await answered(this.run({ kind: 'signIn', form: { ...form, ...how } }))
    if (!result.ok) throw new Error(`not signed in: ${result.failure.kind}`)
  }

  /** Starts a workflow of the server that is shown. */
  async start({ id }: { readonly id: number }): Promise<void> {
    await answered(this.run({ kind: 'startWorkflow', serverId: this.serverId, workflowId: id }))
  }

  /** Gives a workflow of the server that is shown its star, or takes it. */
  setFavourite({ id }: { readonly id: number }, isFavourite = true): Promise<void> {
    return this.run({ kind: 'setFavourite', serverId: this.serverId, workflowId: id, isFavourite })
  }

  /** Signs out of the server that is shown. */
  signOut(): Promise<void> {
    return this.run({ kind: 'signOut', serverId: this.serverId })
  }

  /** Chooses an item of the tray's menu. */
  async choose(command: Command): Promise<void> {
    this.tray?.options.onCommand(command)
    await pass()
  }

  /** Ends the app as "Quit" does. */
  quit(): Promise<void> {
    return this.app.close()
  }

  get app(): App {
    if (this.#app === null) throw new Error('the app was not built')
    return this.#app
  }

  get run(): App['run'] {
    return this.app.run
  }

  get model(): App['model'] {
    return this.app.model
  }

  get jobStore(): App['jobStore'] {
    return this.app.jobStore
  }

  get appStore(): App['appStore'] {
    return this.app.appStore
  }

  get told(): App['told'] {
    return this.app.told
  }

  /** The server that is shown; the test can't go on without one. */
  get server(): ServerView {
    const server = shownServer(this.model.state)
    if (server === null) throw new Error('no server is known')
    return server
  }

  /** How the app stands with the server that is shown. */
  get link(): LinkState {
    return shownServer(this.model.state)?.link ?? 'signedOut'
  }

  get serverId(): string {
    return shownServer(this.model.state)?.id ?? ''
  }

  /** What the window's page may ask. */
  get handlers(): WindowHandlers {
    if (this.window.handlers === null) throw new Error('the window was not served')
    return this.window.handlers
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

  #newTransport({ sim, others }: Machine): Transport {
    const own = inMemoryTransport(sim)
    const ways = new Map([...others].map(([host, other]) => [host, inMemoryTransport(other)]))
    const wayTo = (url: string): Transport => ways.get(new URL(url).host) ?? own
    const transport: Transport = {
      call: (url, options) => wayTo(url).call(url, options),
      stream: (url, options) => wayTo(url).stream(url, options),
      close: () => this.transports.delete(transport),
    }
    this.transports.add(transport)
    return transport
  }
}
