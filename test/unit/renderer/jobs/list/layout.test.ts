import { expect, it } from 'vitest'
import { arrange } from '../../../../../src/renderer/jobs/list/arrange.ts'
import { headingHeight, layOut, rowAt, rowHeights } from '../../../../../src/renderer/jobs/list/layout.ts'
import { endedView, viewIn } from '../../../job-view.ts'

const end = (key: string) => endedView('done', {}, { key })
const { sections } = arrange([viewIn('running', { key: 'r' }), end('a'), end('b'), end('c')], {
  isFollowed: () => true,
  chip: 'all',
  matches: () => true,
  openFolds: new Set(),
})
const layout = layOut(sections, 'comfortable')
const rowHeight = rowHeights.comfortable

it('puts each section under the one before it', () => {
  expect(layout.sections.map(({ top, height }) => [top, height])).toEqual([
    [0, headingHeight + rowHeight],
    [headingHeight + rowHeight, headingHeight + rowHeight],
  ])
  expect(layout.height).toBe(2 * (headingHeight + rowHeight))
})

it('finds what is folded by the row of its fold', () => {
  expect(['r', 'a', 'b', 'c', 'x'].map((key) => layout.indexOf.get(key))).toEqual([0, 1, 1, 1, undefined])
})

it('finds the row at a place; a heading belongs to the row below it', () => {
  const second = layout.rows[1]?.top ?? 0
  expect(
    [0, headingHeight, second - 1, second, second + rowHeight - 1, second + rowHeight].map((y) =>
      rowAt(layout, y),
    ),
  ).toEqual([0, 0, 1, 1, 1, 2])
  expect(rowAt(layOut([], 'comfortable'), 5)).toBe(0)
})

it('takes less room where rows are compact', () => {
  const compact = layOut(sections, 'compact')
  expect(compact.height).toBe(2 * (headingHeight + rowHeights.compact))
  expect(rowAt(compact, headingHeight + rowHeights.compact)).toBe(1)
})
