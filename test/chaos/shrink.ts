import { runDay, type DayRecord } from './day.ts'
import type { DayPlan, OfServer, PlannedIncident, PlannedStart } from './day-plan.ts'
import { type DayVerdict, judgeDay } from './judge.ts'

export interface ShrinkOptions {
  readonly judge?: (record: DayRecord) => DayVerdict
  /** No further day is begun after this time, in milliseconds by the real clock. */
  readonly withinMs: number
}

/** The smallest day found that goes wrong in the same way. */
export interface Shrunk {
  readonly plan: DayPlan
  /** What goes wrong on it. */
  readonly faults: readonly string[]
  /** How many days were run to find it. */
  readonly days: number
}

/** What went wrong on a day, each kind once: what is late is late, whatever it was. */
export function faultKinds({ starts, others }: DayVerdict): string[] {
  const kinds = starts.flatMap(({ faults, why }) =>
    faults.map((fault) => (fault === 'lost' || fault === 'wrong' ? `${fault}: ${why}` : fault)),
  )
  return [...new Set([...kinds, ...others.map(({ kind, what }) => `${kind}: ${what}`)])]
}

/** The less there is in a day, the more depends on chance, and the less each try costs: so many seeds are tried. */
const seedsTried = ({ starts }: DayPlan): number => Math.min(12, Math.max(1, Math.ceil(40 / starts.length)))

/** So far the seeds that are tried lie apart: the parts of a day have neighbouring ones. */
const seedStep = 7919

/** So long before its first event, and after its last, a day is left as it is, in milliseconds. */
const leadMs = 1000
const restMs = 10_000

const isOf =
  (workflowId: number) =>
  ({ workflow }: PlannedStart): boolean =>
    workflow.id === workflowId

/** A plan with one server less, and all that happens to it. */
function withoutServer(plan: DayPlan, place: number): DayPlan {
  const left = <Item extends OfServer>(item: Item): Item[] =>
    item.server === place ? [] : [item.server < place ? item : { ...item, server: item.server - 1 }]
  const { servers, starts, startsElsewhere, weather, incidents } = plan
  return {
    ...plan,
    servers: servers.filter((_, at) => at !== place),
    starts: starts.flatMap(left),
    startsElsewhere: startsElsewhere.flatMap(left),
    weather: weather.flatMap(left),
    incidents: incidents.flatMap((one): PlannedIncident[] => ('server' in one ? left(one) : [one])),
  }
}

class Shrinking {
  readonly #wanted: ReadonlySet<string>
  readonly #judge: (record: DayRecord) => DayVerdict
  readonly #until: number
  #best: DayPlan
  days = 0

  constructor(plan: DayPlan, wanted: readonly string[], { judge = judgeDay, withinMs }: ShrinkOptions) {
    this.#best = plan
    this.#wanted = new Set(wanted)
    this.#judge = judge
    this.#until = performance.now() + withinMs
  }

  async run(): Promise<DayPlan> {
    let before: DayPlan
    do {
      before = this.#best
      await this.#fewerServers()
      await this.#earlierEnd()
      await this.#onlyOneWorkflow()
      await this.#fewer('startsElsewhere')
      await this.#fewer('weather')
      await this.#fewer('incidents')
      await this.#fewer('starts')
      await this.#fewerActs('starts')
      await this.#fewerActs('startsElsewhere')
      await this.#shorter()
    } while (this.#best !== before && !this.#isOver)
    return this.#best
  }

  get #isOver(): boolean {
    return performance.now() > this.#until
  }

  /** What goes wrong on a day in the way that is looked for; the same day may need other luck for it. */
  async #isKept(plan: DayPlan): Promise<boolean> {
    for (let next = 0; next < seedsTried(plan) && !this.#isOver; next += 1) {
      this.days += 1
      const one = { ...plan, seed: plan.seed + next * seedStep }
      const kinds = await this.#kindsOf(one)
      if (!kinds.some((kind) => this.#wanted.has(kind))) continue
      this.#best = one
      return true
    }
    return false
  }

  async #kindsOf(plan: DayPlan): Promise<string[]> {
    try {
      return faultKinds(this.#judge(await runDay(plan)))
    } catch {
      // A day that can't be judged shows nothing.
      return []
    }
  }

  /** What happens later on the day is mostly not needed. */
  async #earlierEnd(): Promise<void> {
    for (const share of [0.25, 0.5, 0.75]) {
      const endsAt = Math.ceil(this.#best.endsAt * share)
      const until = <Item extends { readonly at: number }>(items: readonly Item[]): Item[] =>
        items.filter(({ at }) => at < endsAt)
      const { starts, startsElsewhere, weather, incidents } = this.#best
      if (until(starts).length === 0) continue
      const plan = {
        ...this.#best,
        starts: until(starts),
        startsElsewhere: until(startsElsewhere),
        weather: until(weather),
        incidents: until(incidents),
        endsAt,
      }
      if (await this.#isKept(plan)) return
    }
  }

  /** Mostly one server is enough. */
  async #fewerServers(): Promise<void> {
    for (let place = 0; place < this.#best.servers.length && !this.#isOver; ) {
      const plan = withoutServer(this.#best, place)
      if (plan.starts.length === 0 || !(await this.#isKept(plan))) place += 1
    }
  }

  /** Mostly one workflow is enough. */
  async #onlyOneWorkflow(): Promise<void> {
    const ids = new Set(this.#best.starts.map(({ workflow }) => workflow.id))
    if (ids.size < 2) return
    const plan = this.#best
    for (const id of ids) {
      const starts = plan.starts.filter(isOf(id))
      const startsElsewhere = plan.startsElsewhere.filter(isOf(id))
      if (await this.#isKept({ ...plan, starts, startsElsewhere })) return
    }
  }

  /** Leaves out ever smaller parts of a list (delta debugging). */
  async #fewer(field: 'starts' | 'startsElsewhere' | 'weather' | 'incidents'): Promise<void> {
    for (let size = this.#best[field].length; size >= 1 && !this.#isOver; size = Math.floor(size / 2)) {
      for (let from = 0; from < this.#best[field].length && !this.#isOver; ) {
        const plan = this.#best
        const rest = plan[field].filter((_, place) => place < from || place >= from + size)
        const isEmpty = field === 'starts' && rest.length === 0
        if (isEmpty || !(await this.#isKept({ ...plan, [field]: rest }))) from += size
      }
    }
  }

  async #fewerActs(field: 'starts' | 'startsElsewhere'): Promise<void> {
    for (let place = 0; place < this.#best[field].length; place += 1) {
      for (let act = 0; act < (this.#best[field][place]?.acts.length ?? 0) && !this.#isOver; ) {
        const plan = this.#best
        const starts = plan[field].map((start, at) =>
          at === place ? { ...start, acts: start.acts.filter((_, one) => one !== act) } : start,
        )
        if (!(await this.#isKept({ ...plan, [field]: starts }))) act += 1
      }
    }
  }

  /** Nothing before the first event, and nothing after the last. */
  async #shorter(): Promise<void> {
    const { starts, startsElsewhere, weather, incidents } = this.#best
    const begins = [...starts, ...startsElsewhere, ...weather, ...incidents].map(({ at }) => at)
    const earlierMs = Math.min(...begins) - leadMs
    const endsAt = Math.max(...begins, ...[...weather, ...incidents].map(({ at, lastsMs }) => at + lastsMs))
    const plan = { ...this.#best, endsAt: Math.min(this.#best.endsAt, endsAt + restMs) }
    if (plan.endsAt < this.#best.endsAt) await this.#isKept(plan)
    if (earlierMs <= 0) return
    const earlier = <Item extends { readonly at: number }>(items: readonly Item[]): Item[] =>
      items.map((item) => ({ ...item, at: item.at - earlierMs }))
    await this.#isKept({
      ...this.#best,
      starts: earlier(starts),
      startsElsewhere: earlier(startsElsewhere),
      weather: earlier(weather),
      incidents: earlier(incidents),
      endsAt: this.#best.endsAt - earlierMs,
    })
  }
}

/** Makes a day that went wrong smaller for as long as the same kind of fault is left, within a time. */
export async function shrink(
  plan: DayPlan,
  faults: readonly string[],
  options: ShrinkOptions,
): Promise<Shrunk> {
  const shrinking = new Shrinking(plan, faults, options)
  const smallest = await shrinking.run()
  const left = faultKinds((options.judge ?? judgeDay)(await runDay(smallest)))
  return { plan: smallest, faults: left, days: shrinking.days }
}
