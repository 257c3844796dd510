import type { Job } from './job.ts'
import type { PlannedRead, ReadKind } from './plan/rule.ts'
import { asking, lanes } from './policy.ts'

/** A read that is to be made now: of one job, or of a workflow for all its jobs that want it. */
export interface DueRead {
  readonly kind: ReadKind
  readonly workflowId: number
  /** The jobs that want it. */
  readonly keys: readonly string[]
  readonly why: string
}

export interface AgendaOptions {
  /** Makes a read; resolves once its answer is applied, to whether there was one. Never rejects. */
  readonly make: (read: DueRead) => Promise<boolean>
  /** Whether the server can be asked at all now. */
  readonly mayAsk: () => boolean
}

type Lane = keyof typeof lanes

/** One read, and the jobs that want it, each from when on and why. */
interface WantedRead {
  readonly kind: ReadKind
  readonly workflowId: number
  readonly by: Map<string, PlannedRead>
}

/** Reads that wait for each other's places. */
const laneOf: Readonly<Record<ReadKind, Lane>> = {
  entry: 'jobs',
  memory: 'jobs',
  jobs: 'jobs',
  history: 'history',
  usual: 'history',
  log: 'logs',
}

/** These answer for all jobs of a workflow: they are made once, however many of its jobs want them. */
const ofWorkflow: ReadonlySet<ReadKind> = new Set<ReadKind>(['jobs', 'history', 'usual'])

/** Makes the planned reads when they are due, a few at a time. */
export class Agenda {
  readonly #options: AgendaOptions
  /** By the read's id, in the order in which they were first wanted. */
  readonly #wanted = new Map<string, WantedRead>()
  /** The ids of the reads that a job wants, by the job's key. */
  readonly #idsOf = new Map<string, readonly string[]>()
  readonly #underWay = new Map<string, Lane>()
  readonly #taken: Record<Lane, number> = { jobs: 0, history: 0, logs: 0 }
  /** From when on a read may be made again: soon after its answer, later after a failure. Milliseconds since 1970. */
  readonly #notBefore = new Map<string, number>()
  /** How often in a row a read has failed: it is made again ever later, and nobody waits for it. */
  readonly #failures = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #whenIdle: (() => void)[] = []

  constructor(options: AgendaOptions) {
    this.#options = options
  }

  /** What is to be read about a job from now on. `run` makes what is due. */
  set({ key, workflowId }: Job, reads: readonly PlannedRead[]): void {
    const ids = reads.map(({ kind }) => `${kind} ${ofWorkflow.has(kind) ? workflowId : key}`)
    for (const id of this.#idsOf.get(key) ?? []) if (!ids.includes(id)) this.#withdraw(id, key)
    for (const [index, id] of ids.entries()) {
      const read = reads[index]
      if (read === undefined) continue
      const wanted = this.#wanted.get(id)
      if (wanted === undefined)
        this.#wanted.set(id, { kind: read.kind, workflowId, by: new Map([[key, read]]) })
      else wanted.by.set(key, read)
    }
    if (ids.length === 0) this.#idsOf.delete(key)
    else this.#idsOf.set(key, ids)
  }

  /** Nothing more is to be read about the job of this key. */
  drop(key: string): void {
    for (const id of this.#idsOf.get(key) ?? []) this.#withdraw(id, key)
    this.#idsOf.delete(key)
  }

  /** Makes what is due, and sets the timer for what is due next. */
  run(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#options.mayAsk()) this.#makeDue()
    this.#tellIdle()
  }

  /** Resolves once nothing is due or under way, or after this many milliseconds; what is due later does not count. */
  idle(withinMs: number): Promise<void> {
    if (this.#isIdle()) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs)
      this.#whenIdle.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** Forgets everything; nobody waits for the answers of what is under way. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#wanted.clear()
    this.#idsOf.clear()
    this.#notBefore.clear()
    this.#failures.clear()
    this.#resolveIdle()
  }

  /** The clock was set back by so many milliseconds. */
  moveBack(ms: number): void {
    for (const [id, at] of this.#notBefore) this.#notBefore.set(id, at - ms)
  }

  #withdraw(id: string, key: string): void {
    const wanted = this.#wanted.get(id)
    wanted?.by.delete(key)
    if (wanted?.by.size === 0) this.#wanted.delete(id)
  }

  #makeDue(): void {
    const now = Date.now()
    let nextAt = Number.POSITIVE_INFINITY
    for (const [id, wanted] of this.#wanted) {
      if (this.#isFull()) return
      if (this.#underWay.has(id)) continue
      const dueAt = this.#dueAt(id, wanted)
      if (dueAt > now) nextAt = Math.min(nextAt, dueAt)
      else if (this.#taken[laneOf[wanted.kind]] < lanes[laneOf[wanted.kind]]) void this.#make(id, wanted)
    }
    if (nextAt < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.run(), nextAt - now)
  }

  #dueAt(id: string, wanted: WantedRead): number {
    return Math.max(wantedFrom(wanted), this.#notBefore.get(id) ?? 0)
  }

  #isFull(): boolean {
    return (
      this.#taken.jobs >= lanes.jobs && this.#taken.history >= lanes.history && this.#taken.logs >= lanes.logs
    )
  }

  async #make(id: string, { kind, workflowId, by }: WantedRead): Promise<void> {
    const lane = laneOf[kind]
    this.#underWay.set(id, lane)
    this.#taken[lane] += 1
    const now = Date.now()
    const first = [...by.values()].reduce((a, b) => (b.dueAt < a.dueAt ? b : a))
    const keys = [...by].flatMap(([key, { dueAt }]) => (dueAt <= now ? key : []))
    const isAnswered = await this.#options.make({ kind, workflowId, keys, why: first.why })
    this.#underWay.delete(id)
    this.#taken[lane] -= 1
    const failures = isAnswered ? 0 : (this.#failures.get(id) ?? 0) + 1
    if (isAnswered) this.#failures.delete(id)
    else this.#failures.set(id, failures)
    this.#pause(id, isAnswered ? asking.atLeastApart : afterFailures(failures))
    this.run()
  }

  #pause(id: string, ms: number): void {
    const now = Date.now()
    if (this.#notBefore.size > asking.mostPauses)
      for (const [other, at] of this.#notBefore) if (at <= now) this.#notBefore.delete(other)
    this.#notBefore.set(id, now + ms)
  }

  #isIdle(): boolean {
    if (this.#underWay.size > 0) return false
    if (!this.#options.mayAsk()) return true
    const now = Date.now()
    for (const [id, wanted] of this.#wanted)
      if (!this.#failures.has(id) && wantedFrom(wanted) <= now) return false
    return true
  }

  #tellIdle(): void {
    if (this.#whenIdle.length > 0 && this.#isIdle()) this.#resolveIdle()
  }

  #resolveIdle(): void {
    const waiting = this.#whenIdle
    this.#whenIdle = []
    for (const resolve of waiting) resolve()
  }
}

/** From when on the first of the jobs wants it. */
function wantedFrom({ by }: WantedRead): number {
  let first = Number.POSITIVE_INFINITY
  for (const { dueAt } of by.values()) if (dueAt < first) first = dueAt
  return first
}

/** The pause after so many failures in a row. */
const afterFailures = (failures: number): number =>
  Math.min(asking.mostPause, asking.afterFailure * 2 ** (failures - 1))
