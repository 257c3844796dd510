import path from 'node:path'
import { DiskJournalFile } from '../../src/main/job-store/journal-file.ts'
import { JobStore } from '../../src/main/job-store/store.ts'
import type { Job } from '../../src/main/tracking/job.ts'

/** Puts jobs into the folder in which an app that is not running remembers. */
export async function writeJobs(userData: string, jobs: readonly Job[]): Promise<void> {
  const store = await JobStore.open({
    file: new DiskJournalFile(path.join(userData, 'jobs.ndjson')),
    keep: () => jobs.length,
    mayForget: () => true,
    onProblem: () => {},
  })
  for (const job of jobs) store.put(job)
  await store.flush()
}
