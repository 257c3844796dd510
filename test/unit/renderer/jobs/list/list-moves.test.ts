import { describe, expect, it } from 'vitest'
import { movedIndex } from '../../../../../src/renderer/jobs/list/list-moves.ts'

describe('movedIndex', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 3, 4],
    ['ArrowDown', 19, 19],
    ['ArrowUp', -1, 19],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['PageDown', 3, 8],
    ['PageDown', 17, 19],
    ['PageUp', 3, 0],
    ['Home', 12, 0],
    ['End', -1, 19],
    ['a', 3, null],
    ['toString', 3, null],
  ] as const)('%s at %i of 20: %s', (key, index, moved) => {
    expect(movedIndex(key, index, 20, 5)).toBe(moved)
  })

  it('moves nowhere in an empty list', () => {
    expect(movedIndex('Home', -1, 0, 5)).toBeNull()
  })

  it('moves by one row in a list lower than a row', () => {
    expect(movedIndex('PageDown', 3, 20, 0)).toBe(4)
  })
})
