import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Disturbance } from '../../chaos/diary.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { type KnownJob, knownJob } from '../../known-job.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runningJob, sentJob, startAt } from '../job.ts'
import { SimClient } from '../wexflow-sim/sim-client.ts'
import { account, dayOfStart, toldOf } from './day-record.ts'

const second = 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

/**
 * What the judge says of a start whose answered id never existed, and that was told as unknown once the server, which
 * died a minute after the answer, was back.
 * @param others how late, in milliseconds, another start of the same moment begins under its own id, and how late one is
 * answered; null where there is none
 */
async function verdictOn(
  disturbances: readonly Disturbance[],
  {
    rivalLateMs = null,
    answerLateMs = null,
  }: { readonly rivalLateMs?: number | null; readonly answerLateMs?: number | null } = {},
) {
  const client = new SimClient({
    workflows: [simWorkflow({ id: 1, name: 'Import', durationMs: second })],
    faults: { startIdReplaced: { next: 1 } },
  })
  const answeredId = await client.start(1, 'start')
  const jobs = new Map<string, KnownJob>()
  if (rivalLateMs !== null) {
    client.sim.faults.set({ lateEntryMs: rivalLateMs })
    const jobId = await client.start(1, 'rival')
    jobs.set(
      'rival',
      knownJob({ ...runningJob({ jobId }), key: 'rival', serverId: account.id, start: startAt(0) }),
    )
  }
  if (answerLateMs !== null) {
    const evidence = [{ kind: 'startAnswered', at: answerLateMs }] as const
    jobs.set('slow', { ...knownJob(sentJob()), key: 'slow', serverId: account.id, evidence })
  }
  await vi.advanceTimersByTimeAsync(58 * second)
  const toldAt = 90 * second
  const job = {
    ...runningJob({ jobId: answeredId }),
    end: endWith('unknown', { from: 'inferred', endedAt: toldAt }),
  }
  const known = knownJob({ ...job, key: 'start', serverId: account.id })
  jobs.set('start', known)
  const day = dayOfStart(client.sim, known, {
    disturbances: [{ kind: 'serverKilled', server: 0, from: 60 * second, to: 80 * second }, ...disturbances],
    jobs,
    answers: new Map([['start', { at: 0, kind: 'started' }]]),
    newestRows: [{ serverId: account.id, at: 0, text: '', isRead: true }],
    settled: [toldOf(known, 'unknown', toldAt)],
  })
  return judgeDay(day).starts.map(({ why }) => why)
}

it('an id that never existed shows that in time where the app ran until the server died', async () => {
  expect(await verdictOn([])).toEqual(['its run goes under another id'])
})

it('and not where another start was late as well: the one run that was free could be its own', async () => {
  expect(await verdictOn([], { rivalLateMs: 59 * second })).toEqual(['it can’t be known'])
})

it('but where that one has shown its id, it was known which of them the run is of', async () => {
  expect(await verdictOn([], { rivalLateMs: 10 * second })).toEqual(['its run goes under another id'])
})

it('and not where the answer of another start was awaited, as the one run that was free could be its own', async () => {
  expect(await verdictOn([], { answerLateMs: 50 * second })).toEqual(['it can’t be known'])
  expect(await verdictOn([], { answerLateMs: 10 * second })).toEqual(['its run goes under another id'])
})

it('and not where the app was away meanwhile', async () => {
  const crashed: Disturbance = { kind: 'appCrashed', server: null, from: 30 * second, to: 58 * second }
  expect(await verdictOn([crashed])).toEqual(['it can’t be known'])
})
