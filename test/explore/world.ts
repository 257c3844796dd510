import { type Job, wireIdOf } from '../../src/main/tracking/job.ts'
import type { WireStatus } from '../../src/main/wexflow/server.ts'
import { App, type AppState, type Due, freshApp, type OnCorrected } from './app-model.ts'
import { beginning, type ModelClock } from './clock.ts'
import {
  begin,
  beginnable,
  end,
  isBusy,
  type ModelRun,
  newServer,
  restart,
  serve,
  type ServerState,
  serverOf,
  stop,
  type Stopping,
  take,
  type Taking,
  type WorkflowKind,
  writeStop,
} from './server-model.ts'

/** The server, the app and what is on its way between them: one state of all, and what can happen next. */

/** What can go wrong, each at most once in a trace. */
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
] as const
export type FaultKind = (typeof faults)[number]

export interface WorldState {
  readonly now: number
  readonly server: ServerState
  readonly app: AppState
  /** Since when the app hears nothing of the server, and has not noticed; null while it hears. */
  readonly deafSince: number | null
  /** Messages of job streams that are on their way. */
  readonly frames: readonly { readonly runId: string; readonly status: WireStatus }[]
  readonly faults: readonly FaultKind[]
  /** How often a long time has passed. */
  readonly waits: number
}

/** One thing that can happen in a state. Its name stands for it in a trace. */
export interface Event {
  readonly name: string
  readonly fault: FaultKind | null
  readonly run: () => Promise<void> | void
}

/** Milliseconds between an event and the next one, where no time passes. */
const betweenEvents = 50
/** A change stream on which nothing comes for so long is dead (policy.ts, `link.silence`). */
const silence = 40_000
const minute = 60_000
const mostWaits = 2

export const newWorld = (kind: WorkflowKind): WorldState => ({
  now: beginning,
  server: newServer(kind),
  app: freshApp([]),
  deafSince: null,
  frames: [],
  faults: [],
  waits: 0,
})

const owners = ['a', 'b'] as const

export class World {
  readonly server: ServerState
  /** What was found wrong as it happened. */
  readonly wrong: string[] = []
  readonly #clock: ModelClock
  #app: App
  #now: number
  #deafSince: number | null
  #frames: { runId: string; status: WireStatus }[]
  #faults: FaultKind[]
  #waits: number
  /** What is due next, as long as nothing happens. */
  #due: { readonly next: Due | null } | null = null

  constructor(state: WorldState, clock: ModelClock) {
    this.#clock = clock
    this.#now = state.now
    clock.set(state.now)
    this.server = structuredClone(state.server)
    this.#deafSince = state.deafSince
    this.#frames = [...state.frames]
    this.#faults = [...state.faults]
    this.#waits = state.waits
    this.#app = this.#newApp(state.app)
    if (state.now === beginning && state.app.followedSince === Number.POSITIVE_INFINITY)
      this.#app.connect(true)
  }

  save(): WorldState {
    return {
      now: this.#now,
      server: structuredClone(this.server),
      app: this.#app.save(),
      deafSince: this.#deafSince,
      frames: [...this.#frames],
      faults: [...this.#faults].sort(),
      waits: this.#waits,
    }
  }

  get now(): number {
    return this.#now
  }

  get jobs(): Job[] {
    return this.#app.jobs
  }

  /** Everything that can happen now. */
  events(): Event[] {
    return [
      ...owners.flatMap((owner) => this.#ofStart(owner)),
      ...this.server.runs.flatMap((run) => this.#ofRun(run)),
      ...this.#ofFrames(),
      ...this.#ofSurroundings(),
      ...this.#ofTime(),
    ]
  }

  /** Lets an event happen. */
  async perform({ fault, run }: Event): Promise<void> {
    if (fault !== null) this.#faults.push(fault)
    this.#passTo(this.#now + betweenEvents)
    await run()
    this.#due = null
  }

  /** The server and the way to it go on as they should; null where nothing is left to come. */
  nextGood(): Event | null {
    if (this.#deafSince !== null) return this.#connectedAnew(false)
    return this.events().find(({ name, fault }) => fault === null && isProgress(name)) ?? null
  }

  /** What the app does next by itself, and when; null where nothing is planned. */
  nextDue(): Due | null {
    this.#due ??= { next: this.#firstDue() }
    return this.#due.next
  }

  #firstDue(): Due | null {
    const due = this.#app.due(this.#deafSince !== null)[0] ?? null
    if (this.#deafSince === null) return due
    const at = this.#deafSince + silence
    if (due !== null && due.at <= at) return due
    return { at, what: 'the silence is noticed', run: async () => this.#connectedAnew(false).run() }
  }

  /** Time passes to what the app does next by itself, and it does it. */
  async tick(): Promise<void> {
    const next = this.nextDue()
    if (next === null) return
    this.#passTo(Math.max(this.#now, next.at))
    await next.run()
    this.#due = null
  }

  /** Time passes, and the app does what it has planned. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (let next = this.nextDue(); next !== null && next.at <= until; next = this.nextDue())
      await this.tick()
    this.#passTo(until)
  }

  #passTo(now: number): void {
    this.#now = now
    this.#clock.set(now)
  }

  #newApp(state: AppState): App {
    const onCorrected: OnCorrected = (before, after) => {
      const from = `${before.end?.outcome} (${before.end?.from})`
      const mayBe = before.end?.outcome === 'unknown' || ['stream', 'job'].includes(before.end?.from ?? '')
      if (!mayBe && before.end?.from !== 'inferred')
        this.wrong.push(`${after.key}: told ${from}, and then ${after.end?.outcome} (${after.end?.from})`)
    }
    return new App(state, serverOf(this.server), onCorrected)
  }

  /** The server announces a change. */
  #changed(): void {
    if (this.#deafSince === null) this.#app.onChange(String(this.server.serverRun))
  }

  #ofStart(owner: 'a' | 'b'): Event[] {
    const request = this.server.requests[owner]
    const job = this.#app.job(owner)
    const isAwaited = job?.end === null && job.start.answer.kind === 'awaited'
    const name = (what: string): string => `${owner}: ${what}`
    const served = (what: string, taking: Taking, fault: FaultKind | null): Event => ({
      name: name(what),
      fault,
      run: () => {
        serve(this.server, owner, taking)
        if (!isAwaited) request.state = 'over'
      },
    })
    switch (request.state) {
      case 'unsent':
        if (owner === 'b' && this.server.requests.a.state === 'unsent') return []
        return [
          {
            name: name('is sent'),
            fault: null,
            run: async () => {
              await this.#app.send(owner, this.server.kind === 'parallel')
              request.state = 'onTheWay'
            },
          },
        ]
      case 'onTheWay': {
        const isQueue = this.server.kind === 'queue'
        const hasElder = this.server.runs.some(({ phase }) => phase === 'running' || phase === 'waiting')
        const events = [served('reaches the server', 'plainly', null)]
        if (!isQueue || isBusy(this.server))
          events.push(served('is answered with an id that never exists', 'underAnotherId', 'replaced id'))
        if (isQueue && hasElder)
          events.push(served('reaches the server at the same moment', 'atTheSameMoment', 'same moment'))
        if (isAwaited) events.push(this.#lost(owner))
        else
          events.push({
            name: name('never reaches the server'),
            fault: null,
            run: () => {
              request.state = 'dropped'
            },
          })
        return events
      }
      case 'served':
        return [
          {
            name: name('is answered'),
            fault: null,
            run: () => {
              request.state = 'over'
              this.#app.answer(owner, request.answer)
            },
          },
          this.#lost(owner),
        ]
      case 'over':
      case 'dropped':
        return job === undefined ? [] : this.#ofStop(job)
    }
  }

  #lost(owner: 'a' | 'b'): Event {
    const request = this.server.requests[owner]
    return {
      name: `${owner}: its answer is lost`,
      fault: 'lost answer',
      run: () => {
        if (request.state === 'served') request.state = 'over'
        this.#app.apply(owner, { kind: 'startAnswerLost', detail: 'timedOut' })
      },
    }
  }

  #ofStop(job: Job): Event[] {
    const run = this.server.runs.find(({ id }) => id === wireIdOf(job))
    if (job.end !== null || run?.phase !== 'running' || run.isHidden) return []
    const hows: readonly Stopping[] =
      this.server.queue.length === 0
        ? ['true']
        : ['true', 'hidesNext', 'false', 'stopsNextToo', 'stopsNextInItsName']
    return hows.map((stopping) => ({
      name: `${job.key}: is stopped by the app (${stopping})`,
      fault: 'stop',
      run: () => {
        this.#app.apply(job.key, { kind: 'stopAsked' })
        const said = stop(this.server, run, stopping)
        this.#frame(run, 'Running')
        this.#app.stopAnswered(job.key, said)
        this.#changed()
      },
    }))
  }

  #ofRun(run: ModelRun): Event[] {
    const index = this.server.runs.indexOf(run) + 1
    const event = (what: string, act: () => void): Event => ({
      name: `run ${index} (${run.owner}) ${what}`,
      fault: null,
      run: () => {
        act()
        this.#changed()
      },
    })
    const events: Event[] = []
    if (run.isRecordDue) events.push(event('has its stop written', () => writeStop(this.server, run)))
    if (beginnable(this.server).includes(run)) events.push(event('begins', () => begin(this.server, run)))
    if (run.phase === 'running')
      events.push(
        event('ends', () => {
          end(this.server, run)
          this.#frame(run, run.fate ?? 'Done')
        }),
      )
    return events
  }

  #frame(run: ModelRun, status: WireStatus): void {
    if (this.#deafSince === null && this.#app.streamOf(run.id) !== undefined)
      this.#frames.push({ runId: run.id, status })
  }

  #ofFrames(): Event[] {
    return this.#frames.flatMap((frame): Event[] => {
      const index = this.server.runs.findIndex(({ id }) => id === frame.runId) + 1
      const without = (): void => {
        this.#frames = this.#frames.filter((one) => one !== frame)
      }
      return [
        {
          name: `the frame of run ${index} arrives`,
          fault: null,
          run: () => {
            without()
            const job = this.#app.streamOf(frame.runId)
            if (job === undefined) return
            const { status } = frame
            this.#app.apply(job.key, { kind: 'frame', frame: { status, rawStatus: status } })
          },
        },
        { name: `the frame of run ${index} is lost`, fault: 'lost frame', run: without },
      ]
    })
  }

  #ofSurroundings(): Event[] {
    const events: Event[] = [
      {
        name: 'the server restarts',
        fault: 'restart',
        run: () => {
          restart(this.server)
          for (const owner of owners)
            if (this.server.requests[owner].state === 'served') void this.#lost(owner).run()
          this.#goDeaf()
        },
      },
      {
        name: 'the app dies and starts again',
        fault: 'crash',
        run: () => {
          this.#frames = []
          this.#deafSince = null
          this.#dropAnswers()
          this.#app = this.#newApp(freshApp(this.#app.jobs))
          this.#app.start()
        },
      },
      {
        name: 'somebody else starts the workflow',
        fault: 'somebody else',
        run: () => {
          take(this.server, 'other')
        },
      },
    ]
    if (this.#deafSince === null)
      events.push({ name: 'the link is lost', fault: 'lost link', run: () => this.#goDeaf() })
    else events.push(this.#connectedAnew(false), this.#connectedAnew(true))
    return events.filter(({ fault }) => fault === null || this.#app.jobs.length > 0)
  }

  #goDeaf(): void {
    this.#deafSince ??= this.#now
    this.#frames = []
    this.#app.loseStreams()
  }

  /** Whoever died waits for no answer. */
  #dropAnswers(): void {
    for (const owner of owners) {
      const request = this.server.requests[owner]
      if (request.state === 'served') request.state = 'over'
    }
  }

  #connectedAnew(wasAway: boolean): Event {
    return {
      name: wasAway
        ? 'the app is connected anew after having been away'
        : 'the app is connected anew at once',
      fault: null,
      run: () => {
        this.#deafSince = null
        this.#app.connect(wasAway)
      },
    }
  }

  #ofTime(): Event[] {
    const next = this.nextDue()
    if (next === null) return []
    const events: Event[] = [{ name: `time passes: ${next.what}`, fault: null, run: () => this.tick() }]
    const isWaitable = this.#deafSince === null && this.#frames.length === 0 && !this.#isHurried()
    if (!isWaitable || this.#waits >= mostWaits) return events
    const wait = (name: string, ms: number): Event => ({
      name,
      fault: null,
      run: () => {
        this.#waits += 1
        return this.pass(ms)
      },
    })
    events.push(wait('a minute passes', minute))
    if (beginnable(this.server).length === 0) events.push(wait('a quarter of an hour passes', 15 * minute))
    return events
  }

  /** Whether something is under way that takes no minutes. */
  #isHurried(): boolean {
    return (
      owners.some((owner) => ['onTheWay', 'served'].includes(this.server.requests[owner].state)) ||
      this.server.runs.some(({ isRecordDue }) => isRecordDue)
    )
  }
}

/** What a server does that works, and the network. */
const isProgress = (name: string): boolean =>
  /(?:reaches the server|is answered|has its stop written|begins|ends|arrives|never reaches the server)$/u.test(
    name,
  )
