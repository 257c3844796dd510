import { Cron } from 'croner'
import type { Schedule } from '../wexflow/server.ts'

/**
 * When a workflow's schedule has it run. All times are of the server's own clock (wexflow/server-clock.ts): its local
 * time, as milliseconds since 1970 that are read as if it showed UTC.
 */

/** Quartz counts the days of the week from Sunday as 1, and takes `5/10` without a range. */
const quartz = { paused: true, timezone: 'UTC', alternativeWeekdays: true, sloppyRanges: true } as const

/** Parsed once; null for an expression that can't be read. */
const parsed = new Map<string, Cron | null>()
const mostParsed = 1000

function cronOf(expression: string): Cron | null {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  const cron = parse(expression)
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(expression, cron)
  return cron
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
  if (schedule.kind === 'cron')
    return cronOf(schedule.expression)?.nextRun(new Date(after))?.getTime() ?? null
  if (lastStart === null) return null
  const periods = Math.max(1, Math.floor((after - lastStart) / schedule.ms) + 1)
  return lastStart + periods * schedule.ms
}

/** The last run that was due by a moment; null where there is none. */
export function lastUpTo(schedule: Schedule, upTo: number, lastStart: number | null): number | null {
  if (schedule.kind === 'cron') {
    // To the second, as cron expressions are, and with that second.
    const beyond = new Date(Math.floor(upTo / 1000) * 1000 + 1000)
    return cronOf(schedule.expression)?.previousRuns(1, beyond)[0]?.getTime() ?? null
  }
  if (lastStart === null) return null
  const periods = Math.floor((upTo - lastStart) / schedule.ms)
  return periods < 1 ? null : lastStart + periods * schedule.ms
}
