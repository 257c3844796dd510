import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import type { DayRecord } from '../../chaos/day.ts'
import type { Disturbance } from '../../chaos/diary.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { knownJob } from '../../known-job.ts'
import { inMemoryFetch } from '../../wexflow-sim/in-memory.ts'
import { startNameHeader } from '../../wexflow-sim/requests.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runWith, startAt, waitingJob } from '../job.ts'
import { account, dayOfStart, toldOf } from './day-record.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

const networkGone: Disturbance = { kind: 'networkGone', server: null, from: 500, to: 700 }

/** A job whose stop met its end after half a second, and a start behind it whose queue stands still since. */
async function stopped(stopsQueue: boolean) {
  vi.setSystemTime(0)
  const queue = simWorkflow({ id: 1, name: 'Queue', durationMs: 2000, enableParallelJobs: false })
  const faults = { stopMeetsEnd: 1, queueStandsStill: stopsQueue ? 1 : 0 }
  const sim = new WexflowSim({ workflows: [queue], faults })
  const call = inMemoryFetch(sim)
  const start = async (name: string): Promise<void> => {
    const headers = { Authorization: `Bearer ${sim.tokens.issue('admin', null)}`, [startNameHeader]: name }
    const answer = call('http://sim/api/v1/start?w=1', {
      method: 'POST',
      headers,
      signal: new AbortController().signal,
    })
    await vi.advanceTimersByTimeAsync(25)
    await answer
  }
  await start('running')
  await start('next')
  await start('start')
  await vi.advanceTimersByTimeAsync(500)
  sim.stopElsewhere(1, sim.startTruth('running')?.jobId ?? '')
  await vi.advanceTimersByTimeAsync(1000)
  return sim
}

/** What the judge says of this one job, of which this outcome was told, and that it had not begun. */
function verdictOn(
  sim: WexflowSim,
  job: Job,
  outcome: Outcome,
  day: Partial<DayRecord> = {},
): { readonly faults: readonly string[]; readonly why: string }[] {
  const known = knownJob({ ...job, serverId: account.id })
  const at = job.end?.endedAt ?? 0
  const record = dayOfStart(sim, known, {
    answers: new Map([[job.key, { at: 60, kind: job.run === null ? 'noJobId' : 'started' }]]),
    settled: [toldOf(known, outcome, at)],
    ...day,
  })
  return judgeDay(record).starts.map(({ faults, why }) => ({ faults, why }))
}

/** What the judge says of that outcome of such a job. */
async function verdictOnStopped(
  outcome: Outcome,
  isAskedFor: boolean,
  disturbances: readonly Disturbance[] = [],
) {
  const sim = await stopped(false)
  const jobId = sim.startTruth('running')?.jobId ?? ''
  const job = {
    ...waitingJob('queued', startAt(0, { sentAt: 0, answer: { kind: 'id', at: 20, jobId } })),
    key: 'running',
    run: runWith({ jobId }),
    end: endWith(outcome, { from: 'entry', endedAt: 1000 }),
    stop: isAskedFor ? { askedAt: 500, said: true } : null,
  }
  return verdictOn(sim, job, outcome, { disturbances })
}

describe('a stop that met the job’s own end', () => {
  it('is to be told as its record stays where the person had asked for it', async () => {
    expect(await verdictOnStopped('stopped', true)).toEqual([{ faults: [], why: 'as recorded' }])
    expect(await verdictOnStopped('done', true)).toEqual([{ faults: ['wrong'], why: 'really stopped' }])
  })

  it('may be told as it ended by itself where nobody here had asked for it, or nobody could see it', async () => {
    const why = 'as it ended by itself, before a stop was recorded over that'
    expect(await verdictOnStopped('done', false)).toEqual([{ faults: [], why }])
    expect(await verdictOnStopped('done', true, [networkGone])).toEqual([{ faults: [], why }])
  })

  it('may never be told as what it was not', async () => {
    for (const isAskedFor of [true, false])
      for (const outcome of ['failed', 'rejected', 'unknown'] as const)
        expect(await verdictOnStopped(outcome, isAskedFor, [networkGone])).toEqual([
          { faults: ['wrong'], why: 'really stopped' },
        ])
  })
})

const notBegunAt = (at: number): DayRecord['phasesTold'] => [
  { key: 'start', phase: 'notBegun', at },
  { key: 'start', phase: null, at: 600_000 },
]

/** What the judge says of a start in that queue of which this was told after ten minutes. */
async function verdictOnHeld(
  outcome: Outcome,
  phasesTold: DayRecord['phasesTold'],
  historyMark: string | null = '0',
) {
  const sim = await stopped(true)
  await vi.advanceTimersByTimeAsync(700_000)
  const job = {
    ...waitingJob('queued', startAt(40, { sentAt: 40, answer: { kind: 'queued', at: 60 }, historyMark })),
    key: 'start',
    end: endWith(outcome, { from: 'inferred', reason: 'startUnconfirmed', endedAt: 610_000 }),
  }
  return verdictOn(sim, job, outcome, { phasesTold })
}

describe('a start in a queue that stands still', () => {
  it('is right where it is told as not begun within two minutes, and as unknown at last', async () => {
    expect(await verdictOnHeld('unknown', notBegunAt(70_000))).toEqual([
      { faults: [], why: 'it can’t be known' },
    ])
  })

  it('is told late after two minutes, or where it is not told at all', async () => {
    const [late] = await verdictOnHeld('unknown', notBegunAt(200_000))
    expect(late?.faults).toEqual(['late'])
    const [untold] = await verdictOnHeld('unknown', [])
    expect(untold?.faults).toEqual(['late'])
  })

  it('need not be told where the history could not be read before it', async () => {
    const [untold] = await verdictOnHeld('unknown', [], null)
    expect(untold?.faults).toEqual([])
  })

  it('is wrong where it is told as an end that it never had', async () => {
    for (const outcome of ['done', 'stopped'] as const) {
      const [lie] = await verdictOnHeld(outcome, notBegunAt(70_000))
      expect(lie?.faults).toContain('wrong')
    }
  })
})

it('a start in a queue may be unknown where the server died before it, so that the history was read for others only', async () => {
  const sim = await stopped(false)
  await vi.advanceTimersByTimeAsync(10_000)
  const job = {
    ...waitingJob(
      'queued',
      startAt(40, { sentAt: 60, answer: { kind: 'queued', at: 80 }, historyMark: null }),
    ),
    key: 'start',
    end: endWith('unknown', { from: 'inferred', reason: 'startUnconfirmed', endedAt: 9000 }),
  }
  const newestRows = [{ serverId: account.id, at: 50, text: '', isRead: true }]
  const killed: Disturbance = { kind: 'serverKilled', server: 0, from: 42, to: 45 }
  const verdict = (...disturbances: readonly Disturbance[]) =>
    verdictOn(sim, job, 'unknown', { newestRows, disturbances }).map(({ faults }) => faults)
  expect(verdict(killed)).toEqual([[]])
  // Calls that were made meanwhile may still hang, and hold back the reads before the start.
  expect(verdict({ ...killed, from: -2000, to: -1000 })).toEqual([[]])
  expect(verdict({ ...killed, from: -30_000, to: -20_000 })).toEqual([['wrong']])
  expect(verdict()).toEqual([['wrong']])
})
