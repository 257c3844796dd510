import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { judgeDay } from '../../chaos/judge.ts'
import { knownJob } from '../../known-job.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runWith, startAt, waitingJob } from '../job.ts'
import { account, dayOfStart, toldOf } from './day-record.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

/** What is wrong where a start of that time, sent three seconds later, has a run of others that began at 0. */
async function faultsAt(requestedAt: number, markedAt: number | null) {
  vi.setSystemTime(0)
  const sim = new WexflowSim({ workflows: [simWorkflow({ id: 1, name: 'Import', durationMs: 2000 })] })
  const jobId = sim.startElsewhere(1)
  await vi.advanceTimersByTimeAsync(3000)
  const sentAt = requestedAt + 3000
  const start = startAt(requestedAt, {
    sentAt,
    answer: { kind: 'lost', at: sentAt },
    entryMark: '0',
    markedAt,
  })
  const job = knownJob({
    ...waitingJob('lost', start),
    key: 'start',
    serverId: account.id,
    run: runWith({ jobId }),
    end: endWith('done', { endedAt: 20_000 }),
    maybeOthers: true,
  })
  const day = dayOfStart(sim, job, { settled: [toldOf(job, 'done', 20_000)] })
  return judgeDay(day).starts.map(({ faults, why }) => ({ faults, why }))
}

it('a run that began within five seconds before a start may be taken for it where a page of that time gave its mark', async () => {
  const [within] = await faultsAt(4500, null)
  expect(within?.faults).toEqual([])
  const [before] = await faultsAt(5500, null)
  expect(before).toEqual({ faults: ['wrong'], why: 'a job that is older than the start' })
})

it('no run of before a start may be taken for it where its mark was asked for', async () => {
  const [marked] = await faultsAt(4500, 4600)
  expect(marked).toEqual({ faults: ['wrong'], why: 'a job that is older than the start' })
})
