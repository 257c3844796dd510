import { describe, expect, it } from 'vitest'
import { anchorAt, anchorShift } from '../../../../src/renderer/jobs/list-anchor.ts'

const rows = (keys: string): { key: string }[] => Array.from(keys, (key) => ({ key }))
const shift = (before: string, after: string, scrollTop: number): number =>
  anchorShift(anchorAt(rows(before), scrollTop, 10), rows(after), 10)

describe('the list keeps still', () => {
  it.each([
    ['new rows push the others down at the very top', 'abcd', 'xyabcd', 0, 0],
    ['not while something else is looked at', 'abcd', 'xyabcd', 15, 20],
    ['rows that go above leave it there too', 'abcd', 'bcd', 25, -10],
    ['what happens below moves nothing', 'abcd', 'abc', 15, 0],
    ['a row that is gone holds nothing', 'abcd', 'acd', 15, 0],
    ['an overshoot holds nothing', 'ab', 'xab', 100, 0],
  ] as const)('%s', (_name, before, after, scrollTop, pixels) => {
    expect(shift(before, after, scrollTop)).toBe(pixels)
  })
})
