import { canonical } from './canonical.ts'
import { modelClock, type ModelClock } from './clock.ts'
import { wrongNow } from './properties.ts'
import { comeToRest } from './quiescence.ts'
import type { WorkflowKind } from './server-model.ts'
import { type FaultKind, newWorld, World, type WorldState } from './world.ts'

/** Goes through every order of events, the shortest first, and looks whether what has to hold does. */

export interface SearchOptions {
  readonly workflow: WorkflowKind
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

interface Node {
  readonly state: WorldState
  readonly depth: number
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
  const queue: Node[] = [
    { state: new World(newWorld(options.workflow), clock).save(), depth: 0, trace: null },
  ]
  const found = (isWhole: boolean, deepest: number): Found => ({
    states: seen.size,
    depth: deepest,
    isWhole,
    violations: [...violations.values()],
  })
  const report = (wrong: readonly string[], trace: Trace | null): void => {
    for (const what of wrong) if (!violations.has(what)) violations.set(what, { what, trace: namesOf(trace) })
  }
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at]
    if (node === undefined) break
    // What was gone through is not needed any more.
    queue[at] = { ...node, trace: null }
    if (at % 1000 === 0) onProgress?.(found(false, node.depth))
    if (violations.size >= mostViolations) return found(false, node.depth)
    if (node.depth >= depth) continue
    for (const name of namesOfEvents(node.state, options, clock)) {
      const world = new World(node.state, clock)
      const event = world.events().find((one) => one.name === name)
      if (event === undefined) throw new Error(`the model is not the same twice: ${name}`)
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
      const isRested = (one: string): boolean => {
        const isKnown = rested.has(one)
        rested.add(one)
        return isKnown
      }
      const rest = await comeToRest(world, isRested)
      report(rest.wrong, trace)
      queue.push({ state, depth: node.depth + 1, trace })
    }
  }
  return found(true, depth)
}

function namesOfEvents(state: WorldState, options: SearchOptions, clock: ModelClock): string[] {
  const isAllowed = (fault: FaultKind | null): boolean =>
    fault === null ||
    (options.faults.includes(fault) &&
      state.faults.length < options.mostFaults &&
      !state.faults.includes(fault))
  return new World(state, clock)
    .events()
    .filter(({ fault }) => isAllowed(fault))
    .map(({ name }) => name)
}

/** What becomes of one order of events, told by their names, and of the rest that follows. */
export async function replay(
  workflow: WorkflowKind,
  names: readonly string[],
): Promise<{
  readonly wrong: readonly string[]
  readonly trace: readonly string[]
  readonly world: WorldState
}> {
  const clock = modelClock()
  try {
    const world = new World(newWorld(workflow), clock)
    for (const name of names) {
      const event = world.events().find((one) => one.name === name)
      if (event === undefined)
        throw new Error(
          `“${name}” can't happen here; what can: ${world
            .events()
            .map((one) => one.name)
            .join(', ')}`,
        )
      await world.perform(event)
    }
    const { wrong, trace } = await comeToRest(world, () => false, true)
    return { wrong, trace, world: world.save() }
  } finally {
    clock.remove()
  }
}
