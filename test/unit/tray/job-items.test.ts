import { describe, expect, test } from 'vitest'
import type { TrayFacts } from '../../../src/main/tray/menu-facts.ts'
import { menuModel } from '../../../src/main/tray/menu-model.ts'
import type { JobView } from '../../../src/shared/job-view.ts'
import { stateWith, workflowWith } from '../app-state.ts'
import { workflowKeyOf } from '../../../src/shared/usual.ts'
import { endedView, viewIn } from '../job-view.ts'
import { commandsIn, factsWith, type Sight, sight } from './menu-sight.ts'

const isJob = (item: Sight): boolean =>
  typeof item === 'object' && !('Start workflow' in item) && !('Mute notifications' in item)

const jobItems = (jobs: TrayFacts['jobs']): readonly Sight[] => sight({ jobs }).filter(isJob)
const at = (hour: number): number => new Date(2026, 10, 24, hour, 5, 9).getTime()

describe('the jobs', () => {
  test.each([
    ['starting', null, { 'Import orders – Starting': ['[Stop]', 'Show'] }],
    ['queued', null, { 'Import orders – Queued': ['[Stop]', 'Show'] }],
    ['notBegun', null, { 'Import orders – Taken, not begun': ['[Stop]', 'Show'] }],
    ['notBegun', 'id', { 'Import orders – Taken, not begun': ['Stop', 'Show'] }],
    ['running', 'id', { 'Import orders – Running': ['Suspend', 'Stop', 'Show'] }],
    ['suspended', 'id', { 'Import orders – Suspended': ['Resume', 'Stop', 'Show'] }],
    ['waiting', 'id', { 'Import orders – Waiting for approval': ['Approve', 'Reject', 'Stop', 'Show'] }],
  ] as const)('%s, with job id %s: what can be done', (phase, jobId, item) => {
    expect(jobItems([viewIn(phase, { jobId })])).toEqual([item])
  })

  test.each([
    ['stop', 'running', { 'Import orders – Stopping': ['[Suspend]', 'Stop', 'Show'] }],
    ['suspend', 'running', { 'Import orders – Suspending': ['[Suspend]', 'Stop', 'Show'] }],
    ['resume', 'suspended', { 'Import orders – Resuming': ['[Resume]', 'Stop', 'Show'] }],
    ['approve', 'waiting', { 'Import orders – Approving': ['[Approve]', '[Reject]', 'Stop', 'Show'] }],
    ['reject', 'waiting', { 'Import orders – Rejecting': ['[Approve]', '[Reject]', 'Stop', 'Show'] }],
  ] as const)('that were asked to %s (%s) say so, and can only be stopped', (asked, phase, item) => {
    expect(jobItems([viewIn(phase, { jobId: 'id', asked })])).toEqual([item])
  })

  test.each([
    ['running', 'Running', 'Suspend', 'suspendJob'],
    ['suspended', 'Suspended', 'Resume', 'resumeJob'],
  ] as const)('that are %s (%s): %s asks for it', (phase, word, label, kind) => {
    const commands = commandsIn(menuModel(factsWith({ jobs: [viewIn(phase, { key: 'k', jobId: 'id' })] })))
    expect(commands.get(`Import orders – ${word} > ${label}`)).toEqual({ kind, key: 'k' })
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
    [14, undefined],
    [15, '2 more jobs…'],
    [100, '87 more jobs…'],
  ])('%i at once fit on a screen; the rest leads to the window: %s', (count, rest) => {
    const jobs = Array.from({ length: count }, (_, index) =>
      viewIn('running', { key: String(index), workflowName: `W${index}`, jobId: String(index) }),
    )
    const menu = menuModel(factsWith({ jobs }))
    // Those to start a workflow and to mute are two.
    expect(menu.filter(({ type }) => type === 'submenu')).toHaveLength(2 + (rest === undefined ? count : 13))
    const more = [...commandsIn(menu)].filter(([label]) => label.includes(' more '))
    expect(more).toEqual(rest === undefined ? [] : [[rest, { kind: 'show', page: 'jobs', key: null }]])
  })
})

const runningLabels = (part: Partial<TrayFacts>): string[] =>
  menuModel(factsWith(part)).flatMap((item) =>
    item.type === 'submenu' && item.label.includes('Running') ? [item.label] : [],
  )

describe('a running job', () => {
  const minute = 60_000
  const running = viewIn('running', { jobId: 'r', startedAt: 10 * minute })

  test.each([
    [11 * minute - 1, 'Import orders – Running'],
    [11 * minute, 'Import orders – Running, 1m so far'],
    [15 * minute - 1, 'Import orders – Running, 4m so far'],
    // The clock was set back.
    [0, 'Import orders – Running'],
  ])('at %i ms says how long it has taken, in whole minutes: %s', (now, label) => {
    expect(runningLabels({ jobs: [running], now })).toEqual([label])
  })

  test('says what its workflow usually takes', () => {
    const usualDurations = new Map([[workflowKeyOf(running), 12_000]])
    expect(runningLabels({ jobs: [running], usualDurations, now: 12 * minute })).toEqual([
      'Import orders – Running, 2m so far, usually 12s',
    ])
  })

  test('that others began says so', () => {
    const jobs = [{ ...running, origin: 'others' as const }]
    expect(runningLabels({ jobs })).toEqual(['Import orders – Running, started elsewhere'])
    expect(sight({ jobs })[0]).toBe('[1 running, 1 started elsewhere]')
  })
})

describe('the last ends', () => {
  const state = stateWith({ workflows: [workflowWith({ id: 1, name: 'Import orders' })] })
  const endsIn = (facts: Partial<TrayFacts>): readonly Sight[] => sight({ state, ...facts }).filter(isJob)

  test('are three, the newest end first, whenever they were started', () => {
    const jobs = (['done', 'failed', 'stopped', 'warning'] as const).map((outcome, index) =>
      endedView(outcome, { endedAt: [20, 40, 10, 30][index] ?? 0 }, { key: outcome, workflowName: outcome }),
    )
    expect(endsIn({ jobs }).flatMap((item) => Object.keys(item))).toEqual([
      'failed – Failed',
      'warning – Warning',
      'done – Done',
    ])
  })

  test('lead to their jobs, and to one more run', () => {
    const commands = commandsIn(
      menuModel(factsWith({ state, jobs: [endedView('failed', {}, { key: 'k' })] })),
    )
    expect(commands.get('Import orders – Failed > Run again')).toEqual({ kind: 'runAgain', key: 'k' })
    expect(commands.get('Import orders – Failed > Show')).toEqual({ kind: 'show', page: 'jobs', key: 'k' })
  })

  test.each<[why: string, part: Partial<JobView>]>([
    ['that others began', { origin: 'others' }],
    ['with a secret variable', { variables: [{ name: 'pin', value: null }] }],
    ['whose workflow is gone', { workflowId: 9 }],
  ])('%s can’t be run again', (_why, part) => {
    expect(endsIn({ jobs: [endedView('done', {}, part)] }).flatMap((item) => Object.values(item))).toEqual([
      ['Show'],
    ])
  })

  test('of one workflow are told apart by when they ended', () => {
    const minute = 60_000
    const jobs = [
      endedView('done', { endedAt: 3 * minute }, { key: 'c' }),
      endedView('done', { endedAt: 2 * minute }, { key: 'b' }),
      endedView('done', { endedAt: null, learntAt: minute }, { key: 'a' }),
    ]
    expect(endsIn({ jobs }).flatMap((item) => Object.keys(item))).toEqual([
      'Import orders (00:03) – Done',
      'Import orders (00:02) – Done',
      'Import orders (00:01) – Done',
    ])
  })
})
