import { describe, expect, it } from 'vitest'
import { lineSearch, nextAfter } from '../../../../../src/renderer/jobs/log/log-search.ts'

const never = (): boolean => false

describe('a search in a log', () => {
  it('finds lines whatever the case, and takes no sign for a command', () => {
    const search = lineSearch(['A (b)', 'a.b', 'axb', '[A.B]'], 'A.b')
    expect(search.lookUntil(never)).toBe(true)
    expect(search.found).toEqual([1, 3])
  })

  it('goes on where it was interrupted', () => {
    const lines = Array.from({ length: 5000 }, (_none, at) => (at % 1000 === 0 ? 'here' : 'there is none'))
    const search = lineSearch(lines, 'HERE')
    let slices = 1
    while (!search.lookUntil(() => true)) slices += 1
    expect(slices).toBeGreaterThan(5)
    expect(search.found.filter((line) => lines[line] === 'here')).toEqual([0, 1000, 2000, 3000, 4000])
  })
})

describe('the next of what was found', () => {
  it.each([
    ['the one after', 4, false, 2],
    ['the first after the last', 9, false, 0],
    ['the one before', 4, true, 0],
    ['the last before the first', 1, true, 2],
    ['from nowhere the first', -1, false, 0],
  ])('is %s', (_name, from, isBack, position) => {
    expect(nextAfter([1, 4, 9], from, isBack)).toBe(position)
  })

  it('is none where nothing was found', () => {
    expect(nextAfter([], 3, false)).toBe(-1)
  })
})
