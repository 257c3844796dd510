import { inMemoryFetch } from '../wexflow-sim/in-memory.ts'
import { seededRandom } from '../wexflow-sim/random.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { demoUsers } from '../wexflow-sim/users.ts'
import { Computer, type ComputerRecord } from './computer.ts'
import type { Act, DayPlan, IncidentKind, PlannedStart } from './day-plan.ts'
import { Draw } from './draw.ts'
import { Network } from './network.ts'
import { ServerIncidents } from './server-incidents.ts'
import { after, VirtualClock } from './virtual-clock.ts'
import { type WeatherKind, weatherFaults } from './weather.ts'
import { approvalIds, drawFate, workflows } from './workflows.ts'

/** A time in which something was wrong. Milliseconds since 1970. */
export interface Disturbance {
  readonly kind: WeatherKind | IncidentKind | 'summaryRefused'
  readonly from: number
  readonly to: number
}

/** All that is known of a day when it is over. */
export interface DayRecord extends ComputerRecord {
  readonly sim: WexflowSim
  readonly disturbances: readonly Disturbance[]
  readonly incidents: ReadonlyMap<string, number>
  readonly virtualMs: number
}

/** How often an act looks whether its time has come, in milliseconds. */
const lookEveryMs = 2000
/** A job that waits is decided on by somebody, even where the app did not show that it waits, in milliseconds. */
const decideAfterAllMs = 60_000
const decideEveryMs = 20_000
/** A job that a stop has hidden can't be decided on: somebody restarts the server for it, in milliseconds. */
const restartAfterMs = 180_000
/** How long the app may take to tell everything after nothing new happens, in milliseconds. */
const mostOverrunMs = 75 * 60_000
/** What comes after everything was told must be corrections only: so long it is waited for, in milliseconds. */
const afterthoughtMs = 90_000

/** How far a server's clock is set, as where summer time begins or ends, in milliseconds. */
const clockMoveMs = 3_600_000

const lastLaunchMs = 60_000

/** Runs a day through, on a clock of its own. */
export async function runDay(plan: DayPlan): Promise<DayRecord> {
  const clock = new VirtualClock(seededRandom(plan.seed))
  try {
    return await new Day(plan, clock).run()
  } finally {
    clock.uninstall()
  }
}

/** One server, one person and one app, from the first start until everything is told. */
class Day {
  readonly #draw: Draw
  readonly #plan: DayPlan
  readonly #clock: VirtualClock
  readonly #sim: WexflowSim
  readonly #server: ServerIncidents
  readonly #network: Network
  readonly #computer: Computer
  readonly #beganAt = Date.now()

  readonly #disturbances: Disturbance[] = []
  readonly #incidents = new Map<string, number>()
  readonly #weather = new Map<WeatherKind, number>()
  #isNetworkBusy = false
  #isAppBusy = false

  constructor(plan: DayPlan, clock: VirtualClock) {
    // Each has chances of its own, so that a day from which something was left out stays like itself in the rest.
    const drawOf = (part: number): Draw => new Draw(seededRandom(plan.seed + part))
    const draw = drawOf(1)
    const simDraw = drawOf(2)
    const networkDraw = drawOf(3)
    const computerDraw = drawOf(4)
    const user = demoUsers.find(({ username }) => username === plan.username)
    if (user === undefined) throw new Error(`No user ${plan.username}`)
    this.#draw = draw
    this.#plan = plan
    this.#clock = clock
    this.#sim = new WexflowSim({
      workflows,
      random: simDraw.random,
      database: plan.database,
      fateOf: (workflow) => drawFate(simDraw, workflow),
    })
    this.#server = new ServerIncidents(draw, this.#sim)
    this.#network = new Network(networkDraw, inMemoryFetch(this.#sim))
    this.#computer = new Computer(computerDraw, {
      baseUrl: 'http://127.0.0.1:8000',
      user,
      newTransport: () => this.#network.transport(),
      networkFingerprint: () => this.#network.fingerprint,
    })
  }

  /** Runs the day through. */
  async run(): Promise<DayRecord> {
    const { starts, startsElsewhere, weather, incidents, endsAt } = this.#plan
    for (const start of starts) setTimeout(() => this.#start(start), start.at)
    for (const { at, workflow, acts } of startsElsewhere) {
      setTimeout(() => {
        if (this.#sim.power !== 'up') return
        const jobId = this.#sim.startElsewhere(workflow.id)
        for (const act of acts) void this.#act(act, workflow.id, null, () => jobId)
      }, at)
    }
    for (const { kind, at, lastsMs } of weather) setTimeout(() => void this.#spell(kind, lastsMs), at)
    for (const { kind, at, lastsMs } of incidents) setTimeout(() => void this.#incident(kind, lastsMs), at)
    const deciding = setInterval(() => this.#decideWhatWaits(), decideEveryMs)
    await this.#computer.launch()
    const endOfDay = this.#beganAt + endsAt
    await this.#clock.run(endOfDay, () => false)
    await this.#clock.run(endOfDay + mostOverrunMs, () => this.#isEveryEndKnown())
    await this.#clock.run(Date.now() + afterthoughtMs, () => false)
    // What the desktop did not take is told by the next launch, and nothing else.
    this.#computer.isDesktopWell = true
    this.#computer.isDesktopPresent = true
    const relaunched = this.#endApp('quit', 1000)
    await this.#clock.run(Date.now() + lastLaunchMs, () => false)
    await relaunched
    clearInterval(deciding)
    const record = this.#record()
    this.#computer.crash()
    this.#sim.shutDown('killed')
    return record
  }

  #record(): DayRecord {
    return {
      ...this.#computer.record,
      sim: this.#sim,
      disturbances: this.#disturbances,
      incidents: this.#incidents,
      virtualMs: Date.now() - this.#beganAt,
    }
  }

  #isEveryEndKnown(): boolean {
    const { app } = this.#computer
    if (app === null || this.#isNetworkBusy || this.#sim.power !== 'up') return false
    if (this.#computer.wishes < this.#plan.starts.length) return false
    return app.isEveryEndKnown
  }

  #start({ workflow, acts }: Pick<PlannedStart, 'workflow' | 'acts'>): void {
    // Nobody starts anything in an app that does not run, or quits.
    if (this.#computer.app?.tracker == null) {
      setTimeout(() => this.#start({ workflow, acts }), lookEveryMs)
      return
    }
    const key = this.#computer.start(workflow)
    const jobIdOf = (): string | null => this.#sim.startTruth(key)?.jobId ?? null
    for (const act of acts) void this.#act(act, workflow.id, key, jobIdOf)
  }

  async #act(act: Act, workflowId: number, key: string | null, jobIdOf: () => string | null): Promise<void> {
    await after(act.afterMs)
    const giveUpAt = this.#beganAt + this.#plan.endsAt + mostOverrunMs
    while (Date.now() < giveUpAt) {
      const jobId = jobIdOf()
      const ended = jobId !== null && this.#sim.truth(jobId)?.endedAt != null
      const over = key !== null && this.#computer.job(key)?.phase === 'ended'
      if (ended || (over && jobId === null)) return
      if (jobId !== null && this.#sim.power === 'up' && (await this.#tryAct(act, workflowId, key, jobId)))
        return
      await after(lookEveryMs)
    }
  }

  /** Whether the act is done. */
  async #tryAct(act: Act, workflowId: number, key: string | null, jobId: string): Promise<boolean> {
    switch (act.kind) {
      case 'stopElsewhere':
        this.#sim.stopElsewhere(workflowId, jobId)
        return true
      case 'suspendElsewhere':
        if (!this.#sim.suspendElsewhere(workflowId, jobId)) return false
        setTimeout(() => this.#sim.resumeElsewhere(workflowId, jobId), act.forMs)
        return true
      case 'decideElsewhere':
        return this.#sim.decideElsewhere(workflowId, jobId, act.isApproved)
      case 'stop': {
        const { app } = this.#computer
        if (key === null || this.#computer.job(key)?.jobId == null || app === null) return false
        await app.tracker?.stopJob(key).catch(() => {})
        return true
      }
      case 'decide': {
        const { app } = this.#computer
        if (key === null || this.#computer.job(key)?.phase !== 'waiting') return false
        const wish = act.isApproved ? app?.tracker?.approveJob(key) : app?.tracker?.rejectJob(key)
        // Whether it was heard is seen by the job's end.
        await wish?.catch(() => {})
        return false
      }
    }
  }

  /** Jobs that nobody else decides on, such as those of others that queued, do not wait for ever. */
  #decideWhatWaits(): void {
    if (this.#sim.power !== 'up') return
    const before = Date.now() - decideAfterAllMs
    for (const { jobId, workflowId, beganAt, endedAt, unlistedAt } of this.#sim.truths()) {
      if (beganAt === null || beganAt >= before || endedAt !== null) continue
      const isDecided = this.#sim.decideElsewhere(workflowId, jobId, this.#draw.chance(0.5))
      const isStuck = !isDecided && unlistedAt !== null && approvalIds.has(workflowId)
      if (isStuck && beganAt < Date.now() - restartAfterMs) void this.#incident('serverKilled', 1000)
    }
  }

  async #spell(kind: WeatherKind, lastsMs: number): Promise<void> {
    const from = Date.now()
    this.#weather.set(kind, (this.#weather.get(kind) ?? 0) + 1)
    this.#setWeather()
    await after(lastsMs)
    this.#weather.set(kind, (this.#weather.get(kind) ?? 1) - 1)
    this.#setWeather()
    this.#disturbances.push({ kind, from, to: Date.now() })
  }

  #setWeather(): void {
    this.#sim.faults.clear()
    this.#network.slowestMs = 20
    for (const [kind, count] of this.#weather) {
      if (count <= 0) continue
      this.#sim.faults.set(weatherFaults[kind])
      if (kind === 'slowNetwork') this.#network.slowestMs = 2000
    }
  }

  async #incident(kind: IncidentKind, lastsMs: number): Promise<void> {
    const from = Date.now()
    if (!(await this.#happen(kind, lastsMs))) return
    this.#disturbances.push({ kind, from, to: Date.now() })
    this.#incidents.set(kind, (this.#incidents.get(kind) ?? 0) + 1)
  }

  /** False where it can't happen now. */
  async #happen(kind: IncidentKind, lastsMs: number): Promise<boolean> {
    switch (kind) {
      case 'serverKilled':
      case 'serverStopped':
        return this.#server.restart(kind === 'serverKilled' ? 'killed' : 'polite', lastsMs)
      case 'jobStreamsReset':
        this.#sim.breakStreams('jobStream', 'reset')
        return true
      case 'jobStreamsSilent':
        this.#sim.breakStreams('jobStream', 'silent')
        return true
      case 'changeStreamReset':
        this.#sim.breakStreams('changeStream', 'reset')
        return true
      case 'changeStreamSilent':
        this.#sim.breakStreams('changeStream', 'silent')
        return true
      case 'tokensRevoked':
        this.#sim.tokens.revokeAll()
        return true
      case 'networkGone':
      case 'networkMoved':
        return this.#loseNetwork('gone', lastsMs, () => {
          if (kind === 'networkMoved') this.#network.fingerprint = `${this.#network.fingerprint}b`
        })
      case 'asleep':
        return this.#loseNetwork('dead', lastsMs, () => this.#computer.app?.tracker?.wake())
      case 'halfOpen':
        return this.#loseNetwork('dead', lastsMs, () => {})
      case 'appCrashed':
        return this.#endApp('crash', lastsMs)
      case 'appQuit':
        return this.#endApp('quit', lastsMs)
      case 'diskFull':
        return this.#fillDisk(lastsMs)
      case 'workflowSaved':
        return this.#server.saveWorkflow()
      case 'workflowRenamed':
        return this.#server.renameWorkflow()
      case 'workflowDead':
        return this.#server.deadenWorkflow(lastsMs)
      case 'clockSetBack':
        this.#sim.moveClock(-clockMoveMs)
        return true
      case 'clockSetForward':
        this.#sim.moveClock(clockMoveMs)
        return true
      case 'desktopGone':
        return this.#loseDesktop(lastsMs)
    }
  }

  async #fillDisk(lastsMs: number): Promise<boolean> {
    if (this.#computer.isDiskFull) return false
    this.#computer.isDiskFull = true
    await after(lastsMs)
    this.#computer.isDiskFull = false
    return true
  }

  /** What shows notifications ends, and comes back. */
  async #loseDesktop(lastsMs: number): Promise<boolean> {
    if (!this.#computer.isDesktopPresent) return false
    this.#computer.isDesktopPresent = false
    await after(lastsMs)
    this.#computer.isDesktopPresent = true
    return true
  }

  async #loseNetwork(state: 'gone' | 'dead', lastsMs: number, whenBack: () => void): Promise<boolean> {
    if (this.#isNetworkBusy) return false
    this.#isNetworkBusy = true
    this.#network.set(state)
    await after(lastsMs)
    this.#network.set('up')
    whenBack()
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
