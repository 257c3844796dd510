import { expect, it } from 'vitest'
import { hasWorked, median, usualOf, workflowKeyOf } from '../../../src/shared/usual.ts'
import { outcomes } from '../../../src/shared/outcome.ts'
import { viewIn } from '../job-view.ts'

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

it('what a job usually takes is said unless it waits for a person', () => {
  const usual = new Map([['1 server', 5000]])
  const known = (['running', 'suspended', 'waiting'] as const).map((phase) => usualOf(viewIn(phase), usual))
  expect(known).toEqual([5000, 5000, null])
  expect(usualOf(viewIn('running', { workflowId: 2 }), usual)).toBeNull()
})
