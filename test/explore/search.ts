import { deserialize, serialize } from 'node:v8'
import type { Job } from '../../src/main/tracking/job.ts'
import { canonical } from './canonical.ts'
import { modelClock, type ModelClock } from './clock.ts'
import { type Event, eventsOf } from './events.ts'
import { wrongNow } from './properties.ts'
import { comeToRest } from './quiescence.ts'
import type { Database, WorkflowKind } from './server-model.ts'
import { type FaultKind, newWorld, World, type WorldState } from './world.ts'

/** Goes through every order of events, the shortest first, and looks whether what has to hold does. */

export interface SearchOptions {
  readonly workflow: WorkflowKind
  readonly database: Database
  /** The events that every order begins with; the depth is counted from there. */
  readonly after: readonly string[]
  /** The longest order of events. */
  readonly depth: number
  /** How much may go wrong in one order, each kind once. */
  readonly mostFaults: number
  /** Those that can happen. */
  readonly faults: readonly FaultKind[]
  /** Stops after so many different violations. */
  readonly mostViolations: number
  /** Called now and then. */
  readonly onProgress?: (found: Found) => void
}

/** What is wrong, and the shortest order of events that leads there. */
export interface Violation {
  readonly what: string
  readonly trace: readonly string[]
}

export interface Found {
  readonly states: number
  /** The longest order of events that was gone through. */
  readonly depth: number
  /** Whether every order up to that depth was. */
  readonly isWhole: boolean
  readonly violations: readonly Violation[]
}

/** A state that is to be gone on from, as bytes: many of them wait, and are not to be gone through by each collection. */
interface Node {
  readonly state: Buffer
  readonly trace: Trace | null
}

/** The last event, and those before it. */
interface Trace {
  readonly name: string
  readonly before: Trace | null
}

const namesOf = (trace: Trace | null): string[] =>
  trace === null ? [] : [...namesOf(trace.before), trace.name]

/** Explores. The process has another clock meanwhile. */
export async function explore(options: SearchOptions): Promise<Found> {
  const clock = modelClock()
  try {
    return await exploreWith(options, clock)
  } finally {
    clock.remove()
  }
}

async function exploreWith(options: SearchOptions, clock: ModelClock): Promise<Found> {
  const { depth, mostViolations, onProgress } = options
  const seen = new Set<string>()
  const rested = new Set<string>()
  const violations = new Map<string, Violation>()
  const first = new World(newWorld(options.workflow, options.database), clock)
  await performAll(first, options.after)
  const before = options.after.reduce<Trace | null>((trace, name) => ({ name, before: trace }), null)
  let layer: Node[] = [{ state: serialize(first.save()), trace: before }]
  const found = (isWhole: boolean, deepest: number): Found => ({
    states: seen.size,
    depth: deepest,
    isWhole,
    violations: [...violations.values()],
  })
  const report = (wrong: readonly string[], trace: Trace | null): void => {
    for (const what of wrong) if (!violations.has(what)) violations.set(what, { what, trace: namesOf(trace) })
  }
  const isRested = (key: string): boolean => {
    const isKnown = rested.has(key)
    rested.add(key)
    return isKnown
  }
  for (let reached = 0; reached < depth; reached += 1) {
    const next: Node[] = []
    for (const [at, node] of layer.entries()) {
      if (at % 100 === 0) onProgress?.(found(false, reached))
      if (violations.size >= mostViolations) return found(false, reached)
      const from = stateOf(node)
      for (const [index, name] of namesOfEvents(from, options, clock)) {
        const world = new World(from, clock)
        const event = eventsOf(world)[index]
        if (event?.name !== name) throw new Error(`the model is not the same twice: ${name}`)
        await world.perform(event)
        const state = world.save()
        const key = canonical(state)
        if (seen.has(key)) continue
        seen.add(key)
        const trace = { name, before: node.trace }
        const wrong = [...world.wrong, ...wrongNow(world.server, world.jobs)]
        report(wrong, trace)
        // What is wrong already need not be gone on with.
        if (wrong.length > 0) continue
        const rest = await comeToRest(world, isRested)
        report(rest.wrong, trace)
        if (reached + 1 < depth) next.push({ state: serialize(state), trace })
      }
    }
    layer = next
  }
  return found(true, depth)
}

/** What was written by this process is read as it was written. */
const stateOf = ({ state }: Node): WorldState => {
  const read: WorldState = deserialize(state)
  return read
}

/** The events that can happen, by their places among all. */
function namesOfEvents(state: WorldState, options: SearchOptions, clock: ModelClock): [number, string][] {
  const isAllowed = ({ faults }: Event): boolean =>
    state.faults.length + faults.length <= options.mostFaults &&
    faults.every((fault) => options.faults.includes(fault) && !state.faults.includes(fault))
  return eventsOf(new World(state, clock)).flatMap((event, index): [number, string][] =>
    isAllowed(event) ? [[index, event.name]] : [],
  )
}

/** Lets events happen, told by their names. Rejects where one of them can't. */
async function performAll(world: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const events = eventsOf(world)
    const event = events.find((one) => one.name === name)
    if (event === undefined)
      throw new Error(`“${name}” can’t happen here; what can: ${events.map((one) => one.name).join(', ')}`)
    await world.perform(event)
  }
}

/** What became of one order of events. */
export interface Replayed {
  readonly wrong: readonly string[]
  /** What followed, where nothing more went wrong. */
  readonly trace: readonly string[]
  readonly jobs: readonly Job[]
}

/** Plays one order of events, told by their names, and the rest that follows. Rejects where one of them can't happen. */
export async function replay(
  workflow: WorkflowKind,
  names: readonly string[],
  database: Database = 'sqlite',
): Promise<Replayed> {
  const clock = modelClock()
  try {
    const world = new World(newWorld(workflow, database), clock)
    await performAll(world, names)
    const { wrong, trace } = await comeToRest(world, () => false, true)
    return { wrong, trace, jobs: world.jobs }
  } finally {
    clock.remove()
  }
}
