import { describe, expect, it } from 'vitest'
import { arrange } from '../../../../../src/renderer/jobs/list/arrange.ts'
import {
  headingHeight,
  type Layout,
  layOut,
  rowHeights,
} from '../../../../../src/renderer/jobs/list/layout.ts'
import { anchorAt, anchorShift } from '../../../../../src/renderer/jobs/list/list-anchor.ts'
import type { Density } from '../../../../../src/shared/choices.ts'
import { viewIn } from '../../../job-view.ts'

/** A list of running jobs of these keys, newest first. */
const list = (keys: string, density: Density = 'comfortable'): Layout =>
  layOut(
    arrange(
      Array.from(keys, (key) => viewIn('running', { key })),
      { isFollowed: () => true, chip: 'all', matches: () => true, openFolds: new Set() },
    ).sections,
    density,
  )
const rowHeight = rowHeights.comfortable
const at = (row: number): number => headingHeight + row * rowHeight
const shift = (before: string, after: string, scrollTop: number): number =>
  anchorShift(anchorAt(list(before), scrollTop), list(after))

describe('the list keeps still', () => {
  it.each([
    ['new rows push the others down at the very top', 'abcd', 'xyabcd', 0, 0],
    ['not while something else is looked at', 'abcd', 'xyabcd', at(1) + 5, 2 * rowHeight],
    ['rows that go above leave it there too', 'abcd', 'bcd', at(2) + 5, -rowHeight],
    ['what happens below moves nothing', 'abcd', 'abc', at(1) + 5, 0],
    ['a row that is gone holds nothing', 'abcd', 'acd', at(1) + 5, 0],
    ['an overshoot holds nothing', 'ab', 'xab', at(10), 0],
  ] as const)('%s', (_name, before, after, scrollTop, pixels) => {
    expect(shift(before, after, scrollTop)).toBe(pixels)
  })

  it('where its rows become compact', () => {
    const anchor = anchorAt(list('abcd'), at(2))
    expect(anchorShift(anchor, list('abcd', 'compact'))).toBe(2 * (rowHeights.compact - rowHeight))
  })
})
