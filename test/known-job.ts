import type { Origin, Phase } from '../src/shared/job-view.ts'
import type { Evidence, Outcome, OutcomeSource, Reason } from '../src/shared/outcome.ts'
import type { Wish } from '../src/shared/wish.ts'
import { type Job, jobIdOf } from '../src/main/tracking/job.ts'
import { viewOf } from '../src/main/tracking/job-view.ts'

/** What the app knows of a job, as tests and the judge of the chaos run read it: in one flat record. */
export interface KnownJob {
  readonly key: string
  readonly serverId: string
  readonly workflowId: number
  readonly workflowName: string
  readonly jobId: string | null
  readonly phase: Phase
  readonly requestedAt: number
  readonly origin: Origin
  /** When the request went out; null while nothing can have been sent. */
  readonly sentAt: number | null
  readonly answer: Job['start']['answer']['kind']
  readonly answerLost: boolean
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly outcome: Outcome | null
  readonly outcomeFrom: OutcomeSource | null
  readonly reason: Reason | null
  readonly durationMs: number | null
  readonly errorLine: string | null
  readonly maybeOthers: boolean
  readonly stopAskedAt: number | null
  readonly asked: Wish | null
  readonly entryId: string | null
  readonly historyId: string | null
  readonly serverRun: string | null
  readonly restarted: boolean
  readonly isShown: boolean
  /** Looks at `jobs` in a row that no longer listed it, and since when. */
  readonly goneReads: number
  readonly goneSince: number | null
  readonly runningBefore: readonly string[]
  readonly historyMark: string | null
  readonly entryMark: string | null
  /** When the marks were asked for; null where a page of before had to give that of the entries. */
  readonly markedAt: number | null
  readonly evidence: readonly Evidence[]
}

/** The flat record of a job. */
export const knownJob = (job: Job): KnownJob => ({
  key: job.key,
  serverId: job.serverId,
  workflowId: job.workflowId,
  workflowName: job.workflowName,
  jobId: jobIdOf(job),
  phase: viewOf(job).state.phase,
  requestedAt: job.start.requestedAt,
  origin: viewOf(job).origin,
  sentAt: job.start.sentAt,
  answer: job.start.answer.kind,
  answerLost: job.start.answer.kind === 'lost',
  startedAt: job.run?.startedAt ?? null,
  endedAt: job.end?.endedAt ?? null,
  outcome: job.end?.outcome ?? null,
  outcomeFrom: job.end?.from ?? null,
  reason: job.end?.reason ?? null,
  durationMs: job.end?.durationMs ?? null,
  errorLine: job.end?.errorLine ?? null,
  maybeOthers: job.maybeOthers,
  stopAskedAt: job.stop?.askedAt ?? null,
  asked: viewOf(job).asked,
  entryId: job.run?.entry?.id ?? null,
  historyId: job.run?.history?.id ?? null,
  serverRun: job.serverRun,
  restarted: job.restartedAt !== null,
  isShown: job.run?.shownAt != null,
  goneReads: job.run?.gone?.count ?? 0,
  goneSince: job.run?.gone?.since ?? null,
  runningBefore: job.start.runningBefore,
  historyMark: job.start.historyMark,
  entryMark: job.start.entryMark,
  markedAt: job.start.markedAt,
  evidence: job.evidence,
})
