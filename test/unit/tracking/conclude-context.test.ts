import { expect, it } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { AskedNotes } from '../../../src/main/tracking/asked.ts'
import { JobContext } from '../../../src/main/tracking/conclude-context.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { ProfileJobs } from '../../../src/main/tracking/profile-jobs.ts'
import { ServerRun } from '../../../src/main/tracking/server-run.ts'
import { runningJob, waitingJob } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'

const queued = waitingJob('queued', { requestedAt: 1000, historyMark: '7' }, { key: 'queued' })

const claimed = (shownAt: number): Job => runningJob({ shownAt }, { key: 'other', maybeOthers: true })

/** Whether an app that has just started knows of a start that it has not begun if its workflow runs nothing, beside this job. */
async function isQueueKnownBeside(other: Job): Promise<boolean> {
  const store = await JobStore.open({
    file: new MemoryDisk().open(),
    keep: () => 100,
    mayForget: () => true,
    onProblem: () => undefined,
  })
  for (const job of [other, queued]) store.put(job)
  return new JobContext(queued, {
    jobs: new ProfileJobs(store, queued.serverId),
    asked: new AskedNotes(),
    serverRun: new ServerRun(() => true),
    running: () => 0,
    followedSince: () => 0,
  }).isQueueKnown
}

it('where a run went to a start that can’t be sure of it since another one was queued, that one may have run', async () => {
  expect(await isQueueKnownBeside(claimed(1000))).toBe(false)
  expect(await isQueueKnownBeside(claimed(999))).toBe(true)
  expect(await isQueueKnownBeside({ ...claimed(1000), maybeOthers: false })).toBe(true)
  expect(await isQueueKnownBeside({ ...claimed(1000), serverId: 'another' })).toBe(true)
})
