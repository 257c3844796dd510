import { quarterHour } from '../wexflow/server-clock.ts'

/**
 * How a server's own clock stands to this machine's. A server writes its local time without a zone; what it wrote between
 * two readings tells by how much that differs.
 */

const minute = 60_000

/** Readings that are further apart tell too little. */
const mostApart = 3 * minute
/** Clocks differ by a zone, which is so many quarters of an hour, and by no more than this; else they are wrong. */
const usualError = 2 * minute

/** What the list of workflows said. */
export interface Reading {
  /** When it came, in milliseconds since 1970. */
  readonly at: number
  /** When each workflow last began, by the server's clock, null where it has not; by the workflow's id. */
  readonly lastStarts: ReadonlyMap<number, number | null>
}

/**
 * What has to be added to this machine's time for the server's local time, in milliseconds; null where no workflow began
 * between the two readings.
 */
export function offsetFrom(before: Reading, now: Reading): number | null {
  if (now.at - before.at > mostApart) return null
  const fresh = [...now.lastStarts].flatMap(([id, lastStart]) => {
    const known = before.lastStarts.get(id)
    // One that was not listed before may have begun at any time.
    return lastStart !== null && known !== undefined && lastStart > (known ?? 0) ? lastStart : []
  })
  if (fresh.length === 0) return null
  const offset = Math.max(...fresh) - (before.at + now.at) / 2
  const zone = Math.round(offset / quarterHour) * quarterHour
  return Math.abs(offset - zone) <= usualError ? zone : offset
}

/** By how much this machine's local time was ahead of UTC at a moment. */
const ownOffset = (at: number): number => -new Date(at).getTimezoneOffset() * minute

/** Whether the server's clock shows this machine's local time: then it is set for summer time when this one is. */
export const isOwnZone = (offset: number, now: number): boolean => offset === ownOffset(now)

/** A time of the server's clock on this machine's, in milliseconds since 1970. */
export function ownTimeOf(serverTime: number, offset: number, now: number): number {
  if (!isOwnZone(offset, now)) return serverTime - offset
  const shown = new Date(serverTime)
  return new Date(
    shown.getUTCFullYear(),
    shown.getUTCMonth(),
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
  ).getTime()
}
