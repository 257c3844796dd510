import { watchedTold } from './watched.ts'
import type { JudgedDay } from './chaos.ts'
import type { Disturbance } from './diary.ts'
import type { Verdict } from './judge.ts'
import { isAwayWeather } from './weather.ts'

/** What a run has found, as it stands in the file of `--json`. Times in milliseconds. */
export interface Totals {
  readonly seed: number
  /** Starts that a person asked for. */
  readonly jobs: number
  readonly told: number
  readonly lost: number
  /** The desktop refused it, and it was not told again. */
  readonly refused: number
  readonly wrong: number
  /** Told twice without a crash of the app in between. */
  readonly duplicated: number
  readonly late: number
  /** What is wrong with how it was told that servers are away, or back. */
  readonly outage: number
  /** Times in which somebody in a server's place was asked too much. */
  readonly hammered: number
  /** Notices that servers are away, or back. */
  readonly outagesTold: number
  /** Requests that somebody answered in a server's place. */
  readonly strangersAsked: number
  /** Told as unknown; those that the simulation does not mark as hidden are `wrong` as well. */
  readonly unknown: number
  /** Starts of which the simulation marks that the app can't find out what became of them: by why, what they were told as. */
  readonly hidden: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Told otherwise before, and put right. */
  readonly corrected: number
  /** A job of somebody else was taken for the start, and said to be possibly that. */
  readonly others: number
  /** Runs that others began, and that were told as such. */
  readonly watched: number
  /** Errors that nobody caught. */
  readonly errors: number
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly faults: Readonly<Record<string, number>>
  readonly virtualMs: number
  readonly wallMs: number
}

/** Adds day after day up. */
export class Tally {
  readonly #latencies: number[] = []
  readonly #faults = new Map<string, number>()
  readonly #hidden = new Map<string, Map<string, number>>()
  readonly #found = {
    jobs: 0,
    told: 0,
    lost: 0,
    refused: 0,
    wrong: 0,
    duplicated: 0,
    late: 0,
    outage: 0,
    hammered: 0,
  }
  readonly #kinds = { unknown: 0, corrected: 0, others: 0, watched: 0, outagesTold: 0, strangersAsked: 0 }
  #virtualMs = 0

  add({ record, verdict }: JudgedDay): void {
    for (const start of verdict.starts) this.#addStart(start)
    for (const { kind } of verdict.others) this.#found[kind] += 1
    this.#kinds.watched += watchedTold(record)
    this.#kinds.outagesTold += record.toasts.filter(({ id }) => id.startsWith('server:')).length
    for (const { strangersMet, sim } of record.servers) {
      this.#kinds.strangersAsked += strangersMet.length
      for (const [kind, count] of sim.faults.injected) addTo(this.#faults, kind, count)
    }
    for (const [kind, count] of record.incidents) addTo(this.#faults, kind, count)
    for (const { kind } of record.disturbances) if (isOfTheWay(kind)) addTo(this.#faults, kind, 1)
    this.#virtualMs += record.virtualMs
  }

  totals(seed: number, errors: number, wallMs: number): Totals {
    const sorted = [...this.#latencies].sort((a, b) => a - b)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
    return {
      seed,
      ...this.#found,
      ...this.#kinds,
      hidden: Object.fromEntries([...this.#hidden].map(([why, told]) => [why, Object.fromEntries(told)])),
      errors,
      latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
      faults: Object.fromEntries([...this.#faults].sort(([a], [b]) => a.localeCompare(b))),
      virtualMs: this.#virtualMs,
      wallMs: Math.round(wallMs),
    }
  }

  #addStart({ faults, tellings, told, hiddenBecause, isCorrected, isOthers, latencyMs }: Verdict): void {
    this.#found.jobs += 1
    if (tellings.length > 0) this.#found.told += 1
    for (const fault of faults) this.#found[fault] += 1
    if (told === 'unknown') this.#kinds.unknown += 1
    if (hiddenBecause !== null) {
      const toldAs = this.#hidden.get(hiddenBecause) ?? new Map<string, number>()
      addTo(toldAs, told ?? 'nothing', 1)
      this.#hidden.set(hiddenBecause, toldAs)
    }
    if (isCorrected) this.#kinds.corrected += 1
    if (isOthers) this.#kinds.others += 1
    if (latencyMs !== null) this.#latencies.push(latencyMs)
  }
}

function addTo(counts: Map<string, number>, kind: string, count: number): void {
  counts.set(kind, (counts.get(kind) ?? 0) + count)
}

/** Weather of the way to a server, which the simulated server does not count. */
const isOfTheWay = (kind: Disturbance['kind']): boolean =>
  kind === 'limitedConnections' || isAwayWeather(kind)

/** Whether nothing that must not happen has happened. */
export const isClean = (totals: Totals): boolean => {
  const { lost, refused, wrong, duplicated, late, outage, hammered, errors } = totals
  return lost + refused + wrong + duplicated + late + outage + hammered + errors === 0
}
