import { expect, it } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { namedByRow } from '../../../src/main/tracking/ids.ts'
import { ProfileJobs } from '../../../src/main/tracking/profile-jobs.ts'
import { runningJob } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { nameOfEntry } from './facts.ts'

it('an id belongs to the start that has it, whichever profile that is of; a run without an id has its name on one server alone', async () => {
  const store = await JobStore.open({
    file: new MemoryDisk().open(),
    keep: () => 100,
    mayForget: () => true,
    onProblem: () => undefined,
  })
  const ids = ['id', nameOfEntry('3'), namedByRow('7')]
  for (const jobId of ids) store.put(runningJob({ jobId }, { key: jobId, serverId: 'other' }))
  const ownedBy = (serverId: string): boolean[] => {
    const jobs = new ProfileJobs(store, serverId)
    return ids.map((jobId) => jobs.isOwned(jobId))
  }
  expect(ownedBy('other')).toEqual([true, true, true])
  expect(ownedBy('server')).toEqual([true, false, false])
})
