import { Cron } from 'croner'
import type { Schedule } from '../wexflow/server.ts'

/**
 * When a workflow's schedule has it run. All times are of the server's own clock (wexflow/server-clock.ts): its local
 * time, as milliseconds since 1970 that are read as if it showed UTC.
 */

/** Quartz counts the days of the week from Sunday as 1, and takes `5/10` without a range. */
const quartz = { paused: true, timezone: 'UTC', alternativeWeekdays: true, sloppyRanges: true } as const

/** The last run up to a moment and the first one after it; null where there is none. */
interface Around {
  readonly last: number | null
  readonly next: number | null
}

const nothing: Around = { last: null, next: null }

/** A cron expression. It is asked each minute, and most have no run between: the runs found last are kept. */
class Occurrences {
  readonly #cron: Cron | null
  #found: Around | null = null

  constructor(expression: string) {
    this.#cron = parse(expression)
  }

  around(at: number): Around {
    if (this.#cron === null) return nothing
    if (this.#found !== null && isWithin(this.#found, at)) return this.#found
    // To the second, as cron expressions are, and with that second.
    const beyond = new Date(Math.floor(at / 1000) * 1000 + 1000)
    this.#found = {
      last: this.#cron.previousRuns(1, beyond)[0]?.getTime() ?? null,
      next: this.#cron.nextRun(new Date(at))?.getTime() ?? null,
    }
    return this.#found
  }
}

const isWithin = ({ last, next }: Around, at: number): boolean =>
  (last === null || last <= at) && (next === null || at < next)

/** By the expression: each is parsed once. */
const known = new Map<string, Occurrences>()
const mostKnown = 1000

function occurrencesOf(expression: string): Occurrences {
  const before = known.get(expression)
  if (before !== undefined) return before
  const occurrences = new Occurrences(expression)
  if (known.size >= mostKnown) known.clear()
  known.set(expression, occurrences)
  return occurrences
}

/** Some of Quartz is rare enough that no library reads it (`L-3`, hours from 22 to 2): nothing is said of such times. */
function parse(expression: string): Cron | null {
  try {
    return new Cron(expression, quartz)
  } catch {
    return null
  }
}

/**
 * The first run after a moment; null where there is none, or that can't be said.
 * @param lastStart when the workflow last began; null where it has not: a period is counted from then on
 */
export function nextAfter(schedule: Schedule, after: number, lastStart: number | null): number | null {
  if (schedule.kind === 'cron') return occurrencesOf(schedule.expression).around(after).next
  if (lastStart === null) return null
  const periods = Math.max(1, Math.floor((after - lastStart) / schedule.ms) + 1)
  return lastStart + periods * schedule.ms
}

/** The last run that was due by a moment; null where there is none. */
export function lastUpTo(schedule: Schedule, upTo: number, lastStart: number | null): number | null {
  if (schedule.kind === 'cron') return occurrencesOf(schedule.expression).around(upTo).last
  if (lastStart === null) return null
  const periods = Math.floor((upTo - lastStart) / schedule.ms)
  return periods < 1 ? null : lastStart + periods * schedule.ms
}
