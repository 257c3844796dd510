import { expect, it } from 'vitest'
import { startableOf } from '../../../../../src/renderer/jobs/overview/starts.ts'
import { serverWorkflows } from '../../../../../src/renderer/jobs/workflow-order.ts'
import { serverWith, workflowWith } from '../../../app-state.ts'

it('favourites come by name, apart from the others, and what is disabled is neither', () => {
  const workflows = [
    workflowWith({ id: 1, name: 'Task 10', isFavourite: true }),
    workflowWith({ id: 2, name: 'Ping' }),
    workflowWith({ id: 3, name: 'Task 2', isFavourite: true }),
    workflowWith({ id: 4, name: 'Off', isEnabled: false }),
    workflowWith({ id: 5, name: 'Off too', isEnabled: false, isFavourite: true }),
  ]
  const { favourites, others } = startableOf(serverWorkflows([serverWith({ workflows })]), 'en')
  expect(favourites.map(({ workflow }) => workflow.name)).toEqual(['Task 2', 'Task 10'])
  expect([...others.values()].map(({ workflow }) => workflow.name)).toEqual(['Ping'])
})
