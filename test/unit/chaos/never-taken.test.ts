import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DayRecord } from '../../chaos/day.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { knownJob } from '../../known-job.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, jobWith, startAt } from '../job.ts'
import { account, dayOfStart, toldOf } from './day-record.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

/**
 * What the judge says of a start that never reached the server and was told as not started by an app that crashed at once,
 * where these answers had come.
 */
function verdictOn(answers: DayRecord['answers']) {
  const learntAt = 10_000
  const answer = { kind: 'refused', at: learntAt, reason: 'unreachable' } as const
  const job = knownJob(
    jobWith({
      key: 'start',
      serverId: account.id,
      start: startAt(0, { sentAt: 0, answer }),
      end: endWith('notStarted', { from: 'inferred', reason: 'unreachable', endedAt: learntAt }),
    }),
  )
  const sim = new WexflowSim({ workflows: [simWorkflow({ id: 1, name: 'Import' })] })
  const day = dayOfStart(sim, job, {
    answers,
    settled: [toldOf(job, 'notStarted', learntAt)],
    launchesEnded: [{ at: learntAt + 20, how: 'crash' }],
  })
  return judgeDay(day).starts.map(({ why }) => why)
}

it('what the app learnt as it crashed may have reached its disk', () => {
  expect(verdictOn(new Map([['start', { at: 10_000, kind: 'unsent' }]]))).toEqual([
    'the server never took it',
  ])
})

it('and where it learnt nothing, it is a guess that the server never took a start', () => {
  expect(verdictOn(new Map())).toEqual(['guessed'])
})
