import { describe, expect, test } from 'vitest'
import { type MenuItem, menuModel, tooltip, type TrayFacts } from '../../../src/main/tray/menu-model.ts'
import type { Command } from '../../../src/shared/commands.ts'
import type { LinkState, Notice } from '../../../src/shared/app-state.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { serverWith, stateOf, stateWith, workflowWith } from '../app-state.ts'
import { endedView, viewIn } from '../job-view.ts'

const { t } = createTranslator(['en-GB'])

const factsWith = (part: Partial<TrayFacts>): TrayFacts => ({
  state: stateWith({}),
  jobs: [],
  unseen: 0,
  t,
  locale: 'en-GB',
  times: 'en-GB',
  ...part,
})

/** A menu as a person reads it: what can't be chosen in brackets, a submenu as a list below its label. */
type Sight = string | { readonly [label: string]: readonly Sight[] }

const sightOf = (item: MenuItem): Sight => {
  switch (item.type) {
    case 'separator':
      return '---'
    case 'text':
      return `[${item.label}]`
    case 'command':
      return item.label
    case 'submenu':
      return { [item.label]: item.items.map(sightOf) }
  }
}

const sight = (part: Partial<TrayFacts>): readonly Sight[] => menuModel(factsWith(part)).map(sightOf)

/** Commands by the labels that lead to them. */
const commandsIn = (items: readonly MenuItem[], path = ''): ReadonlyMap<string, Command> =>
  new Map(
    items.flatMap((item) => {
      if (item.type === 'command') return [[`${path}${item.label}`, item.command] as const]
      return item.type === 'submenu' ? [...commandsIn(item.items, `${path}${item.label} > `)] : []
    }),
  )

const app = ['Recent jobs…', 'Settings…'] as const
const ends = [...app, '---', 'Quit'] as const

test('more workflows than a menu can hold are left to the window, but for the favourites', () => {
  const workflows = Array.from({ length: 501 }, (_, index) =>
    workflowWith({ id: index + 1, name: `Task ${index + 1}`, isFavourite: index === 0 }),
  )
  const facts = { state: stateWith({ workflows }) }
  expect(sight(facts)).toEqual([
    'Task 1',
    '---',
    { 'Start workflow': ['Find one of 501 in the window…'] },
    '---',
    ...ends,
  ])
  expect(
    commandsIn(menuModel(factsWith(facts))).get('Start workflow > Find one of 501 in the window…'),
  ).toEqual({
    kind: 'show',
    page: 'jobs',
    key: null,
  })
})

describe('the whole menu', () => {
  test('of a person who has just signed in', () => {
    expect(
      sight({ state: stateWith({ workflows: [workflowWith({ id: 1, name: 'Import orders' })] }) }),
    ).toEqual([{ 'Start workflow': ['Import orders'] }, '---', ...ends])
  })

  test('with favourites and jobs', () => {
    const workflows = [
      workflowWith({ id: 1, name: 'Import orders', isFavourite: true }),
      workflowWith({ id: 2, name: 'Old archive', isEnabled: false, isFavourite: true }),
      workflowWith({ id: 3, name: 'Ping' }),
    ]
    const jobs = [viewIn('running', { jobId: 'a', workflowName: 'Ping' })]
    expect(sight({ state: stateWith({ workflows }), jobs })).toEqual([
      'Import orders',
      '[Old archive]',
      '---',
      { 'Start workflow': ['Import orders', '[Old archive]', 'Ping'] },
      '---',
      { 'Ping – Running': ['Stop', 'Show'] },
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
        '[Import orders]',
        '---',
        { 'Start workflow': [why, '---', '[Import orders]'] },
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
  ['online', { 'Start workflow': ['[No workflows on this server]'] }],
  ['connecting', '[Connecting…]'],
  ['slow', '[Connected, ends are told more slowly]'],
])('the menu begins, when %s, with %j', (link, first) => {
  expect(sight({ state: stateWith({ link }) })[0]).toEqual(first)
})

describe('the workflows', () => {
  test('are not said to be none before the server has told them', () => {
    const state = stateWith({ link: 'connecting', workflowsKnown: false })
    expect(sight({ state })).toContainEqual({ 'Start workflow': ['[Workflows are not known yet]'] })
  })

  test('are in the order of their names, as people count', () => {
    const names = ['Step 10', 'ärger', 'Step 9', 'zoo', 'Apfel']
    const workflows = names.map((name, id) => workflowWith({ id, name }))
    expect(sight({ state: stateWith({ workflows }) })[0]).toEqual({
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
    expect(menu[0]).toBe('Müller && Söhne <日本>')
    expect(menu).toContainEqual({ 'A && B – Running': ['Stop', 'Show'] })
  })
})

const jobItems = (jobs: TrayFacts['jobs']): readonly Sight[] =>
  sight({ jobs }).filter((item) => typeof item === 'object' && !('Start workflow' in item))
const at = (hour: number): number => new Date(2026, 10, 24, hour, 5, 9).getTime()

describe('the jobs', () => {
  test.each([
    ['starting', null, { 'Import orders – Starting': ['[Stop]', 'Show'] }],
    ['queued', null, { 'Import orders – Queued': ['[Stop]', 'Show'] }],
    ['notBegun', null, { 'Import orders – Taken, not begun': ['[Stop]', 'Show'] }],
    ['notBegun', 'id', { 'Import orders – Taken, not begun': ['Stop', 'Show'] }],
    ['running', 'id', { 'Import orders – Running': ['Stop', 'Show'] }],
    ['suspended', 'id', { 'Import orders – Suspended': ['Stop', 'Show'] }],
    ['waiting', 'id', { 'Import orders – Waiting for approval': ['Approve', 'Reject', 'Stop', 'Show'] }],
  ] as const)('%s, with job id %s: what can be done', (phase, jobId, item) => {
    expect(jobItems([viewIn(phase, { jobId })])).toEqual([item])
  })

  test('that ended are not in the menu', () => {
    expect(jobItems([endedView('done')])).toEqual([])
  })

  test('that were asked to stop say so', () => {
    const job = viewIn('running', { jobId: 'id', isStopAsked: true })
    expect(jobItems([job])).toEqual([{ 'Import orders – Stopping': ['Stop', 'Show'] }])
  })

  test('that wait for a person come first, the others newest first', () => {
    const jobs = [
      viewIn('running', { key: 'c', workflowName: 'C', jobId: '3' }),
      viewIn('queued', { key: 'b', workflowName: 'B' }),
      viewIn('waiting', { key: 'a', workflowName: 'A', jobId: '1' }),
    ]
    expect(jobItems(jobs).flatMap((item) => Object.keys(item))).toEqual([
      'A – Waiting for approval',
      'C – Running',
      'B – Queued',
    ])
  })

  test('of one workflow are told apart by the time of their wish', () => {
    const jobs = [
      viewIn('running', { key: 'b', requestedAt: at(15), jobId: '2' }),
      viewIn('running', { key: 'a', requestedAt: at(14), jobId: '1' }),
    ]
    const commands = commandsIn(menuModel(factsWith({ jobs })))
    expect(commands.get('Import orders (15:05:09) – Running > Stop')).toEqual({ kind: 'stopJob', key: 'b' })
    expect(commands.get('Import orders (14:05:09) – Running > Stop')).toEqual({ kind: 'stopJob', key: 'a' })
  })

  test('lead to their own commands', () => {
    const jobs = [viewIn('waiting', { key: 'k', jobId: '1' })]
    const names = [...commandsIn(menuModel(factsWith({ jobs }))).values()].filter(
      (one) => 'key' in one && one.key === 'k',
    )
    expect(names).toEqual([
      { kind: 'approveJob', key: 'k' },
      { kind: 'rejectJob', key: 'k' },
      { kind: 'stopJob', key: 'k' },
      { kind: 'show', page: 'jobs', key: 'k' },
    ])
  })

  test.each([
    [25, undefined],
    [26, '1 more job…'],
    [100, '75 more jobs…'],
  ])('%i at once fit on a screen; the rest leads to the window: %s', (count, rest) => {
    const jobs = Array.from({ length: count }, (_, index) =>
      viewIn('running', { key: String(index), workflowName: `W${index}`, jobId: String(index) }),
    )
    const menu = menuModel(factsWith({ jobs }))
    expect(menu.filter(({ type }) => type === 'submenu')).toHaveLength(1 + 25)
    const more = [...commandsIn(menu)].filter(([label]) => label.includes(' more '))
    expect(more).toEqual(rest === undefined ? [] : [[rest, { kind: 'show', page: 'jobs', key: null }]])
  })
})

test('every item outside of jobs and workflows leads to its command', () => {
  const commands = commandsIn(menuModel(factsWith({ state: stateWith({ link: 'signInNeeded' }) })))
  expect(Object.fromEntries(commands)).toEqual({
    'Recent jobs…': { kind: 'show', page: 'jobs', key: null },
    'Settings…': { kind: 'show', page: 'settings', key: null },
    'Sign in…': { kind: 'showSignIn', serverId: 'server' },
    Quit: { kind: 'quit' },
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
      '[The server does not answer (production)]',
      '---',
      'Ping (test:8000)',
      '[Ping (production)]',
      '---',
      {
        'Start workflow': [
          { 'test:8000': ['Export', 'Ping'] },
          { production: ['[The server does not answer]', '---', '[Ping]'] },
        ],
      },
      '---',
      { 'Export (production) – Waiting for approval': ['Approve', 'Reject', 'Stop', 'Show'] },
      { 'Ping (test:8000) – Running': ['Stop', 'Show'] },
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
        { 'Ping (test:8000) – Running': ['Stop', 'Show'] },
        { 'Ping (production) – Running': ['Stop', 'Show'] },
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
