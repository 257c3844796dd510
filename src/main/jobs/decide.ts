import type { Evidence, Job, Outcome, OutcomeSource, Phase, Reason } from '../../shared/job.ts'
import type { Entry, JobFrame, WireStatus, WorkflowInfo } from '../wexflow/server.ts'
import { isBeingSent } from './adopt.ts'

/**
 * The decision: what is known of a job + what just arrived -> what is known now, and what to ask next.
 * Pure: no clock, no network. The rules answer what a real Wexflow 10.1 server was seen to do; docs/job-ends.md
 * tells the story behind each.
 */

/** Something that arrived about one job. */
export type Fact =
  | { readonly kind: 'startAnswered'; readonly jobId: string }
  | { readonly kind: 'startQueued' }
  | { readonly kind: 'startRefused'; readonly reason: Reason; readonly detail: string }
  /** The request may have reached the server, and no answer came. */
  | { readonly kind: 'startAnswerLost'; readonly detail: string }
  /** A new instance of the workflow was taken to be this start. */
  | { readonly kind: 'adopted'; readonly jobId: string }
  | { readonly kind: 'frame'; readonly frame: JobFrame }
  /** An answer of `entry`, or a row of a page that has this job's entry id. */
  | { readonly kind: 'entry'; readonly entry: Entry | null; readonly witnessed: boolean }
  /** An entry that was there is `null`, and the server can't have restarted: this user may not read it any more. */
  | { readonly kind: 'entryHidden' }
  /** `jobs` lists it. */
  | { readonly kind: 'listed'; readonly info: WorkflowInfo }
  /** `jobs` does not list it; for a queued start: the workflow runs nothing at all. */
  | { readonly kind: 'notListed' }
  /** The workflow of a queued start runs something: the queue is alive. */
  | { readonly kind: 'queueAlive' }
  | { readonly kind: 'jobRead'; readonly info: WorkflowInfo | null }
  | { readonly kind: 'historyFound'; readonly row: Entry; readonly jobId: string }
  /** `isWatched`: since the start no job of its workflow can have begun unseen, or was taken for another start. */
  | { readonly kind: 'historyMissing'; readonly isWatched: boolean }
  /** The number of the server's run in which the job was seen alive. */
  | { readonly kind: 'runKnown'; readonly run: string }
  | { readonly kind: 'serverRestarted' }
  | { readonly kind: 'stopAsked' }
  | { readonly kind: 'stopAnswered' }
  /** The wish to stop never reached the server. */
  | { readonly kind: 'stopNotSent' }

/** What can be asked about one job. `history` searches the rows above the job's mark for its id. */
export type QuestionKind = 'entry' | 'jobs' | 'job' | 'history'

/** A question and how long to wait before it is asked, in milliseconds. */
export interface Question {
  readonly kind: QuestionKind
  readonly inMs: number
}

export interface Decision {
  readonly job: Job
  readonly ask: readonly Question[]
}

/** Wexflow's statuses that end a job, and the outcome that each is. */
export const finalOutcomes: Readonly<Partial<Record<WireStatus, Outcome>>> = {
  Done: 'done',
  Failed: 'failed',
  Warning: 'warning',
  Stopped: 'stopped',
  Rejected: 'rejected',
}

/** A stop's record was seen to follow its frame by a few milliseconds; on a starving server by more. */
const recordPauseMs = 250
/** The pause between two reads of `jobs` that together mean "gone". */
const secondGoneReadMs = 1500
const leastBetweenGoneReadsMs = 1000
/** How long a job must be gone without a record before that is concluded. */
const concludeAfterMs = 5000
/**
 * How long a queue must be seen empty before a queued start counts as dropped. A server under load takes tens of
 * seconds to begin the job that it took from the queue, and lists none meanwhile; with two in a row it takes twice that.
 */
const queueDroppedAfterMs = 120_000
/** An empty queue is looked at again, and the history for what it held, after this time. */
const emptyQueueMs = 3000
/** A lost start that no job was found for is given up after this time: starving servers began jobs minutes late. */
const giveUpStartMs = 600_000
/** How long after its request a lost start may still begin although the server is known to have restarted. */
const lostBeginsWithinMs = 60_000
/** A started job is asked for its entry this soon: for the entry's id, and in case the stream came too late. */
const firstEntryMs = 1000
/** An unconfirmed job is looked for by other reads after this time. */
const unconfirmedAfterMs = 2000
/** An unconfirmed job is looked for in the history after this time. */
const longUnconfirmedAfterMs = 30_000
/** A job that was confirmed nowhere for this long is told as unknown: no restart of the server may ever be proven. */
const giveUpUnconfirmedMs = 3_600_000
/** An outcome that the stream told is held against its entry until then. */
const confirmForMs = 60_000
/** An outcome that was concluded is looked at once more in both records: a truth that comes later corrects it. */
const secondThoughts: readonly Question[] = [
  { kind: 'entry', inMs: 30_000 },
  { kind: 'history', inMs: 300_000 },
]
/** A job that is still listed so long after this app asked to stop it was not stopped by that. */
const stopWorksWithinMs = 60_000
/** The evidence of one job is kept this short. */
const mostEvidence = 40

const never: readonly Question[] = []
const ask = (kind: QuestionKind, inMs = 0): readonly Question[] => [{ kind, inMs }]

/** Adds what was observed, leaving out what repeats the last observation. */
function note(job: Job, at: number, kind: Evidence['kind'], detail?: string): Job {
  const last = job.evidence.at(-1)
  if (last?.kind === kind && last.detail === detail) return job
  const fresh: Evidence = detail === undefined ? { at, kind } : { at, kind, detail }
  return { ...job, evidence: [...job.evidence, fresh].slice(-mostEvidence) }
}

interface End {
  readonly outcome: Outcome
  readonly from: OutcomeSource
  readonly at: number
  readonly reason?: Reason
  /** Whether the end was noticed as it happened, so that this machine's clock tells the duration. */
  readonly witnessed: boolean
}

function end(job: Job, { outcome, from, at, reason, witnessed }: End): Job {
  const endedAt = job.endSignalledAt ?? job.goneSince ?? at
  const clocked = witnessed || job.endSignalledAt !== null
  return {
    ...job,
    phase: 'ended',
    outcome,
    outcomeFrom: from,
    reason: reason ?? null,
    endedAt,
    durationMs: clocked && job.startedAt !== null ? Math.max(0, endedAt - job.startedAt) : null,
  }
}

/** The stored record wins over the stream and over what was concluded; once it has spoken, it is not corrected. */
const isSettled = (job: Job): boolean => job.outcomeFrom === 'entry' || job.outcomeFrom === 'history'

/** Lets a stored outcome end a job, confirm what was told, or correct it. */
function record(job: Job, stored: End): Decision {
  if (job.phase !== 'ended') return { job: end(job, stored), ask: never }
  if (isSettled(job)) return { job, ask: never }
  if (job.outcome === stored.outcome) {
    return { job: { ...job, outcomeFrom: stored.from, reason: null }, ask: never }
  }
  const corrected = note(job, stored.at, 'corrected', job.outcome ?? undefined)
  return {
    job: { ...corrected, outcome: stored.outcome, outcomeFrom: stored.from, reason: null },
    ask: never,
  }
}

function alivePhase(info: WorkflowInfo): Phase {
  if (info.isWaitingForApproval) return 'waiting'
  return info.isPaused ? 'suspended' : 'running'
}

const isGone = (job: Job): boolean => job.goneReads >= 2

/** Ends without a word of the server: stopped if this app had asked for that, otherwise honestly unknown. */
function conclude(job: Job, now: number): Decision {
  const lastStatus = job.evidence.findLast((evidence) => evidence.kind === 'entry')?.detail
  const reason: Reason = ['0', '1', undefined].includes(lastStatus) ? 'notRecorded' : 'unknownStatus'
  const noted = note(job, now, 'concluded')
  const ended =
    job.stopAskedAt === null || reason === 'unknownStatus'
      ? end(noted, { outcome: 'unknown', from: 'inferred', at: now, reason, witnessed: false })
      : end(noted, { outcome: 'stopped', from: 'inferred', at: now, witnessed: false })
  return { job: ended, ask: secondThoughts }
}

function onStoredEntry(before: Job, entry: Entry, now: number, witnessed: boolean): Decision {
  const seen: Job = {
    ...note(before, now, 'entry', entry.rawStatus),
    entryId: entry.id,
    entrySeen: true,
    restarted: false,
  }
  const outcome = entry.status === null ? undefined : finalOutcomes[entry.status]
  if (outcome !== undefined) return record(seen, { outcome, from: 'entry', at: now, witnessed })

  if (seen.phase === 'ended') {
    const recent = seen.outcomeFrom === 'stream' && now - (seen.endedAt ?? now) < confirmForMs
    return { job: seen, ask: recent ? ask('entry', secondGoneReadMs * 2) : never }
  }
  if (isGone(seen)) return { job: seen, ask: ask('job') }
  if (seen.endSignalledAt !== null || seen.goneReads > 0) return { job: seen, ask: ask('jobs') }
  // Suspended jobs are stored as Pending, and only `jobs` tells them from jobs that have yet to run.
  if (entry.status === 'Pending') return { job: seen, ask: seen.phase === 'suspended' ? never : ask('jobs') }
  const resumed = entry.status === 'Running' && seen.phase === 'suspended'
  return { job: resumed ? { ...seen, phase: 'running' } : seen, ask: never }
}

function onNoEntry(job: Job, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  // An entry does not vanish while its server runs.
  if (job.entrySeen) return onRestart(job, now)
  if (job.restarted) return { job, ask: ask('history') }
  // Not begun yet, on a server that has no thread to spare; or this user may not read entries.
  const age = now - (job.startedAt ?? job.requestedAt)
  const look = job.endSignalledAt !== null || isGone(job) || age >= unconfirmedAfterMs
  return { job, ask: look ? ask('job') : never }
}

function onHiddenEntry(job: Job): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  return { job, ask: job.endSignalledAt !== null || isGone(job) ? ask('job') : never }
}

function onRestart(job: Job, now: number): Decision {
  // While its answer can still come, nothing says in which run the start arrives.
  if (job.phase === 'ended' || job.restarted || isBeingSent(job)) return { job, ask: never }
  const noted = note(job, now, 'serverRestarted')
  return {
    job: {
      ...noted,
      restarted: true,
      serverRun: null,
      entryId: null,
      entrySeen: false,
      listed: false,
      goneReads: 0,
      goneSince: null,
    },
    // A job of the new run that was taken for one of the old run has an entry; one that never got an id has none to ask for.
    ask: ask(job.jobId === null ? 'history' : 'entry'),
  }
}

function onListed(job: Job, info: WorkflowInfo, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  const noted = job.listed ? job : note(job, now, 'jobsListed')
  const alive: Job = {
    ...noted,
    listed: true,
    restarted: false,
    goneReads: 0,
    goneSince: null,
    phase: alivePhase(info),
    stopAskedAt:
      job.stopAskedAt !== null && now - job.stopAskedAt > stopWorksWithinMs ? null : job.stopAskedAt,
  }
  if (job.endSignalledAt === null) return { job: alive, ask: never }
  // The server said that it ended and still lists it: it is about to let go. Ask ever more rarely if it does not.
  const pause = Math.min(15_000, Math.max(recordPauseMs, (now - job.endSignalledAt) / 2))
  return { job: alive, ask: ask('entry', pause) }
}

/** When an empty queue is looked at next. */
const nextLook = (emptyForMs: number): number =>
  emptyForMs < emptyQueueMs ? emptyQueueMs : Math.max(emptyQueueMs, queueDroppedAfterMs - emptyForMs)

function onNotListed(job: Job, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  const goneSince = job.goneSince ?? now
  if (job.phase === 'queued') {
    const empty: Job = { ...job, goneReads: job.goneReads + 1, goneSince }
    // It may have begun and ended between two looks.
    const look = isGone(empty) && now - goneSince >= emptyQueueMs
    return {
      job: empty,
      ask: [...(look ? ask('history') : never), ...ask('jobs', nextLook(now - goneSince))],
    }
  }
  // A job that the server has confirmed nowhere yet is not gone: `start` answers before the job exists.
  const known = job.listed || job.entrySeen || job.endSignalledAt !== null
  if (!known) return { job, ask: never }
  // Two reads at nearly the same time are one look.
  if (job.goneReads === 1 && now - goneSince < leastBetweenGoneReadsMs) return { job, ask: never }
  const gone: Job = { ...note(job, now, 'jobsGone'), goneReads: job.goneReads + 1, goneSince }
  const again = isGone(gone) ? never : ask('jobs', secondGoneReadMs)
  return { job: gone, ask: [...ask('entry'), ...again] }
}

function onJobRead(job: Job, info: WorkflowInfo | null, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  if (info !== null && info.jobId === job.jobId) {
    if (info.isRunning) return onListed(job, info, now)
    const outcome = info.status === null ? undefined : finalOutcomes[info.status]
    if (outcome !== undefined) {
      const noted = note(job, now, 'jobRead', info.status ?? undefined)
      return { job: end(noted, { outcome, from: 'job', at: now, witnessed: false }), ask: ask('entry', 1000) }
    }
  }
  const age = now - (job.startedAt ?? job.requestedAt)
  const look = job.endSignalledAt !== null || isGone(job) || age >= longUnconfirmedAfterMs
  return { job, ask: look ? ask('history') : never }
}

function onHistoryFound(before: Job, row: Entry, jobId: string, now: number): Decision {
  const outcome = row.status === null ? undefined : finalOutcomes[row.status]
  const found: Job = {
    ...note(before, now, 'historyFound', row.rawStatus),
    jobId,
    historyId: row.id,
    maybeOthers: before.maybeOthers || before.jobId === null,
  }
  if (outcome !== undefined) return record(found, { outcome, from: 'history', at: now, witnessed: false })
  if (found.phase === 'ended') return { job: found, ask: never }
  return {
    job: end(found, {
      outcome: 'unknown',
      from: 'history',
      at: now,
      reason: 'unknownStatus',
      witnessed: false,
    }),
    ask: never,
  }
}

/** A lost start is neither in the history nor, as far as is known, among the running jobs. */
function onLostStartMissing(job: Job, now: number): Decision {
  if (now - job.requestedAt < giveUpStartMs) return { job, ask: never }
  // After an absence the time may be over before the first look: two looks at both.
  const goneSince = job.goneSince ?? now
  if (now - goneSince < secondGoneReadMs)
    return { job: { ...job, goneSince }, ask: [...ask('jobs'), ...ask('history', secondGoneReadMs)] }
  return {
    job: end(note(note(job, now, 'historyMissing'), now, 'concluded'), {
      outcome: 'unknown',
      from: 'inferred',
      at: now,
      reason: 'startUnconfirmed',
      witnessed: false,
    }),
    ask: never,
  }
}

function onHistoryMissing(job: Job, isWatched: boolean, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: never }
  if (job.restarted) {
    const noted = note(job, now, 'historyMissing')
    // A start whose answer was lost may have reached the new run: the next round looks again.
    const mayBegin = job.jobId === null && job.answerLost && now - job.requestedAt < lostBeginsWithinMs
    if (mayBegin) return { job: noted, ask: never }
    // Unseen, a queued start may have begun just before the server went.
    const reason: Reason = job.phase === 'queued' ? 'startUnconfirmed' : 'endedWithServer'
    return {
      job: end(noted, { outcome: 'unknown', from: 'inferred', at: now, reason, witnessed: false }),
      ask: job.jobId === null ? never : ask('history', 30_000),
    }
  }
  if (job.phase === 'queued') {
    if (!isGone(job) || now - (job.goneSince ?? now) < queueDroppedAfterMs) return { job, ask: never }
    const told: Pick<End, 'outcome' | 'reason'> = isWatched
      ? { outcome: 'notStarted', reason: 'queueDropped' }
      : { outcome: 'unknown', reason: 'startUnconfirmed' }
    const noted = note(job, now, 'concluded')
    return { job: end(noted, { ...told, from: 'inferred', at: now, witnessed: false }), ask: never }
  }
  if (job.phase === 'starting') return onLostStartMissing(job, now)
  const isConfirmed = job.listed || job.entrySeen || job.endSignalledAt !== null
  if (!isConfirmed && job.jobId !== null && now - job.requestedAt > giveUpUnconfirmedMs) {
    const noted = note(note(job, now, 'historyMissing'), now, 'concluded')
    const unknown: End = {
      outcome: 'unknown',
      from: 'inferred',
      at: now,
      reason: 'startUnconfirmed',
      witnessed: false,
    }
    return { job: end(noted, unknown), ask: secondThoughts }
  }
  if (!isGone(job)) return { job, ask: job.endSignalledAt === null ? never : ask('jobs', secondGoneReadMs) }
  const goneFor = now - (job.goneSince ?? now)
  if (goneFor < concludeAfterMs) return { job, ask: ask('entry', concludeAfterMs - goneFor) }
  return conclude(note(job, now, 'historyMissing'), now)
}

/** Applies one fact. `now` is this machine's clock in milliseconds since 1970. */
export function decide(job: Job, fact: Fact, now: number): Decision {
  switch (fact.kind) {
    case 'startAnswered':
      return {
        job: {
          ...note(job, now, 'startAnswered'),
          jobId: fact.jobId,
          phase: 'running',
          startedAt: now,
        },
        ask: ask('entry', firstEntryMs),
      }
    case 'startQueued':
      return { job: { ...note(job, now, 'startQueued'), phase: 'queued' }, ask: ask('jobs', firstEntryMs) }
    case 'startRefused':
      return {
        job: end(note(job, now, 'concluded', fact.detail), {
          outcome: 'notStarted',
          from: 'inferred',
          at: now,
          reason: fact.reason,
          witnessed: false,
        }),
        ask: never,
      }
    case 'startAnswerLost':
      return {
        job: { ...note(job, now, 'startAnswerLost', fact.detail), answerLost: true },
        ask: ask('jobs'),
      }
    case 'adopted':
      if (job.jobId !== null || job.phase === 'ended') return { job, ask: never }
      return {
        job: {
          ...note(job, now, job.phase === 'queued' ? 'adoptedFromQueue' : 'adopted'),
          jobId: fact.jobId,
          phase: 'running',
          // It runs, so whatever restarted did so before it began.
          restarted: false,
          // A queued start was watched as it began; a lost one began some time before.
          startedAt: job.phase === 'queued' ? now : null,
          maybeOthers: job.phase !== 'queued',
          goneReads: 0,
          goneSince: null,
        },
        ask: ask('entry'),
      }
    case 'frame': {
      if (job.phase === 'ended') return { job, ask: never }
      const noted = note(job, now, 'frame', fact.frame.rawStatus)
      const outcome = fact.frame.status === null ? undefined : finalOutcomes[fact.frame.status]
      if (outcome === undefined) return { job: { ...noted, endSignalledAt: now }, ask: ask('entry') }
      return {
        job: end(noted, { outcome, from: 'stream', at: now, witnessed: true }),
        ask: ask('entry', firstEntryMs),
      }
    }
    case 'entry':
      if (fact.entry === null) return onNoEntry(job, now)
      return onStoredEntry(job, fact.entry, now, fact.witnessed)
    case 'entryHidden':
      return onHiddenEntry(job)
    case 'listed':
      return onListed(job, fact.info, now)
    case 'notListed':
      return onNotListed(job, now)
    case 'queueAlive':
      return { job: { ...job, goneReads: 0, goneSince: null }, ask: never }
    case 'jobRead':
      return onJobRead(job, fact.info, now)
    case 'historyFound':
      return onHistoryFound(job, fact.row, fact.jobId, now)
    case 'historyMissing':
      return onHistoryMissing(job, fact.isWatched, now)
    case 'runKnown':
      return { job: job.serverRun === fact.run ? job : { ...job, serverRun: fact.run }, ask: never }
    case 'serverRestarted':
      return onRestart(job, now)
    case 'stopAsked':
      return { job: { ...note(job, now, 'stopAsked'), stopAskedAt: now }, ask: never }
    case 'stopAnswered':
      // The answer may be false although the job has ended: the record tells.
      return { job, ask: job.phase === 'ended' ? never : ask('entry', recordPauseMs) }
    case 'stopNotSent':
      return { job: { ...job, stopAskedAt: null }, ask: never }
  }
}
