import { describe, expect, it } from 'vitest'
import { foundWorkflows } from '../../../../src/renderer/jobs/workflow-order.ts'

const workflows = ['Task 10', 'Task 2', 'Überweisung', 'Export of orders'].map((name, index) => ({
  id: index + 1,
  name,
  description: '',
  isEnabled: true,
  isApproval: false,
  isFavourite: false,
}))
const found = (search: string, favourites: number[] = []): string[] =>
  foundWorkflows(workflows, new Set(favourites), search, 'en').map(({ name }) => name)

describe('foundWorkflows', () => {
  it('sorts as people count, favourites first', () => {
    expect(found('', [4])).toEqual(['Export of orders', 'Task 2', 'Task 10', 'Überweisung'])
  })

  it.each([
    [' TASK ', ['Task 2', 'Task 10']],
    ['orders exp', ['Export of orders']],
    ['über', ['Überweisung']],
    ['nothing', []],
  ])('finds %j', (search, names) => {
    expect(found(search)).toEqual(names)
  })
})
