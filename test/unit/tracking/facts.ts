import type { Fact } from '../../../src/main/tracking/facts.ts'
import { namedByEntry } from '../../../src/main/tracking/ids.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { observe } from '../../../src/main/tracking/observe/observe.ts'
import { statusNumber } from '../../wexflow-sim/status.ts'
import type { Entry, WireStatus, WorkflowInfo } from '../../../src/main/wexflow/server.ts'

/** A stored record of a job of workflow 1. */
export const entryOf = (status: WireStatus, part: Partial<Entry> = {}): Entry => ({
  id: '10',
  workflowId: 1,
  name: 'Import orders',
  status,
  rawStatus: String(statusNumber(status)),
  statusDate: '24-11-2026 03:13:31',
  ...part,
})

/** The name of a run of which only the entry of this id is known. */
export const nameOfEntry = (id: string): string => namedByEntry(entryOf('Running', { id }))

/** A running job of workflow 1, as the server lists it. */
export const infoOf = (part: Partial<WorkflowInfo> = {}): WorkflowInfo => ({
  id: 1,
  name: 'Import orders',
  description: '',
  isEnabled: true,
  isApproval: false,
  enableParallelJobs: true,
  launchType: 'trigger',
  schedule: null,
  lastStart: null,
  isRunning: true,
  isPaused: false,
  isWaitingForApproval: false,
  jobId: 'id',
  status: 'Running',
  ...part,
})

export const entry = (status: WireStatus, part: Partial<Entry> = {}): Fact => ({
  kind: 'entry',
  entry: entryOf(status, part),
  isWitnessed: false,
})
export const noEntry = (askedAt: number): Fact => ({ kind: 'noEntry', askedAt })
export const frame = (status: WireStatus | null, rawStatus: string = status ?? '42'): Fact => ({
  kind: 'frame',
  frame: { status, rawStatus },
})
export const listed = (part: Partial<WorkflowInfo> = {}): Fact => ({
  kind: 'listed',
  info: infoOf(part),
  isHidden: false,
})
export const notListed: Fact = { kind: 'notListed', mayRunOn: false }
export const remembered = (part: Partial<WorkflowInfo> | null): Fact => ({
  kind: 'remembered',
  info: part === null ? null : infoOf(part),
})
/** A search of the history that began then, read all of it and did not find the job. */
export const missing = (searchedAt: number, isWhole = true): Fact => ({
  kind: 'historyMissing',
  isWhole,
  searchedAt,
})

/** A row of the history with this id, for the job of that id. */
export const foundAs = (jobId: string, id = '3') =>
  ({ kind: 'historyFound', row: entryOf('Done', { id }), jobId }) as const satisfies Fact

/** What is shown as evidence of a job. */
export const evidenceOf = (job: Job): string[] => job.evidence.map(({ kind }) => kind)

/** Applies facts one after another, each with the milliseconds at which it came. */
export const tell = (job: Job, ...facts: readonly (readonly [at: number, fact: Fact])[]): Job =>
  facts.reduce((known, [at, fact]) => observe(known, fact, at), job)
