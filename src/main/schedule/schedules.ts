import { apart } from '../platform/apart.ts'
import type { Log } from '../platform/log.ts'
import { isWatchWanted, type Watching } from '../tracking/watch/watch.ts'
import { Rest } from '../wexflow/rest.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import { lastBeginOf } from './last-begin.ts'
import { hasCome, missedRun } from './missed.ts'
import { nextAfter } from './occurrences.ts'
import { isOwnZone, offsetFrom, ownTimeOf, type Reading } from './server-offset.ts'
import { traceSince } from './verify.ts'

/** A run that did not come. Times are milliseconds since 1970 on this machine's clock. */
export interface MissedRun {
  readonly workflowId: number
  readonly workflowName: string
  readonly dueAt: number
  /**
   * Whether the server was away then, or has been restarted since: a run that ended with it leaves no record, so that
   * none is no proof that it did not run.
   */
  readonly isUncertain: boolean
}

/** Who is told what the schedules make known of a server. */
export interface MissedListener {
  /** A watched workflow has not run as its schedule says. */
  onMissed(serverId: string, run: MissedRun): void
  /** One of which that was told has run since, or is not expected to any more. */
  onCame(serverId: string, workflowId: number): void
}

export interface SchedulesOptions {
  readonly serverId: string
  readonly server: Pick<WexflowServer, 'runningJobs' | 'history'>
  readonly watching: () => Watching
  readonly listener: MissedListener
  readonly log: Pick<Log, 'info'>
}

/** The lists of workflows come each minute while the server answers; it was away where the next one comes so late. */
const longestBreakMs = 3 * 60_000

/** With when it came by the clock that nobody sets, in milliseconds. */
interface SteadyReading extends Reading {
  readonly steadyAt: number
}

/** Whether this machine slept between the two, or its clock was set: then neither what was due is known, nor the offset. */
const isClockMoved = (before: SteadyReading, now: SteadyReading): boolean =>
  Math.abs(now.at - before.at - (now.steadyAt - before.steadyAt)) > longestBreakMs

/** A server that is restarted has forgotten when its workflows last began; whoever saves one has it forget that one. */
function isRestarted({ lastStarts: before }: Reading, { lastStarts: now }: Reading): boolean {
  const began = [...before].filter(([, lastStart]) => lastStart !== null)
  return (
    began.some(([id]) => now.get(id) === null) && began.every(([id, lastStart]) => now.get(id) !== lastStart)
  )
}

/** Since when a workflow is expected to run as it is now. */
interface Standing {
  readonly schedule: string
  readonly since: number
}

/**
 * When the workflows of a server run next by their schedules, and which have not run when they should have: by nothing but
 * the list of workflows, that is read anyway, and by the server's clock as it can be learnt from it.
 */
export class Schedules {
  readonly #options: SchedulesOptions
  #last: SteadyReading | null = null
  /** Each with when it last began, which is not always what the list says. */
  #infos: readonly WorkflowInfo[] = []
  /** See `offsetFrom`; null while it is not known. */
  #offset: number | null = null
  readonly #standings = new Map<number, Standing>()
  /** Workflows that are known to be missing a run, with when they last began then. */
  readonly #missing = new Map<number, number | null>()
  /**
   * When each workflow last began for all that is known, also where the server was restarted since and has forgotten it; by
   * the server's clock.
   */
  readonly #begun = new Map<number, number>()
  /** Until when the server was away, or had been restarted, the last time, on this machine's clock; null: never. */
  #awayUntil: number | null = null
  readonly #rest = new Rest()
  #isAsking = false
  #isStopped = false

  constructor(options: SchedulesOptions) {
    this.#options = options
  }

  /** When each workflow runs next, as far as that is known: milliseconds since 1970, by the workflow's id. */
  nextRuns(now: number): ReadonlyMap<number, number> {
    const offset = this.#offset
    if (offset === null) return new Map()
    return new Map(
      this.#infos.flatMap(({ id, schedule, lastStart, isEnabled }) => {
        const next = schedule === null || !isEnabled ? null : nextAfter(schedule, now + offset, lastStart)
        return next === null ? [] : [[id, ownTimeOf(next, offset, now)] as const]
      }),
    )
  }

  /** The list of workflows was read. Resolves once what follows from it was told. */
  async take(infos: readonly WorkflowInfo[], now: number): Promise<void> {
    this.#learn(infos, now)
    for (const { id, lastStart } of this.#infos) {
      const known = this.#missing.get(id)
      // A restart makes a server forget when a workflow last began: that is no run.
      const hasRun = lastStart !== null && known !== lastStart
      if (known !== undefined && (hasRun || !this.#isWatched(id))) this.#settle(id)
    }
    if (this.#isAsking || !this.#rest.isOver) return
    this.#isAsking = true
    try {
      for (const info of this.#infos) await this.#look(info, now)
    } catch (error) {
      this.#rest.note(error)
      // It is asked again with the next list.
      this.#options.log.info('whether a workflow has run could not be read', error)
    } finally {
      this.#isAsking = false
    }
  }

  /** Nobody is signed in any more: what is still answered is nobody's. */
  stop(): void {
    this.#isStopped = true
  }

  #learn(infos: readonly WorkflowInfo[], now: number): void {
    const before = new Map(this.#infos.map((info) => [info.id, info]))
    this.#infos = infos.map((info) => ({ ...info, lastStart: lastBeginOf(info, before.get(info.id)) }))
    for (const { id, lastStart } of this.#infos) if (lastStart !== null) this.#begun.set(id, lastStart)
    const lastStarts = new Map(infos.map(({ id, lastStart }) => [id, lastStart]))
    const reading: SteadyReading = { at: now, lastStarts, steadyAt: performance.now() }
    const last = this.#last
    this.#last = reading
    if (last === null || isClockMoved(last, reading)) this.#standings.clear()
    else {
      this.#offset = offsetFrom(last, reading) ?? this.#offset
      if (now - last.at > longestBreakMs || isRestarted(last, reading)) this.#awayUntil = now
    }
    for (const { id, schedule, isEnabled } of infos) {
      const text = isEnabled ? JSON.stringify(schedule) : ''
      const known = this.#standings.get(id)
      if (known?.schedule === text) continue
      this.#standings.set(id, { schedule: text, since: now })
      if (known !== undefined && this.#missing.has(id)) this.#settle(id)
    }
  }

  async #look(
    { id, name, schedule, lastStart, isEnabled, isRunning }: WorkflowInfo,
    now: number,
  ): Promise<void> {
    const offset = this.#offset
    const standing = this.#standings.get(id)
    const { server, serverId, listener } = this.#options
    if (schedule === null || !isEnabled || isRunning || offset === null || standing === undefined) return
    if (this.#isStopped || this.#missing.has(id) || !this.#isWatched(id)) return
    const since = standing.since + offset
    const awayUntil = this.#awayUntil === null ? null : this.#awayUntil + offset
    const isZoneKnown = isOwnZone(offset, now)
    const due = missedRun({ schedule, lastStart, since, isZoneKnown, awayUntil }, now + offset)
    if (due === null || hasCome(due, this.#begun.get(id) ?? null)) return
    const trace = await traceSince(server, { id, name }, due)
    if (trace === 'ran') this.#begun.set(id, due)
    if (trace !== 'none' || this.#isStopped) return
    this.#missing.set(id, lastStart)
    const dueAt = ownTimeOf(due, offset, now)
    const isUncertain = awayUntil !== null && due < awayUntil
    apart(() => listener.onMissed(serverId, { workflowId: id, workflowName: name, dueAt, isUncertain }))
  }

  #isWatched(workflowId: number): boolean {
    return isWatchWanted(this.#options.watching(), workflowId)
  }

  #settle(workflowId: number): void {
    this.#missing.delete(workflowId)
    const { serverId, listener } = this.#options
    apart(() => listener.onCame(serverId, workflowId))
  }
}
