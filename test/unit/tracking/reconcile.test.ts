import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import type { DueRead } from '../../../src/main/tracking/agenda.ts'
import { AskedNotes } from '../../../src/main/tracking/asked.ts'
import { JobStreams } from '../../../src/main/tracking/job-streams.ts'
import { asking } from '../../../src/main/tracking/policy.ts'
import { ProfileJobs } from '../../../src/main/tracking/profile-jobs.ts'
import { Reconciler } from '../../../src/main/tracking/reconcile.ts'
import { ServerRun } from '../../../src/main/tracking/server-run.ts'
import { noUsualTimes } from '../../../src/main/tracking/reads/usual-read.ts'
import { endedJob, runningJob } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const nothing = (): void => {}
const server = { hello: async () => {}, openJobStream: () => nothing, onRefused: nothing }

/** A reconciler of the jobs of a store, whose reads a test makes. */
const reconcilerOf = (store: JobStore, make: (read: DueRead) => Promise<boolean>): Reconciler =>
  new Reconciler({
    store,
    streams: new JobStreams(server, { onFrame: nothing, onLost: () => false, onRoom: nothing }),
    jobs: new ProfileJobs(store, 'server'),
    asked: new AskedNotes(),
    usual: noUsualTimes,
    serverRun: new ServerRun(() => true),
    make,
    mayAsk: () => true,
    isStopped: () => false,
    isCatchingUp: () => false,
    onEnded: nothing,
    onChanged: nothing,
    onRestartProven: nothing,
  })

const storeOf = (keep: () => number): Promise<JobStore> =>
  JobStore.open({ file: new MemoryDisk().open(), keep, mayForget: () => true, onProblem: nothing })

test('the reads of jobs that the store let go of keep no turn from coming, however many there are', async () => {
  let kept = 1000
  const store = await storeOf(() => kept)
  const made: DueRead[] = []
  const reconciler = reconcilerOf(store, async (read) => {
    made.push(read)
    // Going through thousands of reads takes so long that the first of them may be made again.
    vi.setSystemTime(Date.now() + asking.atLeastApart)
    // A turn that never ends ends no test.
    return made.length > 1000 ? new Promise<never>(nothing) : true
  })
  const jobs = Array.from({ length: 50 }, (_, index) =>
    endedJob('done', { durationMs: null }, { key: `job ${index}` }),
  )
  for (const job of jobs) store.put(job)
  reconciler.takeUp(store.all())
  reconciler.planNow()
  kept = 0
  store.prune()
  // A turn in which the store can say what it let go of.
  await new Promise((resolve) => setImmediate(resolve))
  expect(made.length).toBeLessThanOrEqual(jobs.length)
  reconciler.stop()
})

/** A start that the server took then, under this id. */
const takenAt = (key: string, at: number) =>
  runningJob({}, { key, start: { ...runningJob().start, answer: { kind: 'id', at, jobId: key } } })

test('a restart that the lost entry of one job proves is one for all that the server had taken by then, shown or not', async () => {
  const store = await storeOf(() => 100)
  const reconciler = reconcilerOf(store, () => new Promise<never>(nothing))
  const entry = {
    id: '1',
    status: { word: 'Running', raw: '1' },
    statusDate: '',
    at: 1000,
    isWitnessed: false,
  } as const
  for (const job of [runningJob({ entry }, { key: 'lost' }), takenAt('before', 1000), takenAt('later', 1001)])
    store.put(job)
  reconciler.apply('lost', { kind: 'noEntry', askedAt: Date.now() })
  const restarted = store.all().filter(({ restartedAt }) => restartedAt !== null)
  expect(restarted.map(({ key }) => key).toSorted()).toEqual(['before', 'lost'])
  reconciler.stop()
})
