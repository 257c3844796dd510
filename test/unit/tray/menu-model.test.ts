import { describe, expect, test } from 'vitest'
import type { MenuItem } from '../../../src/main/tray/menu-facts.ts'
import { menuModel } from '../../../src/main/tray/menu-model.ts'
import { tooltip } from '../../../src/main/tray/state-lines.ts'
import type { LinkState, Notice } from '../../../src/shared/app-state.ts'
import type { Command } from '../../../src/shared/commands.ts'
import { serverWith, stateOf, stateWith, workflowWith } from '../app-state.ts'
import { endedView, viewIn } from '../job-view.ts'
import { commandsIn, factsWith, type Sight, sight } from './menu-sight.ts'

const app = [
  'Open window',
  { 'Mute notifications': ['For an hour', 'Until tomorrow morning'] },
  'Settings…',
] as const
const ends = [...app, '---', 'Quit'] as const
const find = 'Find a workflow…'
const idle = '[Nothing is running]'

test('more workflows than a menu can hold are left to the window, but for the favourites', () => {
  const workflows = Array.from({ length: 30 }, (_, index) =>
    workflowWith({ id: index + 1, name: `Task ${index + 1}`, isFavourite: index === 0 }),
  )
  const facts = { state: stateWith({ workflows }) }
  expect(sight(facts)).toEqual([idle, '---', '[Start]', 'Task 1', '---', find, '---', ...ends])
  expect(commandsIn(menuModel(factsWith(facts))).get(find)).toEqual({ kind: 'findWorkflow' })
})

test('a version that is ready is said beside Quit, and restarts the app', () => {
  const facts = {
    state: { ...stateOf([]), notices: [{ kind: 'updateReady', detail: '1.4.0' }] satisfies Notice[] },
  }
  const update = 'Version 1.4.0 is ready: restart to update'
  expect(sight(facts).slice(-2)).toEqual([update, 'Quit'])
  expect(commandsIn(menuModel(factsWith(facts))).get(update)).toEqual({ kind: 'restartToUpdate' })
})

test('a server with few workflows keeps its submenu beside one with many, which leads to the search', () => {
  const many = Array.from({ length: 30 }, (_, id) => workflowWith({ id, name: `Task ${id}` }))
  const servers = [
    serverWith({ id: 'a', name: 'small', workflows: [workflowWith({ id: 1, name: 'Ping' })] }),
    serverWith({ id: 'b', name: 'large', workflows: many }),
  ]
  const menu = sight({ state: stateOf(servers) })
  expect(menu).toContainEqual({ 'Start workflow': [{ small: ['Ping'] }, 'large…'] })
})

/** How many entries each menu has, separators not counted. */
const sizes = (items: readonly MenuItem[]): number[] => [
  items.filter(({ type }) => type !== 'separator').length,
  ...items.flatMap((item) => (item.type === 'submenu' ? sizes(item.items) : [])),
]

test.each([0, 10, 100])('no menu has more than 30 entries, with %i of everything', (count) => {
  const workflows = Array.from({ length: count }, (_, id) =>
    workflowWith({ id, name: `Task ${id}`, isFavourite: id % 2 === 0 }),
  )
  const servers = Array.from({ length: 1 + count }, (_, index) =>
    serverWith({
      id: `s${index}`,
      name: `s${index}`,
      link: index === 0 ? 'online' : 'signInNeeded',
      workflows,
    }),
  )
  const each = Array.from({ length: count }, (_, index) => ({
    key: String(index),
    serverId: 's0',
    workflowId: index,
    jobId: String(index),
  }))
  const jobs = [
    ...each.map((part) => viewIn('waiting', part)),
    ...each.map((part) => viewIn('running', part)),
    ...each.map((part) => endedView('failed', {}, part)),
  ]
  const notices: Notice[] = [
    { kind: 'cannotRemember', detail: '' },
    { kind: 'notificationsRefused', detail: '' },
  ]
  const menu = menuModel(factsWith({ state: stateOf(servers, notices), jobs, unseen: count }))
  expect(Math.max(...sizes(menu))).toBeLessThanOrEqual(30)
  expect(sizes(menu)[0]).toBeGreaterThan(count === 0 ? 5 : 25)
})

describe('the whole menu', () => {
  test('of a person who has just signed in', () => {
    expect(
      sight({ state: stateWith({ workflows: [workflowWith({ id: 1, name: 'Import orders' })] }) }),
    ).toEqual([idle, '---', { 'Start workflow': ['Import orders'] }, find, '---', ...ends])
  })

  test('with favourites and jobs', () => {
    const workflows = [
      workflowWith({ id: 1, name: 'Import orders', isFavourite: true }),
      workflowWith({ id: 2, name: 'Old archive', isEnabled: false, isFavourite: true }),
      workflowWith({ id: 3, name: 'Ping' }),
    ]
    const jobs = [
      viewIn('waiting', { jobId: 'b', workflowId: 4, workflowName: 'Release' }),
      viewIn('running', { jobId: 'a', workflowId: 3, workflowName: 'Ping' }),
      endedView('failed', {}, { workflowName: 'Import orders' }),
    ]
    expect(sight({ state: stateWith({ workflows }), jobs, unseen: 1 })).toEqual([
      '[1 running, 1 needs you]',
      '1 job needs a look',
      '---',
      { 'Release – Waiting for approval': ['Approve', 'Reject', 'Stop', 'Show'] },
      '---',
      '[Start]',
      'Import orders',
      '[Old archive]',
      '---',
      'Ping',
      '---',
      { 'Start workflow': ['Import orders', '[Old archive]', 'Ping'] },
      find,
      '---',
      { 'Ping – Running': ['Suspend', 'Stop', 'Show'] },
      '---',
      { 'Import orders – Failed': ['Run again', 'Show'] },
      '---',
      ...ends,
    ])
  })

  test('of a person who is not signed in', () => {
    const state = stateWith({ link: 'signedOut', workflowsKnown: false })
    expect(sight({ state })).toEqual([...app, 'Sign in…', '---', 'Quit'])
  })

  test('when the sign-in has expired: nothing can be started, and it can be renewed', () => {
    const workflows = [workflowWith({ id: 1, name: 'Import orders', isFavourite: true })]
    expect(sight({ state: stateWith({ link: 'signInNeeded', workflows }) })).toEqual([
      '[Sign-in needed]',
      '---',
      '[Start]',
      '[Import orders]',
      '---',
      { 'Start workflow': ['[Sign-in needed]', '---', '[Import orders]'] },
      '---',
      ...app,
      'Sign in…',
      '---',
      'Quit',
    ])
  })

  test.each([
    ['offline', '[The server does not answer]'],
    ['connecting', '[Connecting…]'],
  ] as const)(
    'while the server is %s: says so, and what was known stays but can’t be chosen',
    (link, why) => {
      const workflows = [workflowWith({ id: 1, name: 'Import orders', isFavourite: true })]
      expect(sight({ state: stateWith({ link, workflows }) })).toEqual([
        why,
        '---',
        '[Start]',
        '[Import orders]',
        '---',
        { 'Start workflow': [why, '---', '[Import orders]'] },
        find,
        '---',
        ...ends,
      ])
    },
  )

  test('says what keeps the app from telling and from remembering, below how it stands with the server', () => {
    const notices: Notice[] = [
      { kind: 'cannotRemember', detail: 'ENOSPC' },
      { kind: 'noKeychain', detail: '' },
      { kind: 'notificationsRefused', detail: 'x' },
    ]
    expect(sight({ state: stateWith({ link: 'offline', notices }) }).slice(0, 4)).toEqual([
      '[The server does not answer]',
      'Notifications do not reach you…',
      'The app can’t write its files: check the disk…',
      '---',
    ])
  })
})

test.each([
  ['notificationsRefused', 'Notifications do not reach you…'],
  ['cannotRemember', 'The app can’t write its files: check the disk…'],
] as const)('the line of the notice %s leads to the window, which says more of it', (kind, label) => {
  const state = stateWith({ link: 'signedOut', notices: [{ kind, detail: 'x' }] })
  expect(commandsIn(menuModel(factsWith({ state }))).get(label)).toEqual({
    kind: 'show',
    page: 'jobs',
    key: null,
  })
})

test.each<[LinkState, Sight]>([
  ['online', idle],
  ['connecting', '[Connecting…]'],
  ['slow', '[Connected, ends are told more slowly]'],
])('the menu begins, when %s, with %j', (link, first) => {
  expect(sight({ state: stateWith({ link }) })[0]).toEqual(first)
})

test('every item outside of jobs and workflows leads to its command', () => {
  const commands = commandsIn(menuModel(factsWith({ state: stateWith({ link: 'signInNeeded' }) })))
  expect(Object.fromEntries(commands)).toEqual({
    'Open window': { kind: 'show', page: 'jobs', key: null },
    'Mute notifications > For an hour': { kind: 'mute', choice: 'hour' },
    'Mute notifications > Until tomorrow morning': { kind: 'mute', choice: 'morning' },
    'Settings…': { kind: 'show', page: 'settings', key: null },
    'Sign in…': { kind: 'showSignIn', serverId: 'server' },
    Quit: { kind: 'quit' },
  })
})

describe('with several servers', () => {
  const servers = [
    serverWith({
      id: 'a',
      name: 'test:8000',
      workflows: [
        workflowWith({ id: 1, name: 'Ping', isFavourite: true }),
        workflowWith({ id: 2, name: 'Export' }),
      ],
    }),
    serverWith({
      id: 'b',
      name: 'production',
      link: 'offline',
      workflows: [workflowWith({ id: 1, name: 'Ping', isFavourite: true })],
    }),
    serverWith({ id: 'c', name: 'old', link: 'signedOut' }),
  ]
  const state = stateOf(servers)
  const jobs = [
    viewIn('running', { key: 'k1', jobId: '1', serverId: 'a', workflowName: 'Ping' }),
    viewIn('waiting', { key: 'k2', jobId: '2', serverId: 'b', workflowName: 'Export' }),
  ]

  test('workflows and jobs say their server, and the submenus are by server', () => {
    expect(sight({ state, jobs })).toEqual([
      '[1 running, 1 needs you]',
      '[The server does not answer (production)]',
      '---',
      { 'Export (production) – Waiting for approval': ['Approve', 'Reject', 'Stop', 'Show'] },
      '---',
      '[Start]',
      'Ping (test:8000)',
      '[Ping (production)]',
      '---',
      {
        'Start workflow': [
          { 'test:8000': ['Export', 'Ping'] },
          { production: ['[The server does not answer]', '---', '[Ping]'] },
        ],
      },
      find,
      '---',
      { 'Ping (test:8000) – Running': ['Suspend', 'Stop', 'Show'] },
      '---',
      ...app,
      '---',
      'Quit',
    ])
  })

  test('jobs of one workflow on two servers are told apart by their server alone', () => {
    const both = ['a', 'b'].map((serverId) =>
      viewIn('running', { key: serverId, jobId: serverId, serverId, workflowName: 'Ping' }),
    )
    expect(sight({ state, jobs: both })).toEqual(
      expect.arrayContaining([
        { 'Ping (test:8000) – Running': ['Suspend', 'Stop', 'Show'] },
        { 'Ping (production) – Running': ['Suspend', 'Stop', 'Show'] },
      ]),
    )
  })

  test('each item is about its own server', () => {
    const online = stateOf(servers.map((server) => ({ ...server, link: 'online' as const })))
    const commands = commandsIn(menuModel(factsWith({ state: online })))
    expect(commands.get('Ping (production)')).toEqual({ kind: 'startWorkflow', serverId: 'b', workflowId: 1 })
    expect(commands.get('Start workflow > test:8000 > Ping')).toEqual({
      kind: 'startWorkflow',
      serverId: 'a',
      workflowId: 1,
    })
  })

  test('one that needs a sign-in stops no start on the other, and asks to sign in', () => {
    const [online, production] = servers
    const expired = { ...production, link: 'signInNeeded' } as const
    const menu = sight({ state: stateOf([serverWith({ ...online }), serverWith(expired)]) })
    expect(menu).toContain('Ping (test:8000)')
    expect(menu).toContain('[Ping (production)]')
    expect(menu).toContain('Sign in…')
  })

  test.each<[name: string, links: LinkState[], command: Command]>([
    ['none is known', [], { kind: 'showSignIn', serverId: null }],
    ['one is signed out', ['signedOut'], { kind: 'showSignIn', serverId: '0' }],
    ['one of several has expired', ['signedOut', 'signInNeeded'], { kind: 'showSignIn', serverId: '1' }],
    [
      'it may be any of several',
      ['signInNeeded', 'online', 'signInNeeded'],
      { kind: 'show', page: 'servers', key: null },
    ],
  ])('"Sign in…" leads to the form of the one that waits for it: %s', (_name, links, command) => {
    const known = links.map((link, index) => serverWith({ id: String(index), link }))
    expect(commandsIn(menuModel(factsWith({ state: stateOf(known) }))).get('Sign in…')).toEqual(command)
  })

  test('the tooltip says which one does not answer', () => {
    expect(tooltip(factsWith({ state }))).toBe('Wexflow Tray\nThe server does not answer (production)')
  })
})
