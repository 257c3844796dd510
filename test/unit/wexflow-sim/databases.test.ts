import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type DatabaseName, databases } from '../../wexflow-sim/databases.ts'
import type { SimOptions } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const hourMs = 3_600_000
const all: readonly DatabaseName[] = ['sqlite', 'postgres', 'mariadb', 'litedb']
const workflows = [
  simWorkflow({ id: 1, name: 'Instant', durationMs: 0 }),
  simWorkflow({ id: 2, name: 'Nul', durationMs: 0, logLines: ['a \0 b'] }),
  simWorkflow({ id: 3, name: 'n'.repeat(256), durationMs: 0 }),
  simWorkflow({ id: 4, name: 'Long', durationMs: 0, description: 'd'.repeat(256) }),
  simWorkflow({ id: 5, name: 'Big', durationMs: 0, logLines: ['x'.repeat(17 * 1024 * 1024)] }),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1, 12) })
})

afterEach(() => {
  vi.useRealTimers()
})

const clientOf = (database: DatabaseName, options: Partial<SimOptions> = {}): SimClient =>
  new SimClient({ workflows, database, ...options })

const idsOf = (rows: unknown): number[] =>
  z
    .array(z.object({ Id: z.coerce.number() }))
    .parse(rows)
    .map(({ Id }) => Id)

const datesOf = (rows: unknown): string[] =>
  z
    .array(z.object({ StatusDate: z.string() }))
    .parse(rows)
    .map(({ StatusDate }) => StatusDate.slice(-8))

function restart(client: SimClient): void {
  client.sim.shutDown('killed')
  client.sim.startUp()
}

describe('ids', () => {
  test.each(all)('of the history go on across restarts: %s', async (database) => {
    const client = clientOf(database)
    await client.start(1)
    restart(client)
    await client.start(1)
    expect(new Set(idsOf(await client.history()))).toEqual(new Set([101, 102]))
  })

  test.each([
    ['sqlite', 2, false],
    ['postgres', 2, false],
    ['mariadb', 2, false],
    ['litedb', 1, true],
  ] as const)('of entries and of the run on %s', async (database, entryId, isSameRun) => {
    const client = clientOf(database)
    await client.start(1)
    const { runId } = client.sim
    restart(client)
    const jobId = await client.start(1)
    expect(await client.entry(1, jobId)).toMatchObject({ Id: String(entryId) })
    expect(client.sim.runId === runId).toBe(isSameRun)
  })
})

/** What the recorded servers found in these names. */
const capital = 'ÉÜ-日本 Ünïcode “x” [y]'
const special = String.raw`pc%t un_der q'uo "d" back\slash`
const nobody: readonly DatabaseName[] = []
const found: readonly (readonly [sought: string, text: string, on: readonly DatabaseName[]])[] = [
  ['P1s', 'P1s', ['sqlite', 'postgres', 'mariadb']],
  ['p1s', 'P1s', ['sqlite', 'postgres', 'mariadb']],
  ['emoji', 'emoji 😀', all],
  ['4-BYTE', '4-byte 😀', all],
  ['😀', 'emoji 😀', all],
  ['日本', capital, all],
  ['[y]', capital, all],
  ['é', capital, ['postgres', 'mariadb']],
  ['ünïcode', capital, ['postgres', 'mariadb']],
  ['É', 'percent', ['mariadb']],
  ['%', 'percent', all],
  ['_', 'percent', all],
  ['a%h', 'a name with', all],
  ['a%h', 'percent', nobody],
  ['m_j', 'emoji 😀', all],
  ["'", special, all],
  ['"', special, all],
  ['\\', special, ['sqlite', 'litedb']],
  ['\\\\', special, ['postgres', 'mariadb']],
  ['[br', capital, nobody],
]

describe('the text search', () => {
  test.each(found)('of %s in %s', (sought, text, on) => {
    expect(all.filter((name) => databases[name].finds(sought, text))).toEqual(on)
  })

  test('looks into names and descriptions of history and entries', async () => {
    const client = clientOf('litedb', {
      workflows: [simWorkflow({ id: 1, name: 'Capital', description: 'small', durationMs: 0 })],
    })
    await client.start(1)
    expect(idsOf(await client.history('capital'))).toEqual([])
    expect(idsOf(await client.history('Small'))).toEqual([101])
  })
})

/** The history after three jobs in one second and one in the next. */
const order = async (database: DatabaseName): Promise<number[]> => {
  vi.setSystemTime(Date.UTC(2026, 0, 1, 12))
  const client = clientOf(database)
  for (const _ of [1, 2, 3]) await client.start(1)
  await vi.advanceTimersByTimeAsync(1000)
  await client.start(1)
  return idsOf(await client.history())
}

describe('the order of rows', () => {
  test('of one second is from old to new on MariaDB, which keeps whole seconds', async () => {
    expect(await order('mariadb')).toEqual([104, 101, 102, 103])
    expect(await order('postgres')).toEqual([104, 103, 102, 101])
  })

  test.each([
    ['sqlite', [101, 102], ['12:00:00', '11:01:00']],
    ['postgres', [101, 102], ['12:00:00', '11:01:00']],
    ['mariadb', [101, 102], ['12:00:00', '11:01:00']],
    ['litedb', [102, 101], ['11:01:00', '11:00:00']],
  ] as const)('after the clock went back, on %s', async (database, ids, dates) => {
    const client = clientOf(database)
    await client.start(1)
    client.sim.moveClock(-hourMs)
    await vi.advanceTimersByTimeAsync(60_000)
    await client.start(1)
    const rows = await client.history()
    expect(idsOf(rows)).toEqual(ids)
    expect(datesOf(rows)).toEqual(dates)
  })
})

/** What is known of a job a second after its start, and what its stream said. */
async function ended(client: SimClient, workflowId: number) {
  client.sim.faults.set({ lateEntryMs: 100 })
  const jobId = await client.start(workflowId, 'start')
  const stream = client.listen(`sse/${workflowId}/${jobId}`)
  await vi.advanceTimersByTimeAsync(1000)
  const [, status] = /"status":"(\w+)"/.exec(stream.text) ?? []
  const rows = idsOf(await client.history()).length
  return { status, rows, entry: await client.entry(workflowId, jobId), truth: client.sim.truth(jobId) }
}

describe('what can’t be stored', () => {
  test.each([
    ['a NUL in the log', 'postgres', 2],
    ['a log of 17 MB', 'mariadb', 5],
    ['a log of 17 MB', 'litedb', 5],
  ] as const)('%s on %s: frame Failed, an entry that runs for ever, no row', async (_, database, id) => {
    const { status, rows, entry, truth } = await ended(clientOf(database), id)
    expect({ status, rows }).toEqual({ status: 'Failed', rows: 0 })
    expect(entry).toMatchObject({ Status: 1 })
    expect(truth).toMatchObject({ outcome: 'Failed', observable: false, recordedAt: null })
  })

  test('is a fault on any database, and the log stays as it began', async () => {
    const client = clientOf('sqlite', { faults: { endNotStored: { next: 1 } } })
    const { status, rows, truth } = await ended(client, 1)
    expect({ status, rows }).toEqual({ status: 'Failed', rows: 0 })
    expect(truth).toMatchObject({ outcome: 'Failed', observable: false })
    expect(await client.get('entry-logs?id=1')).toMatch(/Instance Id: [\da-f-]{36}$/)
    expect(await client.get('jobs?w=1')).toEqual([])
  })

  test.each([
    ['postgres', 3],
    ['postgres', 4],
    ['mariadb', 3],
    ['mariadb', 4],
  ] as const)('on %s a name or description of over 255 characters: no entry at all', async (database, id) => {
    const { status, rows, entry, truth } = await ended(clientOf(database), id)
    expect({ status, rows, entry }).toEqual({ status: 'Failed', rows: 0, entry: null })
    expect(truth).toMatchObject({ beganAt: null, outcome: 'Failed', observable: false })
  })

  test.each([
    ['sqlite', 2],
    ['sqlite', 3],
    ['litedb', 3],
    ['postgres', 5],
  ] as const)('elsewhere is stored: %s takes workflow %d', async (database, id) => {
    expect(await ended(clientOf(database), id)).toMatchObject({ status: 'Done', rows: 1 })
  })
})
