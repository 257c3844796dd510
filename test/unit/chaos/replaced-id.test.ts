import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { accountOf } from '../../chaos/day-server.ts'
import type { Disturbance } from '../../chaos/diary.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { knownJob } from '../../known-job.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runningJob } from '../job.ts'
import { SimClient } from '../wexflow-sim/sim-client.ts'
import { dayWith } from './day-record.ts'

const second = 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

/**
 * What the judge says of a start whose answered id never existed, and that was told as unknown once the server, which
 * died a minute after the answer, was back.
 */
async function verdictOn(disturbances: readonly Disturbance[]) {
  const client = new SimClient({
    workflows: [simWorkflow({ id: 1, name: 'Import', durationMs: second })],
    faults: { startIdReplaced: 1 },
  })
  const answeredId = await client.start(1, 'start')
  await vi.advanceTimersByTimeAsync(2 * second)
  const account = accountOf(0, { username: 'admin', database: 'sqlite' })
  const told = { at: 90 * second, outcome: 'unknown', how: 'shown' } as const
  const job = knownJob({
    ...runningJob({ jobId: answeredId }),
    key: 'start',
    serverId: account.id,
    end: endWith('unknown', { from: 'inferred', endedAt: told.at }),
  })
  const day = dayWith({
    servers: [{ account, sim: client.sim, strangersMet: [] }],
    disturbances: [{ kind: 'serverKilled', server: 0, from: 60 * second, to: 80 * second }, ...disturbances],
    wishes: [{ key: 'start', serverId: account.id }],
    jobs: new Map([['start', job]]),
    answers: new Map([['start', { at: 0, kind: 'started' }]]),
    newestRows: [{ serverId: account.id, at: 0, text: '', isRead: true }],
    remembered: new Set(['start']),
    settled: [{ key: 'start', told }],
  })
  return judgeDay(day).starts.map(({ why }) => why)
}

it('an id that never existed shows that in time where the app ran until the server died', async () => {
  expect(await verdictOn([])).toEqual(['its run goes under another id'])
})

it('and not where the app was away meanwhile', async () => {
  const crashed: Disturbance = { kind: 'appCrashed', server: null, from: 30 * second, to: 58 * second }
  expect(await verdictOn([crashed])).toEqual(['it can’t be known'])
})
