import type { Job } from '../../src/main/tracking/job.ts'
import type { WireStatus } from '../../src/main/wexflow/server.ts'
import { App, type Due, type OnCorrected } from './app-model.ts'
import { type AppState, freshApp } from './app-state.ts'
import { beginning, type ModelClock } from './clock.ts'
import { serverOf } from './model-answers.ts'
import {
  type Database,
  type ModelRun,
  newServer,
  restart,
  type ServerState,
  toldRun,
  type WorkflowKind,
} from './server-model.ts'

/** The server, the app, and what is on its way between them. */

/** What can go wrong, each at most once in an order of events. */
export const faults = [
  'lost answer',
  'replaced id',
  'same moment',
  'stop',
  'lost frame',
  'restart',
  'lost link',
  'crash',
  'somebody else',
  'overtaken',
] as const
export type FaultKind = (typeof faults)[number]

/** A job stream's message that is on its way. */
export interface Frame {
  readonly runId: string
  readonly status: WireStatus
}

/** One state of everything. */
export interface WorldState {
  readonly now: number
  readonly server: ServerState
  readonly app: AppState
  /** Since when the app hears nothing of the server, and has not noticed; null while it hears. */
  readonly deafSince: number | null
  readonly frames: readonly Frame[]
  readonly faults: readonly FaultKind[]
  /** How often a long time has passed. */
  readonly waits: number
}

/** The two starts of the app. */
export const starts = ['a', 'b'] as const
export type StartKey = (typeof starts)[number]

/** Milliseconds between an event and the next one, where no time passes. */
const betweenEvents = 50
/** A change stream on which nothing comes for so long is dead (policy.ts, `link.silence`). */
const silence = 40_000

export const newWorld = (kind: WorkflowKind, database: Database): WorldState => ({
  now: beginning,
  server: newServer(kind, database),
  app: freshApp([]),
  deafSince: null,
  frames: [],
  faults: [],
  waits: 0,
})

/** A state that things happen to. `save` answers what has become of it; the state that it was made of stays as it is. */
export class World {
  readonly server: ServerState
  /** What was found wrong as it happened. */
  readonly wrong: string[] = []
  readonly #clock: ModelClock
  #app: App
  #now: number
  #deafSince: number | null
  #frames: readonly Frame[]
  #faults: readonly FaultKind[]
  #waits: number
  /** What is due next, as long as nothing happens. */
  #due: { readonly next: Due | null } | null = null
  /** What happens once the next answer is on its way. */
  #meanwhile: (() => void) | null = null

  constructor(state: WorldState, clock: ModelClock) {
    this.#clock = clock
    this.#now = state.now
    clock.set(state.now)
    this.server = structuredClone(state.server)
    this.#deafSince = state.deafSince
    this.#frames = state.frames
    this.#faults = state.faults
    this.#waits = state.waits
    this.#app = this.#newApp(state.app)
    const isNew = state.now === beginning && state.app.followedSince === Number.POSITIVE_INFINITY
    if (isNew) this.#app.connect(true)
  }

  save(): WorldState {
    return {
      now: this.#now,
      server: structuredClone(this.server),
      app: this.#app.save(),
      deafSince: this.#deafSince,
      frames: this.#frames,
      faults: this.#faults.toSorted(),
      waits: this.#waits,
    }
  }

  get now(): number {
    return this.#now
  }

  get app(): App {
    return this.#app
  }

  get jobs(): Job[] {
    return this.#app.jobs
  }

  get isDeaf(): boolean {
    return this.#deafSince !== null
  }

  get frames(): readonly Frame[] {
    return this.#frames
  }

  /** How often a long time has passed. */
  get waits(): number {
    return this.#waits
  }

  /** Lets something happen, a moment later, that takes these faults. */
  async perform({ faults: taken, run }: { faults: readonly FaultKind[]; run: () => unknown }): Promise<void> {
    this.#faults = [...this.#faults, ...taken]
    this.#passTo(this.#now + betweenEvents)
    await run()
    this.#due = null
  }

  /** What the app does next by itself, and when; null where nothing is planned. */
  nextDue(): Due | null {
    this.#due ??= { next: this.#firstDue() }
    return this.#due.next
  }

  #firstDue(): Due | null {
    const due = this.#app.due(this.isDeaf)[0] ?? null
    if (this.#deafSince === null) return due
    const at = this.#deafSince + silence
    if (due !== null && due.at <= at) return due
    const run = (): Promise<void> => Promise.resolve(this.connectAnew(false))
    return { at, what: 'the silence is noticed', isRead: false, run }
  }

  /**
   * Time passes to what the app does next by itself, and it does it.
   * @param meanwhile happens while the answer is on its way
   */
  async tick(meanwhile: (() => void) | null = null): Promise<void> {
    const next = this.nextDue()
    if (next === null) return
    this.#passTo(Math.max(this.#now, next.at))
    this.#meanwhile = meanwhile
    await next.run()
    this.#happenMeanwhile()
    this.#due = null
  }

  #happenMeanwhile(): void {
    const happen = this.#meanwhile
    this.#meanwhile = null
    happen?.()
  }

  /** Time passes, and the app does what it has planned. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (let next = this.nextDue(); next !== null && next.at <= until; next = this.nextDue())
      await this.tick()
    this.#passTo(until)
  }

  /** A long time passes. */
  wait(ms: number): Promise<void> {
    this.#waits += 1
    return this.pass(ms)
  }

  #passTo(now: number): void {
    this.#now = now
    this.#clock.set(now)
  }

  /** The server announces a change. */
  changed(): void {
    if (!this.isDeaf) this.#app.onChange(toldRun(this.server))
  }

  /** A run's stream sends its message, if the app listens. */
  sendFrame(run: ModelRun, status: WireStatus): void {
    const isHeard = !this.isDeaf && this.#app.streamOf(run.id) !== undefined
    if (isHeard) this.#frames = [...this.#frames, { runId: run.id, status }]
  }

  dropFrame(frame: Frame): void {
    this.#frames = this.#frames.filter((one) => one !== frame)
  }

  loseAnswer(key: StartKey): void {
    const request = this.server.requests[key]
    if (request.state === 'served') request.state = 'over'
    this.#app.apply(key, { kind: 'startAnswerLost', detail: 'timedOut' })
  }

  /** Nothing comes from the server any more, and nothing says so. */
  goDeaf(): void {
    this.#deafSince ??= this.#now
    this.#frames = []
    this.#app.loseStreams()
  }

  /** Another change stream lives. */
  connectAnew(wasAway: boolean): void {
    this.#deafSince = null
    this.#app.connect(wasAway)
  }

  /** The server restarts. Answers that are under way are lost with its connections. */
  restartServer(): void {
    restart(this.server)
    for (const key of starts) if (this.server.requests[key].state === 'served') this.loseAnswer(key)
    this.goDeaf()
  }

  /** The app dies and starts again. Whoever died waits for no answer. */
  restartApp(): void {
    this.#frames = []
    this.#deafSince = null
    for (const key of starts) {
      const request = this.server.requests[key]
      if (request.state === 'served') request.state = 'over'
    }
    this.#app = this.#newApp(freshApp(this.#app.jobs))
    this.#app.start()
  }

  #newApp(state: AppState): App {
    const onCorrected: OnCorrected = (before, after) => {
      const from = before.end?.from
      if (from === 'entry' || from === 'history')
        this.wrong.push(
          `${after.key}: told as ${before.end?.outcome} (${from}), and then as ${after.end?.outcome} (${after.end?.from})`,
        )
    }
    return new App(
      state,
      serverOf(this.server, () => this.#happenMeanwhile()),
      onCorrected,
    )
  }
}
