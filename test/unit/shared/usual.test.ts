import { expect, it } from 'vitest'
import { hasWorked, median, workflowKeyOf } from '../../../src/shared/usual.ts'
import { outcomes } from '../../../src/shared/outcome.ts'

it.each([
  [[5, 1, 9], 5],
  [[4, 2], 3],
  [[7], 7],
])('the middle one of %j is %i', (durations, middle) => {
  expect(median(durations)).toBe(middle)
})

it('only runs that did their work say how long it takes', () => {
  expect(outcomes.filter(hasWorked)).toEqual(['done', 'warning'])
})

it('a workflow is another one on each server', () => {
  const keys = [
    { serverId: 'a', workflowId: 1 },
    { serverId: 'b', workflowId: 1 },
    { serverId: 'a', workflowId: 2 },
  ].map(workflowKeyOf)
  expect(new Set(keys).size).toBe(3)
})
