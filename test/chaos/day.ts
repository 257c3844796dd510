import { seededRandom } from '../wexflow-sim/random.ts'
import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { Account } from './app.ts'
import { Computer, type ComputerRecord } from './computer.ts'
import type { ComputerIncidentKind, DayPlan } from './day-plan.ts'
import { accountOf, DayServer, placeOf } from './day-server.ts'
import { Diary, type Disturbance } from './diary.ts'
import { Draw } from './draw.ts'
import type { Network, ProcessTransport } from './network.ts'
import type { DesktopMood } from './recording-toaster.ts'
import { after, VirtualClock } from './virtual-clock.ts'

/** What is known of one server of a day when it is over. */
interface ServerRecord {
  readonly account: Account
  readonly sim: WexflowSim
  /** When each request came that was answered by somebody else than the server, in milliseconds since 1970. */
  readonly strangersMet: readonly number[]
}

/** All that is known of a day when it is over. */
export interface DayRecord extends ComputerRecord {
  readonly servers: readonly ServerRecord[]
  readonly disturbances: readonly Disturbance[]
  readonly incidents: ReadonlyMap<string, number>
  readonly virtualMs: number
}

const endWaitsEveryMs = 20_000
/** A job begins so long after its start, late entries included, if at all, in milliseconds. */
const beginsWithinMs = 60_000
/**
 * How long the app may take to tell everything after nothing new happens, in milliseconds. Forty jobs of one queue that wait
 * for approval, and that stops have hidden, take two hours, since somebody restarts the server for each.
 */
const mostOverrunMs = 150 * 60_000
/** What comes after everything was told must be corrections only: so long it is waited for, in milliseconds. */
const afterthoughtMs = 90_000

const lastLaunchMs = 60_000
/** A login is over so long after the app has ended with the one before, in milliseconds. */
const loginMs = 3000

/** Runs a day through, on a clock of its own. */
export async function runDay(plan: DayPlan): Promise<DayRecord> {
  const clock = new VirtualClock(seededRandom(plan.seed))
  try {
    return await new Day(plan, clock).run()
  } finally {
    clock.uninstall()
  }
}

/** Some servers, one person and one app, from the first start until everything is told. */
class Day {
  readonly #plan: DayPlan
  readonly #clock: VirtualClock
  readonly #draw: Draw
  readonly #servers: readonly DayServer[]
  readonly #computer: Computer
  readonly #diary = new Diary()
  readonly #beganAt = Date.now()
  #networkFingerprint = 'a'
  #isNetworkBusy = false
  #isAppBusy = false

  constructor(plan: DayPlan, clock: VirtualClock) {
    this.#plan = plan
    this.#clock = clock
    // Each has chances of its own, so that a day from which something was left out stays like itself in the rest.
    this.#draw = new Draw(seededRandom(plan.seed + 5))
    const computer = new Computer(new Draw(seededRandom(plan.seed + 4)), {
      accounts: plan.servers.map((server, place) => accountOf(place, server)),
      newTransport: () => transportTo(this.#servers.map(({ network }) => network)),
      networkFingerprint: () => this.#networkFingerprint,
    })
    this.#computer = computer
    const giveUpAt = this.#beganAt + plan.endsAt + mostOverrunMs
    this.#servers = plan.servers.map(
      (server, place) =>
        new DayServer({ place, plan: server, seed: plan.seed, computer, diary: this.#diary, giveUpAt }),
    )
  }

  /** Runs the day through. */
  async run(): Promise<DayRecord> {
    const { starts, startsElsewhere, weather, incidents, endsAt } = this.#plan
    for (const one of starts) setTimeout(() => this.#at(one.server).start(one), one.at)
    for (const one of startsElsewhere) setTimeout(() => this.#at(one.server).startElsewhere(one), one.at)
    for (const { kind, server, at, lastsMs } of weather)
      setTimeout(() => void this.#at(server).spell(kind, lastsMs), at)
    for (const one of incidents)
      setTimeout(() => {
        if ('server' in one) void this.#at(one.server).incident(one.kind, one.lastsMs)
        else void this.#incident(one.kind, one.lastsMs)
      }, one.at)
    const waits = setInterval(() => {
      for (const server of this.#servers) server.endWaits()
    }, endWaitsEveryMs)
    await this.#computer.launch()
    const endOfDay = this.#beganAt + endsAt
    await this.#clock.run(endOfDay, () => false)
    await this.#clock.run(endOfDay + mostOverrunMs, () => this.#isEveryEndKnown())
    await this.#clock.run(Date.now() + afterthoughtMs, () => false)
    // What the desktop did not take is told by the next launch, and nothing else.
    this.#computer.setMood('well', true)
    const relaunched = this.#endApp('quit', 1000)
    await this.#clock.run(Date.now() + lastLaunchMs, () => false)
    await relaunched
    clearInterval(waits)
    const record = this.#record()
    this.#computer.crash()
    for (const { sim } of this.#servers) sim.shutDown('killed')
    return record
  }

  #at(place: number): DayServer {
    const server = this.#servers[place]
    if (server === undefined) throw new Error(`No server ${place} on this day`)
    return server
  }

  #record(): DayRecord {
    return {
      ...this.#computer.record,
      servers: this.#servers.map(({ account, sim, network }) => ({
        account,
        sim,
        strangersMet: network.strangersMet,
      })),
      disturbances: this.#diary.disturbances,
      incidents: this.#diary.incidents,
      virtualMs: Date.now() - this.#beganAt,
    }
  }

  #isEveryEndKnown(): boolean {
    const { app } = this.#computer
    if (app === null || this.#isNetworkBusy || !this.#servers.every(({ isThere }) => isThere)) return false
    if (this.#computer.wishes < this.#plan.starts.length) return false
    // What others queued begins when the last job that is known ends: the day goes on until it is over.
    return app.isEveryEndKnown && !this.#servers.some(({ sim }) => runsAnything(sim))
  }

  async #incident(kind: ComputerIncidentKind, lastsMs: number): Promise<void> {
    const from = Date.now()
    if (!(await this.#happen(kind, lastsMs))) return
    this.#diary.note({ kind, server: null, from, to: Date.now() })
    this.#diary.count(kind)
  }

  /** False where it can't happen now. */
  async #happen(kind: ComputerIncidentKind, lastsMs: number): Promise<boolean> {
    switch (kind) {
      case 'networkGone':
      case 'networkMoved':
        return this.#loseNetwork('gone', lastsMs, () => {
          if (kind === 'networkMoved') this.#networkFingerprint = `${this.#networkFingerprint}b`
        })
      case 'asleep':
        return this.#loseNetwork('dead', lastsMs, () => this.#computer.app?.wake())
      case 'halfOpen':
        return this.#loseNetwork('dead', lastsMs, () => {})
      case 'captivePortal':
        return this.#meetPortal(lastsMs)
      case 'appCrashed':
        return this.#endApp('crash', lastsMs)
      case 'appQuit':
        return this.#endApp('quit', lastsMs)
      case 'diskFull':
        return this.#fillDisk(lastsMs)
      case 'desktopGone':
        return this.#withDesktop('absent', lastsMs)
      case 'desktopRefuses':
        return this.#withDesktop('refusing', lastsMs)
      case 'desktopAnswersLate':
        return this.#withDesktop('late', lastsMs)
      case 'loginBeforeDesktop':
        return this.#logIn(lastsMs)
      case 'muted':
        return this.#mute(lastsMs)
    }
  }

  async #fillDisk(lastsMs: number): Promise<boolean> {
    if (this.#computer.isDiskFull) return false
    this.#computer.isDiskFull = true
    await after(lastsMs)
    this.#computer.isDiskFull = false
    return true
  }

  async #withDesktop(mood: DesktopMood, lastsMs: number): Promise<boolean> {
    this.#computer.setMood(mood, true)
    await after(lastsMs)
    this.#computer.setMood(mood, false)
    return true
  }

  async #mute(lastsMs: number): Promise<boolean> {
    if (this.#computer.isMuted) return false
    this.#computer.isMuted = true
    await after(lastsMs)
    this.#computer.isMuted = false
    return true
  }

  /** The person logs in anew: the app is there before what shows notifications. */
  async #logIn(lastsMs: number): Promise<boolean> {
    const ended = this.#endApp('quit', loginMs)
    await Promise.all([this.#withDesktop('absent', loginMs + lastsMs), ended])
    return true
  }

  async #loseNetwork(state: 'gone' | 'dead', lastsMs: number, whenBack: () => void): Promise<boolean> {
    if (this.#isNetworkBusy) return false
    this.#isNetworkBusy = true
    for (const { network } of this.#servers) network.set(state)
    await after(lastsMs)
    for (const { network } of this.#servers) network.set('up')
    whenBack()
    this.#isNetworkBusy = false
    return true
  }

  /** The network wants a sign-in of its own: what is open breaks, or lives on. */
  async #meetPortal(lastsMs: number): Promise<boolean> {
    if (this.#isNetworkBusy) return false
    this.#isNetworkBusy = true
    const breaks = this.#draw.chance(0.5)
    for (const server of this.#servers) {
      server.isCaptive = true
      if (breaks) server.network.breakAll()
    }
    await after(lastsMs)
    for (const server of this.#servers) server.isCaptive = false
    this.#isNetworkBusy = false
    return true
  }

  async #endApp(how: 'crash' | 'quit', awayMs: number): Promise<boolean> {
    if (this.#isAppBusy || this.#computer.app === null) return false
    this.#isAppBusy = true
    if (how === 'quit') await this.#computer.quit()
    else this.#computer.crash()
    await after(awayMs)
    await this.#computer.launch()
    this.#isAppBusy = false
    return true
  }
}

/** Whether a job runs, or is about to begin; one that the server has held for longer may never begin. */
const runsAnything = (sim: WexflowSim): boolean =>
  sim
    .truths()
    .some(
      ({ acceptedAt, beganAt, endedAt }) =>
        endedAt === null && (beganAt !== null || Date.now() - acceptedAt < beginsWithinMs),
    )

/** The way of one process of the app to whichever server an address is of. */
function transportTo(networks: readonly Network[]): ProcessTransport {
  const ways = networks.map((network) => network.transport())
  const to = (url: string): ProcessTransport => {
    const way = ways[placeOf(url)]
    if (way === undefined) throw new Error(`Nobody is at ${url}`)
    return way
  }
  const all = (what: 'close' | 'crash') => (): void => {
    for (const way of ways) way[what]()
  }
  return {
    call: (url, options) => to(url).call(url, options),
    stream: (url, options) => to(url).stream(url, options),
    onRefused: (listener) => {
      for (const way of ways) way.onRefused?.(listener)
    },
    close: all('close'),
    crash: all('crash'),
  }
}
