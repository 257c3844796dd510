import type { AskedNotes } from '../asked.ts'
import type { Fact } from '../facts.ts'
import type { ProfileJobs } from '../profile-jobs.ts'
import type { ServerRun } from '../server-run.ts'
import type { UsualTimesOf } from './usual-read.ts'

/** What the reads need of the tracker. */
export interface TrackerForReads {
  readonly jobs: ProfileJobs
  readonly serverRun: ServerRun
  readonly asked: AskedNotes
  readonly usual: UsualTimesOf
  /** Since when the app has been following this server without a break; milliseconds since 1970. */
  followedSince(): number
  isServerSlow(): boolean
  apply(key: string, fact: Fact): void
}
