import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { Disturbance } from '../../chaos/diary.ts'
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

/**
 * A start that never ran has taken a run of somebody else, which a stop had hidden and which was done, and was told so.
 * What the judge says of it.
 */
async function verdictOn(outcome: Outcome, disturbances: readonly Disturbance[]) {
  const queue = simWorkflow({ id: 1, name: 'Queue', durationMs: 2000, enableParallelJobs: false })
  const sim = new WexflowSim({ workflows: [queue], faults: { stopHidesNext: 1 } })
  const first = sim.startElsewhere(1)
  sim.startElsewhere(1)
  await vi.advanceTimersByTimeAsync(500)
  sim.stopElsewhere(1, first)
  await vi.advanceTimersByTimeAsync(3000)
  const run = sim.truths().find(({ isNamedInHistory }) => !isNamedInHistory)
  const at = 10_000
  const job = knownJob({
    ...waitingJob('queued', startAt(0, { sentAt: 0, answer: { kind: 'queued', at: 0 } })),
    key: 'start',
    serverId: account.id,
    run: runWith({ jobId: run?.jobId ?? '', isHidden: true }),
    end: endWith(outcome, { from: 'inferred', endedAt: at }),
    maybeOthers: true,
  })
  const day = dayOfStart(sim, job, {
    disturbances,
    answers: new Map([['start', { at: 0, kind: 'noJobId' }]]),
    settled: [toldOf(job, outcome, at)],
  })
  return judgeDay(day).starts.map(({ faults, why }) => ({ faults, why }))
}

const stopped: Disturbance = { kind: 'serverStopped', server: 0, from: 1000, to: 5000 }

it('the end of another’s run that only its entry named may be unknown where the server was away meanwhile', async () => {
  expect(await verdictOn('unknown', [stopped])).toEqual([{ faults: [], why: 'it can’t be known' }])
})

it('that end is known where nothing was broken, and nothing else may be told of it', async () => {
  expect(await verdictOn('unknown', [])).toEqual([{ faults: ['wrong'], why: 'really done' }])
  expect(await verdictOn('failed', [stopped])).toEqual([{ faults: ['wrong'], why: 'really done' }])
})
