import { describe, expect, test } from 'vitest'
import type { TrayFacts } from '../../../src/main/tray/menu-facts.ts'
import { menuModel } from '../../../src/main/tray/menu-model.ts'
import { tooltip } from '../../../src/main/tray/state-lines.ts'
import { serverWith, stateOf, stateWith } from '../app-state.ts'
import { endedView, viewIn } from '../job-view.ts'
import { commandsIn, factsWith, sightOf } from './menu-sight.ts'

describe('of many servers that do not answer', () => {
  const away = Array.from({ length: 5 }, (_, id) =>
    serverWith({ id: String(id), name: `s${id}`, link: 'offline' }),
  )
  test('three are said; the others are a click away', () => {
    const menu = menuModel(factsWith({ state: stateOf(away) }))
    expect(menu.slice(0, 4).map(sightOf)).toEqual([
      '[The server does not answer (s0)]',
      '[The server does not answer (s1)]',
      '[The server does not answer (s2)]',
      '2 more servers…',
    ])
    expect(commandsIn(menu).get('2 more servers…')).toEqual({ kind: 'show', page: 'servers', key: null })
  })
})

describe('the tooltip', () => {
  const running = viewIn('running', { key: 'r' })
  const waiting = viewIn('waiting', { key: 'w' })
  const notBegun = viewIn('notBegun', { key: 'n' })

  test.each<[name: string, part: Partial<TrayFacts>, text: string]>([
    ['nothing to say', {}, 'Wexflow Tray'],
    ['jobs', { jobs: [running, endedView('done')] }, 'Wexflow Tray\n1 job under way'],
    [
      'a job that does not begin is under way',
      { jobs: [running, notBegun] },
      'Wexflow Tray\n2 jobs under way',
    ],
    [
      'a job that waits is not counted twice',
      { jobs: [running, running, waiting] },
      'Wexflow Tray\n1 job waits for approval\n2 jobs under way',
    ],
    [
      'the most urgent first',
      { jobs: [running, waiting], unseen: 2, state: stateWith({ link: 'offline' }) },
      'Wexflow Tray\n2 jobs need a look\n1 job waits for approval\nThe server does not answer\n1 job under way',
    ],
    ['the sign-in', { state: stateWith({ link: 'signInNeeded' }) }, 'Wexflow Tray\nSign-in needed'],
  ])('%s', (_name, part, text) => {
    expect(tooltip(factsWith(part))).toBe(text)
  })
})

describe('while notifications are muted', () => {
  const now = new Date(2026, 10, 26, 13).getTime()
  const muted = factsWith({
    now,
    state: { ...stateWith({}), quiet: { until: now + 3_600_000, isMuted: true } },
  })

  test('the menu and the tooltip say until when, and the menu offers to end it', () => {
    const menu = menuModel(muted)
    expect(menu.slice(0, 2).map(sightOf)).toEqual([
      '[Nothing is running]',
      '[Notifications are muted until 14:00]',
    ])
    expect(tooltip(muted)).toBe('Wexflow Tray\nNotifications are muted until 14:00')
    expect(commandsIn(menu).get('Mute notifications > Unmute')).toEqual({ kind: 'unmute' })
  })
})
