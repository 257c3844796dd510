import { describe, expect, it } from 'vitest'
import { serverWith, workflowWith } from '../../app-state.ts'
import {
  foundWorkflows,
  orderedWorkflows,
  serverWorkflows,
} from '../../../../src/renderer/jobs/workflow-order.ts'

const workflowNames = ['Task 10', 'Task 2', 'Überweisung', 'Export of orders']
const workflows = serverWorkflows([
  serverWith({ workflows: workflowNames.map((name, index) => workflowWith({ id: index + 1, name })) }),
])
const found = (search: string, favourites: number[] = []): string[] =>
  foundWorkflows(
    orderedWorkflows(workflows, new Set(favourites.map((id) => `${id} server`)), 'en'),
    search,
    'en',
  ).map(({ workflow }) => workflow.name)

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

  it('keeps workflows of the same number on two servers apart', () => {
    const both = serverWorkflows(
      ['a', 'b'].map((id) =>
        serverWith({ id, name: id, workflows: [workflowWith({ id: 1, name: 'Ping' })] }),
      ),
    )
    const order = orderedWorkflows(both, new Set(['1 b']), 'en').map(({ server }) => server.name)
    expect(order).toEqual(['b', 'a'])
  })
})
