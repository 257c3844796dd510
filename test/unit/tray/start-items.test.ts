import { describe, expect, test } from 'vitest'
import type { TrayFacts } from '../../../src/main/tray/menu-facts.ts'
import { menuModel } from '../../../src/main/tray/menu-model.ts'
import type { JobView } from '../../../src/shared/job-view.ts'
import { stateWith, workflowWith } from '../app-state.ts'
import { endedView, viewIn } from '../job-view.ts'
import { commandsIn, factsWith, type Sight, sight } from './menu-sight.ts'

describe('the workflows', () => {
  test('are not said to be none before the server has told them', () => {
    const state = stateWith({ link: 'connecting', workflowsKnown: false })
    expect(sight({ state })).toContainEqual({ 'Start workflow': ['[Workflows are not known yet]'] })
  })

  test('are in the order of their names, as people count', () => {
    const names = ['Step 10', 'ärger', 'Step 9', 'zoo', 'Apfel']
    const workflows = names.map((name, id) => workflowWith({ id, name }))
    expect(sight({ state: stateWith({ workflows }) })).toContainEqual({
      'Start workflow': ['Apfel', 'ärger', 'Step 9', 'Step 10', 'zoo'],
    })
  })

  test('of the same name are told apart by their ids, and each starts its own', () => {
    const workflows = [8, 7].map((id) => workflowWith({ id, name: 'Export' }))
    const commands = commandsIn(menuModel(factsWith({ state: stateWith({ workflows }) })))
    expect(commands.get('Start workflow > Export (7)')).toEqual({
      kind: 'startWorkflow',
      serverId: 'server',
      workflowId: 7,
    })
    expect(commands.get('Start workflow > Export (8)')).toEqual({
      kind: 'startWorkflow',
      serverId: 'server',
      workflowId: 8,
    })
  })

  test('keep their & in a menu, where a single one marks a key', () => {
    const workflows = [workflowWith({ id: 1, name: 'Müller & Söhne <日本>', isFavourite: true })]
    const jobs = [viewIn('running', { jobId: 'a', workflowName: 'A & B' })]
    const menu = sight({ state: stateWith({ workflows }), jobs })
    expect(menu).toContain('Müller && Söhne <日本>')
    expect(menu).toContainEqual({ 'A && B – Running': ['Suspend', 'Stop', 'Show'] })
  })
})

/** Ended jobs of these workflows, newest first. */
const started = (ids: readonly number[], origin: JobView['origin'] = 'app'): JobView[] =>
  ids.map((workflowId) => endedView('done', {}, { key: `${workflowId}`, workflowId, origin }))
/** What the menu offers of them below the only favourite. */
const recent = (facts: Partial<TrayFacts>): readonly Sight[] => {
  const menu = sight(facts)
  return menu.slice(menu.indexOf('W1') + 1).filter((item) => typeof item === 'string' && item.startsWith('W'))
}

describe('what was started last', () => {
  const workflows = Array.from({ length: 8 }, (_, id) =>
    workflowWith({ id, name: `W${id}`, isFavourite: id === 1, isEnabled: id !== 2 }),
  )

  test('is offered again: five, each once, newest first, without favourites and what can’t be started', () => {
    const jobs = started([0, 0, 1, 2, 7, 0, 6, 5, 4, 3])
    expect(recent({ state: stateWith({ workflows }), jobs })).toEqual(['W0', 'W7', 'W6', 'W5', 'W4'])
  })

  test('leads to its start', () => {
    const commands = commandsIn(menuModel(factsWith({ state: stateWith({ workflows }), jobs: started([7]) })))
    expect(commands.get('W7')).toEqual({ kind: 'startWorkflow', serverId: 'server', workflowId: 7 })
  })

  test('is nothing that others started', () => {
    expect(recent({ state: stateWith({ workflows }), jobs: started([7], 'cron') })).toEqual([])
  })

  test('is not offered while the server is away', () => {
    const state = stateWith({ workflows, link: 'offline' })
    expect(recent({ state, jobs: started([7]) })).toEqual([])
  })
})
