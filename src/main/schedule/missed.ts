import type { Schedule } from '../wexflow/server.ts'
import { lastUpTo, nextAfter } from './occurrences.ts'

/** When a run counts as one that did not come. All times are of the server's own clock, in milliseconds. */

const minute = 60_000

/** A run may come late by this share of the time to the next one, */
const graceShare = 0.1
/** but is given no less time than this, */
const leastGrace = 5 * minute
/** and no more. */
const mostGrace = 60 * minute
/** Where the server's zone is not known: its clock may have been set for summer time since it was learnt. */
const zoneGrace = 65 * minute
/** A server begins none before it is due; some databases keep no parts of a second. */
const early = 1000

export interface Expected {
  readonly schedule: Schedule
  /** When its workflow last began; null where it has not in this run of the server. */
  readonly lastStart: number | null
  /** From when on the server was watched, with this schedule, without a break. */
  readonly since: number
  readonly isZoneKnown: boolean
  /** Until when the server was away, or had been restarted, the last time; null where it was not. */
  readonly awayUntil: number | null
}

/** When the run was due that has not come by now; null where none is missing. */
export function missedRun(expected: Expected, now: number): number | null {
  const { schedule, lastStart, since, isZoneKnown, awayUntil } = expected
  // One that was only frozen may begin what was due meanwhile.
  if (awayUntil !== null && now - awayUntil < leastGrace) return null
  const atLeast = isZoneKnown ? leastGrace : zoneGrace
  const latestDue = now - atLeast
  // Whichever run was due by then has come.
  if (hasCome(latestDue, lastStart)) return null
  const due = lastUpTo(schedule, latestDue, lastStart)
  if (due === null || due < since || hasCome(due, lastStart)) return null
  const next = nextAfter(schedule, due, lastStart) ?? due
  const grace = Math.max(atLeast, Math.min(mostGrace, (next - due) * graceShare))
  return now - due >= grace ? due : null
}

/** Whether a workflow that last began then has had its run that was due. */
export const hasCome = (due: number, lastStart: number | null): boolean =>
  lastStart !== null && lastStart >= due - early
