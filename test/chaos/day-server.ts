import type { FaultSettings } from '../wexflow-sim/faults.ts'
import { inMemoryFetch } from '../wexflow-sim/in-memory.ts'
import { seededRandom } from '../wexflow-sim/random.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { demoUsers } from '../wexflow-sim/users.ts'
import type { Account } from './app.ts'
import type { Computer } from './computer.ts'
import type { Act, PlannedServer, PlannedStart, ServerIncidentKind } from './day-plan.ts'
import type { Diary } from './diary.ts'
import { Draw } from './draw.ts'
import { Network } from './network.ts'
import { QueueStops } from './queue-stops.ts'
import { ServerIncidents } from './server-incidents.ts'
import { Suspensions } from './suspensions.ts'
import { after } from './virtual-clock.ts'
import { strangerOf, type WeatherKind, weatherFaults } from './weather.ts'
import { approvalIds, drawFate, favouriteIds, workflows } from './workflows.ts'

/** So many starts are asked for although the app says that the server is away. */
const startedOffline = 0.2
/** How often an act looks whether its time has come, in milliseconds. */
const lookEveryMs = 2000
/** A job that waits is decided on by somebody, even where the app did not show that it waits, in milliseconds. */
const decideAfterAllMs = 60_000
/** A job that a stop has hidden can't be decided on, nor resumed: somebody restarts the server for it, in milliseconds. */
const restartAfterMs = 180_000

/** Somebody starts a workflow whose queue has stood still for so long, in milliseconds; which of them, the day draws. */
const startAfterMs = [240_000, 900_000] as const

/** What a server does on every day, as real ones were seen to. */
const everyDay = { stopKeepsSuspended: 0.6 } as const

/** How far a server's clock is set, as where summer time begins or ends, in milliseconds. */
const clockMoveMs = 3_600_000

/** What proxies were seen to allow each client. */
const mostConnections = 10
const unlimited = Number.POSITIVE_INFINITY

/** What the person calls the servers. */
const names = ['North', 'South', 'East', 'West']
/** The port of the first server, and each further one has the next. */
const firstPort = 8000
/** So far the parts of one server lie apart from those of the next: each has chances of its own. */
const partsOfServer = 10

/** The place of the server of an address. */
export const placeOf = (url: string): number => Number(new URL(url).port) - firstPort

export interface DayServerOptions {
  readonly place: number
  readonly plan: PlannedServer
  readonly seed: number
  readonly computer: Computer
  readonly diary: Diary
  /** When nothing is tried any more, in milliseconds since 1970. */
  readonly giveUpAt: number
}

/** A server of a day, the way to it, and what happens to both. */
export class DayServer {
  readonly account: Account
  readonly sim: WexflowSim
  readonly network: Network
  readonly #place: number
  readonly #draw: Draw
  readonly #startAfterMs: number
  readonly #incidents: ServerIncidents
  readonly #suspensions: Suspensions
  readonly #queueStops: QueueStops
  readonly #computer: Computer
  readonly #diary: Diary
  readonly #giveUpAt: number
  readonly #weather = new Map<WeatherKind, number>()
  #isCaptive = false
  #forced: Partial<FaultSettings> = {}

  constructor({ place, plan, seed, computer, diary, giveUpAt }: DayServerOptions) {
    const { database } = plan
    // Each has chances of its own, so that a day from which something was left out stays like itself in the rest.
    const drawOf = (part: number): Draw => new Draw(seededRandom(seed + part + place * partsOfServer))
    this.#place = place
    this.#draw = drawOf(1)
    this.#startAfterMs = this.#draw.pick(startAfterMs)
    this.#computer = computer
    this.#diary = diary
    this.#giveUpAt = giveUpAt
    this.account = accountOf(place, plan)
    const simDraw = drawOf(2)
    this.sim = new WexflowSim({
      workflows,
      random: simDraw.random,
      randomApart: drawOf(7).random,
      faults: everyDay,
      database,
      fateOf: (workflow) => drawFate(simDraw, workflow),
    })
    this.#incidents = new ServerIncidents(this.#draw, this.sim)
    this.#suspensions = new Suspensions(drawOf(6), this.sim)
    this.#queueStops = new QueueStops({
      draw: drawOf(8),
      sim: this.sim,
      force: (faults) => {
        this.#forced = faults ?? {}
        this.#setWeather()
      },
      stopInApp: (jobId) => this.#stopInApp(jobId),
    })
    this.network = new Network(drawOf(3), inMemoryFetch(this.sim))
  }

  /** Whether nothing keeps the app from this server. */
  get isThere(): boolean {
    return this.sim.power === 'up' && this.network.isOpen
  }

  /** A person asks for a start; nobody does in an app that does not run, or quits, and few where it says “offline”. */
  start(start: PlannedStart, mayBeOffline = this.#draw.chance(startedOffline)): void {
    const { workflow, acts } = start
    const { id } = this.account
    const { app } = this.#computer
    if (app?.tracker(id) == null || (app.isOffline(id) && !mayBeOffline)) {
      setTimeout(() => this.start(start, mayBeOffline), lookEveryMs)
      return
    }
    const key = this.#computer.start(id, workflow)
    const jobIdOf = (): string | null => this.sim.startTruth(key)?.jobId ?? null
    for (const act of acts) void this.#act(act, workflow.id, key, jobIdOf)
  }

  startElsewhere({ workflow, acts }: PlannedStart): void {
    if (this.sim.power !== 'up') return
    const jobId = this.sim.startElsewhere(workflow.id)
    for (const act of acts) void this.#act(act, workflow.id, null, () => jobId)
  }

  /** Jobs that nobody else decides on or resumes, such as those of others that queued, do not wait for ever. */
  endWaits(): void {
    if (this.sim.power !== 'up') return
    this.#suspensions.resumeLeft()
    for (const [workflowId, since] of this.sim.standstills())
      if (since < Date.now() - this.#startAfterMs) this.sim.startElsewhere(workflowId)
    const before = Date.now() - decideAfterAllMs
    for (const { jobId, workflowId, beganAt, endedAt, unlistedAt, suspensions } of this.sim.truths()) {
      if (beganAt === null || beganAt >= before || endedAt !== null) continue
      const isDecided = this.sim.decideElsewhere(workflowId, jobId, this.#draw.chance(0.5))
      const isHeld = approvalIds.has(workflowId) || suspensions.at(-1)?.to === null
      const isStuck = !isDecided && unlistedAt !== null && isHeld
      if (isStuck && beganAt < Date.now() - restartAfterMs) void this.incident('serverKilled', 1000)
    }
  }

  async spell(kind: WeatherKind, lastsMs: number): Promise<void> {
    const from = Date.now()
    this.#weather.set(kind, (this.#weather.get(kind) ?? 0) + 1)
    this.#setWeather()
    // Whoever stands in the way from now on may have cut what was open, or let it live.
    if (strangerOf([kind]) !== null && this.#draw.chance(0.5)) this.network.breakAll()
    await after(lastsMs)
    this.#weather.set(kind, (this.#weather.get(kind) ?? 1) - 1)
    this.#setWeather()
    const to = Date.now()
    const server = this.#place
    const { restUntil } = this.network
    this.#diary.note({ kind, server, from, to })
    if (kind === 'tooManyRequests' && restUntil > to)
      this.#diary.note({ kind: 'restAsked', server, from: to, to: restUntil })
  }

  async incident(kind: ServerIncidentKind, lastsMs: number): Promise<void> {
    const from = Date.now()
    if (!(await this.#happen(kind, lastsMs))) return
    if (kind !== 'jobSuspended') this.#diary.note({ kind, server: this.#place, from, to: Date.now() })
    this.#diary.count(kind)
  }

  /** Whether the network lets nobody through who has not signed in to it. */
  set isCaptive(isCaptive: boolean) {
    this.#isCaptive = isCaptive
    this.#setWeather()
  }

  #setWeather(): void {
    this.sim.faults.clear()
    this.sim.faults.set(everyDay)
    const kinds = [...this.#weather].filter(([, count]) => count > 0).map(([kind]) => kind)
    for (const kind of kinds) this.sim.faults.set(weatherFaults[kind])
    this.sim.faults.set(this.#forced)
    this.network.slowestMs = kinds.includes('slowNetwork') ? 2000 : 20
    this.network.limit(kinds.includes('limitedConnections') ? mostConnections : unlimited)
    this.network.freeze(kinds.includes('frozen'))
    this.network.setStranger(this.#isCaptive ? 'portal' : strangerOf(kinds))
  }

  /** False where it can't happen now. */
  async #happen(kind: ServerIncidentKind, lastsMs: number): Promise<boolean> {
    switch (kind) {
      case 'serverKilled':
      case 'serverStopped':
        return this.#incidents.restart(kind === 'serverKilled' ? 'killed' : 'polite', lastsMs)
      case 'jobStreamsReset':
        this.sim.breakStreams('jobStream', 'reset')
        return true
      case 'jobStreamsSilent':
        this.sim.breakStreams('jobStream', 'silent')
        return true
      case 'changeStreamReset':
        this.sim.breakStreams('changeStream', 'reset')
        return true
      case 'changeStreamSilent':
        this.sim.breakStreams('changeStream', 'silent')
        return true
      case 'tokensRevoked':
        this.sim.tokens.revokeAll()
        return true
      case 'workflowSaved':
        return this.#incidents.saveWorkflow()
      case 'workflowRenamed':
        return this.#incidents.renameWorkflow()
      case 'workflowDead':
        return this.#incidents.deadenWorkflow(lastsMs)
      case 'clockSetBack':
        this.sim.moveClock(-clockMoveMs)
        return true
      case 'clockSetForward':
        this.sim.moveClock(clockMoveMs)
        return true
      case 'jobSuspended':
        return this.#suspensions.suspendOne(lastsMs)
      case 'queueStopped':
        return this.#queueStops.stopOne()
    }
  }

  #stopInApp(jobId: string): boolean {
    const computer = this.#computer
    const { id } = this.account
    const tracker = computer.app?.tracker(id) ?? null
    const wish = computer.record.wishes.find(
      ({ key, serverId }) => serverId === id && computer.job(key)?.jobId === jobId,
    )
    if (tracker === null || wish === undefined) return false
    tracker.stopJob(wish.key).catch(() => {})
    return true
  }

  async #act(act: Act, workflowId: number, key: string | null, jobIdOf: () => string | null): Promise<void> {
    await after(act.afterMs)
    while (Date.now() < this.#giveUpAt) {
      const jobId = jobIdOf()
      const ended = jobId !== null && this.sim.truth(jobId)?.endedAt != null
      const over = key !== null && this.#computer.job(key)?.phase === 'ended'
      if (ended || (over && jobId === null)) return
      if (jobId !== null && this.sim.power === 'up' && (await this.#tryAct(act, workflowId, key, jobId)))
        return
      await after(lookEveryMs)
    }
  }

  /** Whether the act is done. */
  async #tryAct(act: Act, workflowId: number, key: string | null, jobId: string): Promise<boolean> {
    const tracker = this.#computer.app?.tracker(this.account.id) ?? null
    switch (act.kind) {
      case 'stopElsewhere':
        this.sim.stopElsewhere(workflowId, jobId)
        return true
      case 'suspendElsewhere':
        if (!this.sim.suspendElsewhere(workflowId, jobId)) return false
        setTimeout(() => this.sim.resumeElsewhere(workflowId, jobId), act.forMs)
        return true
      case 'decideElsewhere':
        return this.sim.decideElsewhere(workflowId, jobId, act.isApproved)
      case 'stop':
        if (key === null || this.#computer.job(key)?.jobId == null || tracker === null) return false
        await tracker.stopJob(key).catch(() => {})
        return true
      case 'decide':
        if (key === null || this.#computer.job(key)?.phase !== 'waiting') return false
        // Whether it was heard is seen by the job's end.
        await (act.isApproved
          ? tracker?.changeJob(key, 'approve')
          : tracker?.changeJob(key, 'reject')
        )?.catch(() => {})
        return false
    }
  }
}

/** Who the person is on the server of this place. */
export function accountOf(place: number, { username, watch = 'mine' }: PlannedServer): Account {
  const user = demoUsers.find((one) => one.username === username)
  if (user === undefined) throw new Error(`No user ${username}`)
  const baseUrl = `http://127.0.0.1:${firstPort + place}`
  return {
    id: `server${place}`,
    name: names[place] ?? `Server ${place}`,
    baseUrl,
    user,
    watch,
    favourites: favouriteIds,
  }
}
