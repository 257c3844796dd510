import { describe, expect, it } from 'vitest'
import { serverWith, workflowWith } from '../../app-state.ts'
import {
  groupedWorkflows,
  type Preferred,
  serverWorkflows,
  shownGroups,
  type WorkflowGroup,
} from '../../../../src/renderer/jobs/workflow-order.ts'

const none: Preferred = { favourites: new Set(), recent: [] }

/** Groups of a server's workflows, whose ids count from 1 in the order of their names here. */
const groupsOf = (names: readonly string[], preferred: Preferred = none): readonly WorkflowGroup[] => {
  const workflows = names.map((name, index) => workflowWith({ id: index + 1, name }))
  return groupedWorkflows(serverWorkflows([serverWith({ workflows })]), preferred, 'en')
}
const namesIn = ({ workflows }: WorkflowGroup): string[] => workflows.map(({ workflow }) => workflow.name)
const shownIn = (groups: readonly WorkflowGroup[]): (string | string[])[][] =>
  groups.map((group) => [group.word === '' ? group.kind : group.word, namesIn(group)])

describe('groupedWorkflows', () => {
  it('sorts as people count', () => {
    const names = ['Task 10', 'Task 2', 'Überweisung', 'Export of orders']
    expect(shownIn(groupsOf(names))).toEqual([
      ['others', ['Export of orders', 'Task 2', 'Task 10', 'Überweisung']],
    ])
  })

  it('begins with favourites and what was started last, each of them once', () => {
    const preferred = { favourites: new Set(['4 server']), recent: ['3 server', '1 server', '9 server'] }
    expect(shownIn(groupsOf(['a', 'b', 'c', 'd'], preferred))).toEqual([
      ['favourites', ['d']],
      ['recent', ['c', 'a']],
      ['others', ['b']],
    ])
  })

  it('puts names with the same beginning together, and those of few last', () => {
    const names = ['CRM/b', 'CRM/a', 'CRM/c', 'Ping', 'Mail_2', 'Mail_10', 'Mail_1', 'Shop_1', 'Shop_2']
    expect(shownIn(groupsOf(names))).toEqual([
      ['CRM', ['CRM/a', 'CRM/b', 'CRM/c']],
      ['Mail', ['Mail_1', 'Mail_2', 'Mail_10']],
      ['others', ['Ping', 'Shop_1', 'Shop_2']],
    ])
  })

  it('makes no groups where all names begin alike', () => {
    const names = ['Workflow_A', 'Workflow_B', 'Workflow_C', 'Ping']
    expect(shownIn(groupsOf(names))).toEqual([['others', ['Ping', 'Workflow_A', 'Workflow_B', 'Workflow_C']]])
  })

  it('keeps servers apart, and workflows of the same number on them', () => {
    const both = serverWorkflows(
      ['b', 'a', 'c'].map((id) =>
        serverWith({ id, name: id, workflows: [workflowWith({ id: 1, name: 'Ping' })] }),
      ),
    )
    const groups = groupedWorkflows(both, { favourites: new Set(['1 c']), recent: [] }, 'en')
    expect(groups.map(({ kind, server }) => [kind, server?.name])).toEqual([
      ['favourites', undefined],
      ['others', 'a'],
      ['others', 'b'],
    ])
  })
})

describe('shownGroups', () => {
  const groups = groupsOf(['Task 10', 'Task 2', 'Überweisung', 'Export of tasks'], {
    favourites: new Set(['4 server']),
    recent: [],
  })

  it.each([
    [' TASK ', ['Task 2', 'Task 10', 'Export of tasks']],
    ['tasks exp', ['Export of tasks']],
    ['über', ['Überweisung']],
  ])('finds %j in one group, first the names that begin with it', (search, names) => {
    expect(shownIn(shownGroups(groups, search, 'en').shown)).toEqual([['others', names]])
  })

  it('shows no group where nothing is found, and all where nothing is searched for', () => {
    expect(shownGroups(groups, 'nothing', 'en')).toEqual({ shown: [], hidden: 0 })
    expect(shownGroups(groups, ' ', 'en')).toEqual({ shown: groups, hidden: 0 })
  })

  it('leaves out the last ones of very many, and says how many', () => {
    const names = Array.from({ length: 250 }, (_none, at) => `${['Mail', 'Shop'][at % 2]}_${at}`)
    const { shown, hidden } = shownGroups(groupsOf(names), '', 'en')
    expect(shown.map(({ word, workflows }) => [word, workflows.length])).toEqual([
      ['Mail', 125],
      ['Shop', 75],
    ])
    expect(hidden).toBe(50)
  })
})
