import { type App as WholeApp, createApp } from '../../src/main/app.ts'
import type { JournalFile } from '../../src/main/job-store/journal-file.ts'
import type { JobStore } from '../../src/main/job-store/store.ts'
import type { SettingsFile } from '../../src/main/settings/settings-file.ts'
import type { Toaster } from '../../src/main/notify/toaster.ts'
import type { ToldRecord } from '../../src/main/notify/told-record.ts'
import type { ToldPhase } from '../../src/shared/told-phase.ts'
import type { Told } from '../../src/shared/told.ts'
import type { Watch } from '../../src/shared/watch.ts'
import { jobIdOf } from '../../src/main/tracking/job.ts'
import type { JobTracker } from '../../src/main/tracking/tracker.ts'
import type { WorkflowInfo } from '../../src/main/wexflow/server.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import { createTranslator } from '../../src/shared/i18n.ts'
import { headlessPorts, signedInSettings } from '../headless.ts'
import { type KnownJob, knownJob } from '../known-job.ts'
import type { SimUser } from '../wexflow-sim/users.ts'
import { NamingClient, type StartBook } from './naming-client.ts'

const languages = ['en']
/** The English texts of the app. */
export const { t, locale } = createTranslator(languages)

/** A server that the person is signed in to. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly baseUrl: string
  readonly user: SimUser
  /** Whose jobs the person follows there. */
  readonly watch: Watch
  /** The ids of the person's favourites there. */
  readonly favourites: readonly number[]
}

/** What one process of the app works with. */
export interface Machine {
  readonly accounts: readonly Account[]
  /** A new way to any of the servers. */
  readonly newTransport: () => Transport
  readonly jobsFile: JournalFile
  readonly toldFile: JournalFile
  readonly usualFile: JournalFile
  readonly toaster: Toaster
  readonly networkFingerprint: () => string
  /** Whether notifications were muted when the app ran last, and still are. */
  readonly isMuted: boolean
  /** Called with the jobs that changed. */
  readonly onJobs: (jobs: readonly KnownJob[]) => void
  /**
   * Called with what counts as told from now on of the job of this key, null: it was told of another job's run; and with the
   * run that the job is known by at that moment.
   */
  readonly onTold: (key: string, told: Told | null, jobId: string | null) => void
  /** A phase of the job of this key was told, or is over (null). */
  readonly onPhaseTold: (key: string, phase: ToldPhase | null) => void
  /** The server's answer to a start reached the app. */
  readonly onAnswer: StartBook['onAnswer']
  /** The newest row of a server's history was asked for. */
  readonly onNewestRow: (serverId: string, ...row: Parameters<StartBook['onNewestRow']>) => void
  /** The app says that it can't remember across a restart, or that it can again. */
  readonly onMemory: (isRefused: boolean) => void
}

/** Milliseconds that a mute lasts unless it is ended. */
const longestMuteMs = 3_600_000

/** The settings, with notifications muted for so many milliseconds from now on. */
const mutedFor = (ms: number, settings: SettingsFile): SettingsFile => ({
  ...settings,
  read: () => {
    const content = settings.read()
    if (content.kind !== 'content' || typeof content.value !== 'object') return content
    return { ...content, value: { ...content.value, mutedUntil: Date.now() + ms } }
  },
})

/** A start from the tray: enough of a workflow to ask for it. */
export type Wished = Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>

/** One process of the app: everything of it but Electron. */
export class App {
  readonly #app: WholeApp

  private constructor(app: WholeApp) {
    this.#app = app
  }

  static async launch(machine: Machine): Promise<App> {
    const { accounts, newTransport, networkFingerprint, isMuted } = machine
    const names = new StartNames()
    const serverIdOf = (address: string): string =>
      accounts.find(({ baseUrl }) => baseUrl === address)?.id ?? ''
    const ports = headlessPorts({
      files: {
        settings: mutedFor(
          isMuted ? longestMuteMs : 0,
          signedInSettings(
            ...accounts.map(({ id, name, baseUrl, watch, favourites, user: { username, password } }) => ({
              profile: { id, name, baseUrl, username, staySignedIn: true, watch },
              password,
              favourites,
            })),
          ),
        ),
        jobs: machine.jobsFile,
        told: machine.toldFile,
        usual: machine.usualFile,
      },
      toaster: () => machine.toaster,
      wire: {
        newTransport,
        newClient: (address, way, signIn) =>
          new NamingClient(address, way, signIn, {
            nameOf: (workflowId) => names.next(serverIdOf(address), workflowId),
            onAnswer: machine.onAnswer,
            onNewestRow: (text, isRead) => machine.onNewestRow(serverIdOf(address), text, isRead),
          }),
      },
    })
    const app = await createApp({ ...ports, machine: { ...ports.machine, languages, networkFingerprint } })
    if (app === null) throw new Error('The app could not be built')
    const { jobStore, told, model } = app
    names.follow(jobStore)
    jobStore.onChange(({ changed }) => machine.onJobs(changed.map(knownJob)))
    told.onTold((key, end) => {
      const job = jobStore.get(key)
      machine.onTold(key, end, job === undefined ? null : jobIdOf(job))
    })
    told.onPhaseTold(machine.onPhaseTold)
    let isRefused = false
    const noteMemory = (): void => {
      const isRefusedNow = model.state.notices.some(({ kind }) => kind === 'cannotRemember')
      if (isRefusedNow === isRefused) return
      isRefused = isRefusedNow
      machine.onMemory(isRefused)
    }
    noteMemory()
    model.onChange(noteMemory)
    return new App(app)
  }

  get store(): JobStore {
    return this.#app.jobStore
  }

  /** All jobs that the app knows, newest first. */
  jobs(): KnownJob[] {
    return this.store.list().map(knownJob)
  }

  /** Whether the app knows how every job ended. */
  get isEveryEndKnown(): boolean {
    return this.store.all().every(({ end }) => end !== null)
  }

  get told(): ToldRecord {
    return this.#app.told
  }

  /** The tracker of a server's jobs; null once the app has quit. */
  tracker(serverId: string): JobTracker | null {
    const server = this.#app.servers.get(serverId)
    return server?.isFollowed === true ? server.tracker : null
  }

  /** Whether the app says that a server is away. */
  isOffline(serverId: string): boolean {
    return this.#app.servers.get(serverId)?.view.link === 'offline'
  }

  /** A person mutes notifications, or unmutes them. */
  mute(isMuted: boolean): void {
    void this.#app.run(isMuted ? { kind: 'mute', choice: 'hour' } : { kind: 'unmute' })
  }

  /** The machine woke up. */
  wake(): void {
    this.#app.wake()
  }

  /** A person asks for a start: the job's key. The workflow may be one that the app has not seen yet. */
  start(serverId: string, workflow: Wished): string {
    const before = new Set(this.store.list().map(({ key }) => key))
    void this.tracker(serverId)?.startWorkflow(workflow)
    const job = this.store.list().find(({ key }) => !before.has(key))
    if (job === undefined) throw new Error('The app did not write down a start')
    return job.key
  }

  /** Ends as a person's "Quit" does. */
  quit(): Promise<void> {
    return this.#app.close()
  }

  /** Stops the timers of a process that is gone; what it holds must be cut off before. */
  bury(): void {
    this.#app.servers.close()
  }
}

/** Whose start goes out: they go out in the order in which their intents have reached the disk. */
class StartNames {
  readonly #intended = new Set<string>()
  readonly #named = new Set<string>()
  #store: JobStore | null = null

  follow(store: JobStore): void {
    this.#store = store
    for (const { key } of store.list()) this.#named.add(key)
    store.onChange(({ changed }) => {
      for (const { key, start } of changed) if (start.sentAt !== null) this.#intended.add(key)
    })
  }

  next(serverId: string, workflowId: number): string {
    for (const key of this.#intended) {
      const job = this.#store?.get(key)
      if (this.#named.has(key) || job?.workflowId !== workflowId || job.serverId !== serverId) continue
      this.#named.add(key)
      return key
    }
    throw new Error('A start that no intent was written down for')
  }
}
