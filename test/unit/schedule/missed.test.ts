import { describe, expect, it, test } from 'vitest'
import { type Expected, missedRun } from '../../../src/main/schedule/missed.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (text: string): number => Date.parse(`2026-11-${text}Z`)

const nightly: Expected = {
  schedule: { kind: 'cron', expression: '0 0 2 * * ?' },
  lastStart: at('25T02:00:01'),
  since: at('25T12:00'),
  isZoneKnown: true,
  awayUntil: null,
}
const due = at('26T02:00')

describe('a nightly run', () => {
  it('is missing once it has not come for an hour, which is less than a tenth of a day', () => {
    expect(missedRun(nightly, due + hour - 1)).toBeNull()
    expect(missedRun(nightly, due + hour)).toBe(due)
  })

  it('is missing also where the workflow has never run', () => {
    expect(missedRun({ ...nightly, lastStart: null }, due + hour)).toBe(due)
  })

  test.each<[what: string, part: Partial<Expected>]>([
    ['has come', { lastStart: due + 1000 }],
    ['has come, by a record without parts of a second', { lastStart: due - 1000 }],
    ['was due before the server was watched', { since: due + 1 }],
  ])('is not missing where it %s', (_what, part) => {
    expect(missedRun({ ...nightly, ...part }, due + 2 * hour)).toBeNull()
  })

  it('is missing also where it was due as the server came to be watched', () => {
    expect(missedRun({ ...nightly, since: due }, due + hour)).toBe(due)
  })

  it('is missing no sooner than five minutes after a server that was away is back', () => {
    const awayUntil = due + 3 * hour
    expect(missedRun({ ...nightly, awayUntil }, awayUntil + 5 * minute - 1)).toBeNull()
    expect(missedRun({ ...nightly, awayUntil }, awayUntil + 5 * minute)).toBe(due)
  })

  it('is given an hour more where the server’s clock may have been set for summer time', () => {
    const foreign = { ...nightly, isZoneKnown: false }
    expect(missedRun(foreign, due + 65 * minute - 1)).toBeNull()
    expect(missedRun(foreign, due + 65 * minute)).toBe(due)
  })
})

test.each([
  ['each minute', minute, 5 * minute],
  ['each hour', hour, 6 * minute],
  ['each day', day, hour],
])('a run that comes %s is missing after its grace', (_what, ms, grace) => {
  const schedule = { kind: 'period', ms } as const
  const lastStart = at('26T00:00')
  const periodic: Expected = { schedule, lastStart, since: lastStart, isZoneKnown: true, awayUntil: null }
  expect(missedRun(periodic, lastStart + ms + grace - 1)).toBeNull()
  expect(missedRun(periodic, lastStart + ms + grace)).toBe(lastStart + ms)
})
