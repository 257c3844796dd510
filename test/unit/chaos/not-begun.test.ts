import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { notBegunFault } from '../../chaos/not-begun.ts'
import { serverDays } from '../../chaos/server-day.ts'
import { type KnownJob, knownJob } from '../../known-job.ts'
import type { StartTruth } from '../../wexflow-sim/truth.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { sentJob } from '../job.ts'
import { account, dayOfStart } from './day-record.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

/** What is wrong with a start that its dead workflow never begins, and of which nothing is told for half an hour. */
function faultOf(jobId: string): ReturnType<typeof notBegunFault> {
  const job: KnownJob = { ...knownJob(sentJob()), key: 'start', serverId: account.id, workflowId: 1, jobId }
  const start: StartTruth = {
    name: 'start',
    workflowId: 1,
    answeredId: 'own',
    jobId: null,
    dropped: 'byDeadWorkflow',
    held: null,
  }
  const sim = new WexflowSim({ workflows: [simWorkflow({ id: 1, name: 'Import' })] })
  const [record] = serverDays(
    dayOfStart(sim, job, { answers: new Map([['start', { at: 10, kind: 'started' }]]) }),
  )
  if (record === undefined) throw new Error('A day without its server')
  vi.setSystemTime(1_800_000)
  return notBegunFault(job, start, null, record)
}

it('a start that a dead workflow holds is told as not begun, unless it has the run of another', () => {
  expect(faultOf('own')).toMatchObject({ kind: 'late' })
  expect(faultOf('another')).toBeNull()
})
