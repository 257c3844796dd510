import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [simWorkflow({ id: 2, name: 'Queue', durationMs: 2000, enableParallelJobs: false })]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

const fiveStarts = ['first', 'second', 'third', 'fourth', 'fifth'] as const

/** A job that was stopped with four starts in the queue. */
async function stoppedInARow(faults: Partial<FaultSettings>) {
  const client = new SimClient({ workflows, faults: { stopCascades: { next: 1 }, ...faults } })
  const first = await client.start(2, fiveStarts[0])
  for (const name of fiveStarts.slice(1)) await client.start(2, name)
  const answer = await client.stop(2, first)
  await vi.advanceTimersByTimeAsync(100)
  const idOf = (name: string): string => client.sim.startTruth(name)?.jobId ?? ''
  return { client, answer, ids: fiveStarts.map(idOf) }
}

/** A job that was stopped with two starts in the queue, the first of which the stop ends as well. */
async function stopped(faults: Partial<FaultSettings> = {}) {
  const client = new SimClient({ workflows, faults: { stopCascades: { next: 1 }, ...faults } })
  const first = await client.start(2, 'first')
  await client.start(2, 'second')
  await client.start(2, 'third')
  const answer = await client.stop(2, first)
  const endedId = client.sim.startTruth('second')?.jobId ?? ''
  return { client, first, answer, endedId }
}

describe('a stop that ends the queue’s next job as well', () => {
  test('is answered true, and stops that job within milliseconds', async () => {
    const { client, answer, endedId } = await stopped()
    expect(answer).toBe(true)
    await vi.advanceTimersByTimeAsync(20)
    expect(await client.entry(2, endedId)).toMatchObject({ Id: '2', Status: 6 })
    expect(client.sim.truth(endedId)).toMatchObject({
      outcome: 'Stopped',
      observable: true,
      isNamedInHistory: false,
    })
    const { beganAt, endedAt } = client.sim.truth(endedId) ?? {}
    expect((endedAt ?? 0) - (beganAt ?? 0)).toBeLessThan(10)
  })

  test('leaves that job an empty log, or the line of the job that was stopped', async () => {
    for (const [cascadeKeepsLine, pattern] of [
      [0, () => /^$/u],
      [1, (id: string) => new RegExp(`Instance Id: ${id}$`, 'u')],
    ] as const) {
      const { client, first } = await stopped({ cascadeKeepsLine })
      await vi.advanceTimersByTimeAsync(20)
      const logs = [await client.get('entry-logs?id=2'), await client.get('history-entry-logs?id=102')]
      for (const log of logs) expect(String(log)).toMatch(pattern(first))
    }
  })

  test('lets the one behind run as ever', async () => {
    const { client, endedId } = await stopped()
    await vi.advanceTimersByTimeAsync(100)
    const third = client.sim.startTruth('third')?.jobId ?? ''
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: third }])
    await vi.advanceTimersByTimeAsync(2000)
    expect(client.sim.truth(third)).toMatchObject({ outcome: 'Done', isNamedInHistory: true })
    expect(client.sim.truth(endedId)).toMatchObject({ outcome: 'Stopped' })
    expect(await client.history()).toMatchObject([{ Status: 2 }, { Status: 6 }, { Status: 6 }])
  })

  test('hides that job while it lives', async () => {
    const client = new SimClient({ workflows, faults: { stopCascades: 1 } })
    const first = await client.start(2, 'first')
    await client.start(2, 'second')
    client.sim.stopElsewhere(2, first)
    for (let ms = 0; ms < 40; ms += 1) {
      await vi.advanceTimersByTimeAsync(1)
      const listed = JSON.stringify(await client.get('jobs?w=2'))
      expect(listed).not.toContain(client.sim.startTruth('second')?.jobId ?? 'not begun')
    }
    expect(client.sim.startTruth('second')?.jobId).toEqual(expect.any(String))
  })

  test('ends nothing where the queue is empty', async () => {
    const client = new SimClient({ workflows, faults: { stopCascades: 1 } })
    await client.stop(2, await client.start(2, 'first'))
    await vi.advanceTimersByTimeAsync(20)
    await client.start(2, 'second')
    await vi.advanceTimersByTimeAsync(3000)
    expect(client.sim.truths().map(({ outcome }) => outcome)).toEqual(['Stopped', 'Done'])
  })
})

describe('a stop that ends several of the queue’s next jobs in a row', () => {
  test('ends each as it begins, and lets the one behind them run as ever', async () => {
    const { client, answer, ids } = await stoppedInARow({ cascadeGoesOn: { next: 2 } })
    expect(answer).toBe(true)
    expect(ids.map((id) => client.sim.truth(id)?.outcome)).toEqual([
      'Stopped',
      'Stopped',
      'Stopped',
      'Stopped',
      null,
    ])
    for (const id of ids.slice(0, 4)) expect(await client.entry(2, id)).toMatchObject({ Status: 6 })
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: ids[4] }])
    expect(await client.history()).toMatchObject([{ Status: 6 }, { Status: 6 }, { Status: 6 }, { Status: 6 }])
  })

  test('ends no more than there are', async () => {
    const { client, ids } = await stoppedInARow({ cascadeGoesOn: 1 })
    expect(ids.map((id) => client.sim.truth(id)?.outcome)).toEqual(fiveStarts.map(() => 'Stopped'))
    const next = await client.start(2, 'next')
    await vi.advanceTimersByTimeAsync(3000)
    expect(client.sim.truth(next)).toMatchObject({ outcome: 'Done', isNamedInHistory: true })
  })

  test('is answered false where its records lie one job further on: the first and the last entry stay at Running', async () => {
    const { client, answer, ids } = await stoppedInARow({
      cascadeGoesOn: { next: 2 },
      cascadeShiftsRecords: 1,
    })
    expect(answer).toBe(false)
    const entries = []
    for (const id of ids) entries.push(await client.entry(2, id))
    expect(entries).toMatchObject([{ Status: 1 }, { Status: 6 }, { Status: 6 }, { Status: 1 }, { Status: 1 }])
    expect(await client.history()).toMatchObject([{ Status: 6 }, { Status: 6 }, { Status: 6 }])
    expect(await client.get('history-entry-logs?id=101')).toMatch(new RegExp(`Instance Id: ${ids[0]}$`, 'u'))
    expect(await client.get('entry-logs?id=4')).toMatch(new RegExp(`Instance Id: ${ids[3]}$`, 'u'))
    expect(ids.map((id) => client.sim.truth(id)?.observable)).toEqual([true, true, true, false, true])
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: ids[4] }])
  })
})
