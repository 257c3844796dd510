import { onTestFinished, vi } from 'vitest'
import type { TrackerLink } from '../../../src/main/tracking/link/link-status.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { starting } from '../../../src/main/tracking/policy.ts'
import { JobTracker } from '../../../src/main/tracking/tracker.ts'
import { noUsualTimes, type UsualTimesOf } from '../../../src/main/tracking/reads/usual-read.ts'
import { type Watching, watchingNothing } from '../../../src/main/tracking/watch/watch.ts'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import type { WorkflowInfo } from '../../../src/main/wexflow/server.ts'
import type { FailureKind } from '../../../src/shared/failure.ts'
import { type KnownJob, knownJob } from '../../known-job.ts'
import type { DatabaseName } from '../../wexflow-sim/databases.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import type { SimUser } from '../../wexflow-sim/users.ts'
import { type SimWorkflow, simWorkflow } from '../../wexflow-sim/workflows.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { Wire } from './wire.ts'

/** The workflows of most tests, with numbers and names as on the recorded server. */
export const instant = simWorkflow({ id: 9001, name: 'P0s', durationMs: 0 })
export const second = simWorkflow({ id: 9002, name: 'P1s', durationMs: 1000 })
export const tenSeconds = simWorkflow({ id: 9003, name: 'P10s', durationMs: 10_000 })
export const off = simWorkflow({ id: 9004, name: 'Off', isEnabled: false })
export const failing = simWorkflow({ id: 9006, name: 'FailExit', durationMs: 500, outcome: 'Failed' })
export const queueing = simWorkflow({
  id: 9020,
  name: 'Queue2s',
  durationMs: 2000,
  enableParallelJobs: false,
})
export const approval = simWorkflow({
  id: 131,
  name: 'Workflow_Approval',
  waitsForApprovalAfterMs: 50,
  durationMs: 2000,
})
export const hour = simWorkflow({ id: 10, name: 'Hour', durationMs: 3_600_000 })
/** The server does not know it. */
export const unknown = simWorkflow({ id: 4711, name: 'Nowhere' })

/** The next stop meets its job’s own end, and what is queued behind that job stands still. */
export const standsStill = { stopMeetsEnd: { next: 1 }, queueStandsStill: { next: 1 } } as const

const usual = [instant, second, tenSeconds, off, failing, queueing, approval, hour]

export interface FollowedOptions {
  readonly workflows?: readonly SimWorkflow[]
  readonly users?: readonly SimUser[]
  readonly faults?: Partial<FaultSettings>
  /** What the server keeps its records in; by default SQLite. */
  readonly database?: DatabaseName
  readonly username?: string
  /** The remembered password; null where none is. */
  readonly password?: string | null
  /** How long the token of the sign-in that was just made is good, in milliseconds; left out: none was made. */
  readonly tokenMs?: number
  /** What is wanted of runs that others began; by default nothing. */
  readonly watching?: Watching
  /** What is kept of how long workflows usually take; by default nobody wants to know. */
  readonly usual?: UsualTimesOf
}

/** An end as the listener was told it. */
export interface Told {
  readonly key: string
  readonly workflow: string
  readonly outcome: KnownJob['outcome']
  readonly from: KnownJob['outcomeFrom']
  readonly reason: KnownJob['reason']
  readonly circumstance: 'live' | 'away'
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Replaces the clock for one test. */
export function useFakeClock(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: Date.UTC(2026, 10, 24, 3, 12),
  })
}

/** The app's tracker with its real client and store, over a simulated server, on a clock that the test moves. */
export class Followed {
  readonly sim: WexflowSim
  readonly wire: Wire
  readonly told: Told[] = []
  /** What the log of level debug says. */
  readonly logged: string[] = []
  readonly links: TrackerLink[] = []
  readonly linkFailures: (FailureKind | null)[] = []
  /** The runs that are other jobs' from then on: both keys. */
  readonly moved: (readonly [string, string | null])[] = []
  /** How many ends had been told whenever the tracker said that it had caught up. */
  readonly caughtUpAfter: number[] = []
  readonly workflows: (readonly WorkflowInfo[])[] = []
  /** The remembered password; null where none is. */
  password: string | null
  passwordReads = 0
  network = 'lan'
  watching: Watching
  readonly #usual: UsualTimesOf
  networkReads = 0
  readonly #disk = new MemoryDisk()
  readonly #username: string
  /** The present run of the app. */
  #run: { readonly store: JobStore; readonly tracker: JobTracker } | null = null

  private constructor(options: FollowedOptions) {
    this.sim = new WexflowSim({
      workflows: options.workflows ?? usual,
      random: seededRandom(11),
      faults: options.faults ?? {},
      ...(options.database === undefined ? {} : { database: options.database }),
      ...(options.users === undefined ? {} : { users: options.users }),
    })
    this.wire = new Wire(this.sim)
    this.#username = options.username ?? 'admin'
    this.watching = options.watching ?? watchingNothing
    this.#usual = options.usual ?? noUsualTimes
    this.password = options.password === undefined ? 'wexflow2018' : options.password
  }

  /** A tracker that is connected and has caught up. */
  static async begin(options: FollowedOptions = {}): Promise<Followed> {
    const followed = new Followed(options)
    await followed.openApp(options.tokenMs === undefined ? null : followed.newToken(options.tokenMs))
    await followed.advance(200)
    onTestFinished(() => followed.closeApp())
    return followed
  }

  /** The network goes dark for so long, in milliseconds, and when it is back the server is its next run. */
  async restartUnseen(ms: number): Promise<void> {
    this.wire.goDark()
    await this.advance(ms)
    this.sim.restart('killed', 1000)
    await this.advance(2000)
    this.wire.repair()
  }

  get tracker(): JobTracker {
    return this.#running.tracker
  }

  /** Newest first. */
  get jobs(): readonly KnownJob[] {
    return this.#running.store.list().map(knownJob)
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return Date.now()
  }

  /** The link as it was said last. */
  get link(): TrackerLink | undefined {
    return this.links.at(-1)
  }

  async openApp(token: string | null = null): Promise<void> {
    this.wire.reconnect()
    const store = await JobStore.open({
      file: this.#disk.open(),
      keep: () => 20_000,
      mayForget: () => true,
      onProblem: (problem) => {
        throw new Error(`the store has a problem: ${problem?.kind ?? 'none'}`)
      },
    })
    this.#follow(store, token)
  }

  /** A token as a sign-in by hand gives it. */
  newToken(lifetimeMs: number): string {
    return this.sim.tokens.issue(this.#username, lifetimeMs)
  }

  /** Somebody signs in anew, while the app goes on. */
  async signIn(token: string): Promise<void> {
    this.tracker.stop()
    this.#follow(this.#running.store, token)
    await this.advance(200)
  }

  #follow(store: JobStore, token: string | null): void {
    const transport = this.wire.transport()
    const signIn = new SignIn({
      fetch: transport.call,
      baseUrl: 'http://sim',
      username: this.#username,
      password: () => {
        this.passwordReads += 1
        return Promise.resolve(this.password)
      },
      token,
      onToken: () => undefined,
    })
    const tracker = new JobTracker({
      serverId: 'server',
      server: new WexflowClient('http://sim', transport, signIn),
      store,
      watching: this.watching,
      log: { debug: (message) => this.logged.push(message) },
      usual: this.#usual,
      networkFingerprint: () => {
        this.networkReads += 1
        return this.network
      },
      listener: {
        onLink: (link, failure) => {
          this.links.push(link)
          this.linkFailures.push(failure?.kind ?? null)
        },
        onWorkflows: (workflows) => this.workflows.push(workflows),
        onEnded: ({ key, workflowName, state }, circumstance) => {
          const at = Date.now()
          if (state.phase !== 'ended') throw new Error('an end was told of a job that goes on')
          const { outcome, from, reason } = state
          this.told.push({ key, workflow: workflowName, outcome, from, reason, circumstance, at })
        },
        onCaughtUp: () => this.caughtUpAfter.push(this.told.length),
        onRunMoved: (fromKey, toKey) => this.moved.push([fromKey, toKey]),
      },
    })
    this.#run = { store, tracker }
    tracker.start()
  }

  /** Ends the app as a crash does: what is on the disk by now is all that is left of it. */
  closeApp(): void {
    this.tracker.stop()
    this.wire.cut()
    this.#disk.open()
  }

  /** Ends the app, lets some time pass, and starts it again. */
  async restartApp(afterMs = 1000, token: string | null = null): Promise<void> {
    this.closeApp()
    await this.advance(afterMs)
    await this.openApp(token)
    await this.advance(200)
  }

  /** The app is killed, some seconds later its server as well; both come back, and the app has that long to catch up. */
  async killWithServer(catchUpMs = 20_000): Promise<void> {
    this.closeApp()
    await this.advance(5000)
    this.sim.restart('killed')
    await this.advance(5000)
    await this.openApp()
    await this.advance(catchUpMs)
  }

  async advance(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms)
  }

  /**
   * Wishes a workflow to start, and waits for so long, or until it may go out behind another one of its workflow, and for
   * as long as a server usually takes to answer.
   */
  async start({ id, name, isApproval }: SimWorkflow, waitMs?: number): Promise<KnownJob> {
    const usuallyMs = 15
    const known = new Set(this.jobs.map(({ key }) => key))
    const started = this.tracker.startWorkflow({ id, name, isApproval })
    started.catch(() => undefined)
    await this.advance(waitMs ?? usuallyMs)
    const fresh = this.jobs.find(({ key }) => !known.has(key))
    if (fresh === undefined) throw new Error('no job was made')
    const isWaiting = fresh.sentAt === null && fresh.phase !== 'ended'
    if (waitMs !== undefined || !isWaiting) return fresh
    for (let left = 10; left > 0 && this.job(fresh).sentAt === null; left -= 1) await this.advance(usuallyMs)
    await this.advance(usuallyMs)
    return this.job(fresh)
  }

  /** Wishes a workflow to start so many times, one after the other, and waits for each as `start` does. */
  async startMany(workflow: SimWorkflow, count: number, waitMs?: number): Promise<KnownJob[]> {
    const jobs: KnownJob[] = []
    while (jobs.length < count) jobs.push(await this.start(workflow, waitMs))
    return jobs
  }

  /**
   * Wishes a workflow to start twice, so that the second start overtakes the beginning of the first, which is too late to be
   * waited for any longer.
   */
  async startRacing(workflow: SimWorkflow): Promise<readonly [first: KnownJob, second: KnownJob]> {
    this.sim.faults.set({ lateEntryMs: starting.behindFirst + 200, startWaitsForOther: 1 })
    const first = await this.start(workflow, 50)
    this.sim.faults.set({ lateEntryMs: 0 })
    const overtaking = await this.start(workflow, starting.behindFirst)
    await this.advance(300)
    return [first, overtaking]
  }

  /** A job as it is known now. */
  job({ key }: Pick<KnownJob, 'key'>): KnownJob {
    const job = this.#running.store.get(key)
    if (job === undefined) throw new Error(`no job ${key}`)
    return knownJob(job)
  }

  /** Everything that was told of a job. */
  toldOf({ key }: Pick<KnownJob, 'key'>): Told[] {
    return this.told.filter((one) => one.key === key)
  }

  /** The outcomes that were told of a job. */
  outcomesOf(job: Pick<KnownJob, 'key'>): KnownJob['outcome'][] {
    return this.toldOf(job).map(({ outcome }) => outcome)
  }

  get #running(): { readonly store: JobStore; readonly tracker: JobTracker } {
    if (this.#run === null) throw new Error('the app was never opened')
    return this.#run
  }
}
