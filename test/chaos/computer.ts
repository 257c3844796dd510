import type { ToldPhase } from '../../src/shared/told-phase.ts'
import type { Told } from '../../src/shared/told.ts'
import type { KnownJob } from '../known-job.ts'
import { type Account, App, type Wished } from './app.ts'
import type { Draw } from './draw.ts'
import { MemoryDisk as SafeDisk } from '../unit/job-store/memory-journal.ts'
import { MemoryDisk } from './memory-disk.ts'
import type { AnswerKind } from './naming-client.ts'
import type { ProcessTransport } from './network.ts'
import { type DesktopMood, RecordingToaster, type ShownToast } from './recording-toaster.ts'

interface ComputerOptions {
  /** The servers that the person is signed in to. */
  readonly accounts: readonly Account[]
  /** A new process of the app gets ways of its own to the servers. */
  readonly newTransport: () => ProcessTransport
  readonly networkFingerprint: () => string
}

/** An end that the app counted as told. */
interface Settled {
  readonly key: string
  /** Since when it did, in milliseconds since 1970: later than told where the job got a run that had been told of. */
  readonly since: number
  /** Which run the job had by then: an app that forgets may give it another. */
  readonly jobId: string | null
  readonly told: Told
}

interface Wish {
  readonly key: string
  readonly serverId: string
}

interface NewestRow {
  readonly serverId: string
  readonly at: number
  readonly text: string
  readonly isRead: boolean
}

/** What a computer has seen of the app, across its launches. */
export interface ComputerRecord {
  /** The starts that a person asked for, by the keys of their jobs. */
  readonly wishes: readonly Wish[]
  /** Each job as the app knew it last. */
  readonly jobs: ReadonlyMap<string, KnownJob>
  /** What came of the request of a start, by the job's key, and when the app learnt it. */
  readonly answers: ReadonlyMap<string, { readonly at: number; readonly kind: AnswerKind }>
  /** The keys of the jobs that the app knows at the end. */
  readonly remembered: ReadonlySet<string>
  /** Each time that the history was asked for its newest row, by the text that it was searched by. */
  readonly newestRows: readonly NewestRow[]
  readonly toasts: readonly ShownToast[]
  readonly settled: readonly Settled[]
  /** Each time that a phase of a job was told, or was over (null). */
  readonly phasesTold: readonly {
    readonly key: string
    readonly phase: ToldPhase | null
    readonly at: number
  }[]
  /** What the app said of its disk: whether it can't remember, from when on. */
  readonly memoryTold: readonly { readonly at: number; readonly isRefused: boolean }[]
  /** When the app died or was quit, in milliseconds since 1970. */
  readonly launchesEnded: readonly { readonly at: number; readonly how: 'crash' | 'quit' }[]
  /** When the app was started, in milliseconds since 1970. */
  readonly launchesBegun: readonly number[]
}

/** On a desktop of which several are true, the first is; a person waits for one that is `well` in the end. */
const worstFirst: readonly DesktopMood[] = ['well', 'absent', 'refusing', 'late']

interface Running {
  readonly app: App
  readonly toaster: RecordingToaster
  readonly cutOff: () => void
}

/** A person's computer: its disk and its desktop, which outlive the app that runs on it. */
export class Computer {
  readonly #draw: Draw
  readonly #options: ComputerOptions
  readonly #jobsDisk: MemoryDisk
  readonly #toldDisk: MemoryDisk
  /** What is on it can be gathered anew: it never fails. */
  readonly #usualDisk = new SafeDisk()
  readonly #wishes: Wish[] = []
  readonly #jobs = new Map<string, KnownJob>()
  readonly #answers = new Map<string, { at: number; kind: AnswerKind }>()
  readonly #newestRows: NewestRow[] = []
  readonly #toasts: ShownToast[] = []
  #settled: readonly Settled[] = []
  readonly #phasesTold: { key: string; phase: ToldPhase | null; at: number }[] = []
  readonly #memoryTold: { at: number; isRefused: boolean }[] = []
  readonly #launchesEnded: { at: number; how: 'crash' | 'quit' }[] = []
  readonly #launchesBegun: number[] = []
  #running: Running | null = null
  #isMuted = false
  /** What is the matter with the desktop. */
  readonly #moods: DesktopMood[] = []

  constructor(draw: Draw, options: ComputerOptions) {
    this.#draw = draw
    this.#options = options
    this.#jobsDisk = new MemoryDisk(draw)
    this.#toldDisk = new MemoryDisk(draw)
  }

  /** The app, while it runs. */
  get app(): App | null {
    return this.#running?.app ?? null
  }

  get record(): ComputerRecord {
    return {
      wishes: this.#wishes,
      jobs: this.#jobs,
      answers: this.#answers,
      remembered: new Set(this.app?.store.list().map(({ key }) => key)),
      newestRows: this.#newestRows,
      toasts: this.#toasts,
      settled: this.#settled,
      phasesTold: this.#phasesTold,
      memoryTold: this.#memoryTold,
      launchesEnded: this.#launchesEnded,
      launchesBegun: this.#launchesBegun,
    }
  }

  get isDiskFull(): boolean {
    return this.#jobsDisk.isFull
  }

  set isDiskFull(isFull: boolean) {
    this.#jobsDisk.isFull = isFull
    this.#toldDisk.isFull = isFull
  }

  /** Whether the person has muted notifications; the app finds it in its settings at each of its launches. */
  get isMuted(): boolean {
    return this.#isMuted
  }

  set isMuted(isMuted: boolean) {
    this.#isMuted = isMuted
    this.app?.mute(isMuted)
  }

  /** How many starts a person asked for so far. */
  get wishes(): number {
    return this.#wishes.length
  }

  /** A job as the app knew it last. */
  job(key: string): KnownJob | undefined {
    return this.#jobs.get(key)
  }

  async launch(): Promise<void> {
    const { accounts, newTransport, networkFingerprint } = this.#options
    this.#launchesBegun.push(Date.now())
    const jobsFile = this.#jobsDisk.open()
    const toldFile = this.#toldDisk.open()
    const usualFile = this.#usualDisk.open()
    const transports: ProcessTransport[] = []
    const toaster = new RecordingToaster(this.#draw, this.#toasts, this.#mood)
    let isCutOff = false
    const app = await App.launch({
      accounts,
      newTransport: () => {
        const transport = newTransport()
        transports.push(transport)
        return transport
      },
      jobsFile,
      toldFile,
      usualFile,
      toaster,
      networkFingerprint,
      isMuted: this.#isMuted,
      onJobs: (jobs) => {
        if (!isCutOff) this.#note(jobs)
      },
      onTold: (key, told, jobId) => {
        if (!isCutOff) this.#noteTold(key, told, jobId)
      },
      onPhaseTold: (key, phase) => {
        if (!isCutOff) this.#phasesTold.push({ key, phase, at: Date.now() })
      },
      onMemory: (isRefused) => {
        if (!isCutOff) this.#memoryTold.push({ at: Date.now(), isRefused })
      },
      onNewestRow: (serverId, text, isRead) => {
        if (!isCutOff) this.#newestRows.push({ serverId, at: Date.now(), text, isRead })
      },
      onAnswer: (key, kind) => {
        if (!isCutOff) this.#answers.set(key, { at: Date.now(), kind })
      },
    })
    this.#note(app.jobs())
    const cutOff = (): void => {
      isCutOff = true
      jobsFile.crash()
      toldFile.crash()
      toaster.crash()
      for (const transport of transports) transport.crash()
    }
    this.#running = { app, toaster, cutOff }
  }

  /** Something is the matter with the desktop, or no longer. */
  setMood(mood: DesktopMood, isSo: boolean): void {
    if (isSo) this.#moods.push(mood)
    else this.#moods.splice(this.#moods.indexOf(mood), 1)
    this.#running?.toaster.setMood(this.#mood)
  }

  get #mood(): DesktopMood {
    return worstFirst.find((mood) => this.#moods.includes(mood)) ?? 'usual'
  }

  /** Ends the process without a word: whatever it still does reaches nothing and nobody. */
  crash(how: 'crash' | 'quit' = 'crash'): void {
    if (this.#running === null) return
    const { app, cutOff } = this.#running
    this.#running = null
    this.#launchesEnded.push({ at: Date.now(), how })
    cutOff()
    app.bury()
  }

  /** Ends the app as a person does. */
  async quit(): Promise<void> {
    await this.app?.quit()
    this.crash('quit')
  }

  /** A person asks for a start: the job's key. */
  start(serverId: string, workflow: Wished): string {
    if (this.app === null) throw new Error('The app does not run')
    const key = this.app.start(serverId, workflow)
    this.#wishes.push({ key, serverId })
    return key
  }

  /**
   * What was told of a run that a start has given back is none of that start's. A watched run that a start turned out to
   * own is gone: what was told of it stays, since a crash of the app may bring both back. They become one again after that,
   * and what was told before is not told anew.
   */
  #noteTold(key: string, told: Told | null, jobId: string | null): void {
    const isKnown = this.#settled.some(
      (one) => one.key === key && one.told.at === told?.at && one.told.outcome === told.outcome,
    )
    if (isKnown) return
    if (told !== null) this.#settled = [...this.#settled, { key, since: Date.now(), jobId, told }]
    else if (this.#jobs.get(key)?.answer !== 'elsewhere')
      this.#settled = this.#settled.filter((one) => one.key !== key)
  }

  #note(jobs: readonly KnownJob[]): void {
    for (const job of jobs) this.#jobs.set(job.key, job)
  }
}
