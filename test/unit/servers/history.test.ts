import { beforeEach, describe, expect, test } from 'vitest'
import { entryPage } from '../../entry-page.ts'
import { countHistory, readHistory } from '../../../src/main/servers/history.ts'
import type { Entry, HistoryQuestion } from '../../../src/main/wexflow/server.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { answered, failing, form, MainProcess, Machine, pass, second, useFakeClock } from '../main-process.ts'

const anything = { text: '', day: null, outcome: null }
const seen = new Set([1, 2])

const row = (number: number, status: Entry['status'], workflowId = 1): Entry => ({
  id: String(1000 - number),
  workflowId,
  name: 'Import orders',
  status,
  rawStatus: '2',
  statusDate: '24-11-2026 03:12:00',
})

/** A history of these rows, newest first, and what was asked of it. */
function historyOf(rows: readonly Entry[]) {
  const asked: HistoryQuestion[] = []
  return {
    asked,
    historyBetween: async (question: HistoryQuestion) => {
      asked.push(question)
      return entryPage(rows, question.page, question.count)
    },
  }
}

const done = (count: number): Entry[] => Array.from({ length: count }, (_, index) => row(index, 'Done'))

describe('a look at the history', () => {
  test('shows when a job ended by the server’s own clock', async () => {
    const page = await readHistory(historyOf([row(1, 'Stopped')]), anything, seen, 1)
    expect(page).toEqual({
      rows: [
        {
          id: '999',
          workflowId: 1,
          workflowName: 'Import orders',
          outcome: 'stopped',
          rawStatus: '2',
          endedAt: Date.UTC(2026, 10, 24, 3, 12),
          endedText: '24-11-2026 03:12:00',
        },
      ],
      next: null,
    })
  })

  test('keeps a time in a format that it can’t read', async () => {
    const strange = { ...row(1, 'Done'), statusDate: '11/24/2026 3:12 AM' }
    const { rows } = await readHistory(historyOf([strange]), anything, seen, 1)
    expect(rows).toMatchObject([{ endedAt: null, endedText: '11/24/2026 3:12 AM' }])
  })

  test('shows no workflow that the user was not granted', async () => {
    const { rows } = await readHistory(historyOf([row(1, 'Done', 7), row(2, 'Done', 2)]), anything, seen, 1)
    expect(rows.map(({ workflowId }) => workflowId)).toEqual([2])
  })

  test('goes on where it stopped', async () => {
    const history = historyOf(done(250))
    const first = await readHistory(history, anything, seen, 1)
    expect([first.rows.length, first.next]).toEqual([100, 2])
    const last = await readHistory(history, anything, seen, 3)
    expect([last.rows.length, last.next]).toEqual([50, null])
  })

  test('reads on while few rows are of the wanted kind, but not for ever', async () => {
    const history = historyOf([...done(1500), row(1501, 'Failed')])
    const failed = { ...anything, outcome: 'failed' as const }
    const first = await readHistory(history, failed, seen, 1)
    expect([first.rows.length, first.next, history.asked.length]).toEqual([0, 11, 10])
    const rest = await readHistory(history, failed, seen, 11)
    expect([rest.rows.length, rest.next]).toEqual([1, null])
  })

  test('of a day asks for that day of the server’s calendar, to its last millisecond', async () => {
    const history = historyOf([])
    await readHistory(history, { ...anything, day: '2026-11-24' }, seen, 1)
    expect(history.asked[0]?.range).toEqual({
      from: Date.UTC(2026, 10, 24),
      to: Date.UTC(2026, 10, 25) - 1,
    })
  })
})

test('the days that are counted end with the day of the newest row', async () => {
  const days = await countHistory(
    {
      historyNewestAt: async () => Date.UTC(2026, 10, 24, 23, 59),
      historyCount: async (_, { from }) => from,
    },
    '',
  )
  expect(days.map(({ day }) => day)).toEqual(
    Array.from({ length: 14 }, (_, index) => `2026-11-${String(11 + index)}`),
  )
  expect(days.every(({ day, count }) => count === Date.parse(`${day}T00:00:00Z`))).toBe(true)
})

describe('on a server in another zone', () => {
  beforeEach(useFakeClock)

  const nineHours = 9 * 60 * 60 * 1000

  test('jobs of others are found by day and outcome, with their logs', async () => {
    const sim = new WexflowSim({ workflows: [second, failing], serverTimeOffsetMs: nineHours })
    const main = await MainProcess.signedIn(new Machine(sim))
    sim.startElsewhere(failing.id)
    sim.startElsewhere(second.id)
    await pass(5000)
    const ask = (outcome: 'failed' | null, day: string | null) =>
      answered(
        main.run({
          kind: 'readHistory',
          serverId: main.serverId,
          query: { text: '', day, outcome },
          page: 1,
        }),
      )
    // 03:12 in the app's zone is past noon there.
    const found = await ask('failed', '2026-11-24')
    if (!found.ok) throw new Error(found.failure.detail)
    expect(found.page).toMatchObject({
      rows: [{ workflowName: failing.name, outcome: 'failed', endedAt: Date.UTC(2026, 10, 24, 12, 12, 1) }],
      next: null,
    })
    expect(await ask(null, '2026-11-23')).toMatchObject({ ok: true, page: { rows: [] } })

    const rowId = found.page.rows[0]?.id ?? ''
    const log = await answered(main.run({ kind: 'historyLog', serverId: main.serverId, rowId }))
    expect(log).toMatchObject({
      ok: true,
      text: expect.stringContaining('Workflow started'),
    })

    const counted = await answered(main.run({ kind: 'countHistory', serverId: main.serverId, text: '' }))
    if (!counted.ok) throw new Error(counted.failure.detail)
    expect(counted.days.at(-1)).toEqual({ day: '2026-11-24', count: 2 })
  })

  test('a history that the server refuses says so', async () => {
    const main = await MainProcess.signedIn(
      new Machine(new WexflowSim({ workflows: [second], faults: { pagesRefused: 1 } })),
    )
    const query = { text: '', day: null, outcome: null }
    const answer = await answered(main.run({ kind: 'readHistory', serverId: main.serverId, query, page: 1 }))
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'forbidden' } })
  })

  test('nobody who signed out reads on', async () => {
    const main = await MainProcess.signedIn()
    await main.run({ kind: 'signOut', serverId: main.serverId })
    const answer = await answered(
      main.run({ kind: 'countHistory', serverId: main.serverId, text: form.username }),
    )
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'signInExpired' } })
  })
})
