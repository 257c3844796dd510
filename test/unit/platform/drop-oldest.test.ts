import { expect, it } from 'vitest'
import { dropOldest } from '../../../src/main/platform/drop-oldest.ts'

it('what was put in last is kept, so many of it', () => {
  const kept = new Map([1, 2, 3, 4].map((key) => [key, '']))
  dropOldest(kept, 2)
  expect([...kept.keys()]).toEqual([3, 4])
  dropOldest(kept, 2)
  expect(kept.size).toBe(2)
  const keys = new Set(['a', 'b'])
  dropOldest(keys, 0)
  expect(keys.size).toBe(0)
})
