import type { RunningJobs } from '../../../../src/main/tracking/answers/running-jobs.ts'
import type { WorkflowView } from '../../../../src/main/tracking/answers/workflow-view.ts'
import { never } from '../../../../src/main/tracking/asked.ts'
import { type Job, jobIdOf, type Run } from '../../../../src/main/tracking/job.ts'
import type { WorkflowInfo } from '../../../../src/main/wexflow/server.ts'
import { runningJob, sentJob, waitingJob } from '../../job.ts'
import { infoOf } from '../facts.ts'

/** What is known of these jobs of a workflow, all of which were asked for, with what a test says of it. */
export const viewOf = (jobs: readonly Job[], part: Partial<WorkflowView> = {}): WorkflowView => ({
  jobs,
  asked: jobs,
  isOwned: (jobId) => jobs.some((job) => jobIdOf(job) === jobId),
  isEntryOwned: ({ id }) => jobs.some(({ run }) => run?.entry?.id === id),
  isOfThisRun: () => true,
  askedOf: () => ({ entryAt: never }),
  isServerSlow: false,
  hasEntries: () => false,
  mayHaveEntries: () => false,
  idleForMs: 100_000,
  followedSince: 0,
  now: 100_000,
  ...part,
})

/** These ids belong to jobs of this app, and no others do. */
export const owning =
  (...jobIds: string[]): WorkflowView['isOwned'] =>
  (jobId) =>
    jobIds.includes(jobId)

/** A start in the queue, before which there was no row in the history. */
export const queued = (key = 'queued', start: Partial<Job['start']> = {}): Job =>
  waitingJob('queued', { historyMark: '', ...start }, { key })

/** The same of a start whose answer was lost. */
export const lost = (key = 'lost', start: Partial<Job['start']> = {}): Job =>
  waitingJob('lost', { historyMark: '', ...start }, { key })

export const running = (key: string, part: Partial<Job> = {}): Job =>
  runningJob({ jobId: `id of ${key}` }, { key, ...part })

/** A start whose answer has yet to come. */
export const beingSent = sentJob({ key: 'sent' })

/** The workflow's list of running jobs, on which these are. */
export const lists = (
  ...jobIds: string[]
): { listed: WorkflowInfo[]; hidden: null; entries: RunningJobs['entries'] } => ({
  listed: jobIds.map((jobId) => infoOf({ jobId })),
  hidden: null,
  entries: new Map(),
})

/** The entry of a run that belongs to nobody. */
export const entriesOf = (jobId: string, entryId: string): RunningJobs['entries'] =>
  new Map([[jobId, { id: entryId, statusDate: '' }]])

/** The entry of a run as it is known while that runs. */
export const recordOf = (id: string): NonNullable<Run['entry']> => ({
  id,
  status: { word: 'Running', raw: '1' },
  at: 0,
  isWitnessed: true,
})

export const kindsOf = (facts: readonly { key: string; fact: { kind: string } }[]): [string, string][] =>
  facts.map(({ key, fact }) => [key, fact.kind])
