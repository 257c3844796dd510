import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import { isOwnZone, offsetFrom, ownTimeOf, type Reading } from '../../../src/main/schedule/server-offset.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.UTC(2026, 10, 26, 4)

const reading = (at: number, ...starts: readonly (readonly [number, number | null])[]): Reading => ({
  at,
  lastStarts: new Map(starts),
})

describe('the offset of a server’s clock', () => {
  test.each([
    [0, 0],
    [5.5 * hour, 5.5 * hour],
    [-8 * hour, -8 * hour],
    // It goes half a minute wrong.
    [hour + 30_000, hour],
    // It goes so wrong that it is no zone.
    [hour + 7 * minute, hour + 7 * minute],
  ])('of %i ms is learnt from what began between two readings', (offset, known) => {
    const before = reading(now, [1, now + offset - 24 * hour], [2, null])
    expect(offsetFrom(before, reading(now + minute, [1, now + offset + 30_000], [2, null]))).toBe(known)
    expect(offsetFrom(before, reading(now + minute, [1, null], [2, now + offset + 30_000]))).toBe(known)
  })

  test.each([
    ['nothing began', reading(now + minute, [1, now - hour])],
    ['a workflow is new in the list', reading(now + minute, [1, now - hour], [3, now - 30 * minute])],
    ['the readings are far apart', reading(now + 4 * minute, [1, now + minute])],
    ['the server has restarted', reading(now + minute, [1, null])],
  ])('is not learnt where %s', (_why, later) => {
    expect(offsetFrom(reading(now, [1, now - hour]), later)).toBeNull()
  })
})

describe('a time of the server’s clock', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Copenhagen')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('in another zone is so much off', () => {
    expect(isOwnZone(0, now)).toBe(false)
    expect(ownTimeOf(Date.UTC(2026, 10, 27, 2), 0, now)).toBe(Date.UTC(2026, 10, 27, 2))
  })

  it('in this machine’s zone follows its summer time', () => {
    expect(isOwnZone(hour, now)).toBe(true)
    expect(ownTimeOf(Date.UTC(2026, 10, 27, 2), hour, now)).toBe(Date.UTC(2026, 10, 27, 1))
    expect(ownTimeOf(Date.UTC(2027, 5, 27, 2), hour, now)).toBe(Date.UTC(2027, 5, 27, 0))
  })
})
