import type { Entry, JobFrame } from '../../wexflow/server.ts'
import { isFinal, type Job, type Status } from '../job.ts'
import { note } from './evidence.ts'
import { newRun, notIdle } from './runs.ts'
import { onRestart } from './server-runs.ts'
import { stopSinceBegun } from './stops.ts'

/** What says how a job ended: its stream's one message, its stored record, its row in the history, its log. */

const statusOf = ({ status, rawStatus }: Pick<Entry, 'status' | 'rawStatus'>): Status => ({
  word: status,
  raw: rawStatus,
})

/** The job stream's one message: a final status says how it ended, any other only that it did. */
export function onFrame(job: Job, frame: JobFrame, now: number): Job {
  const { run } = job
  if (job.end !== null || run === null) return job
  return {
    ...note(job, now, 'frame', frame.rawStatus),
    run: {
      ...run,
      shownAt: run.shownAt ?? now,
      notBegunSince: null,
      frame: { status: statusOf(frame), at: run.frame?.at ?? now },
    },
  }
}

/** The stored record. */
export function onEntry(job: Job, entry: Entry, isWitnessed: boolean, now: number): Job {
  const { run } = job
  if (run === null) return job
  const { id, statusDate } = entry
  const known = run.entry
  const isSame = known !== null && known.id === id && known.status.raw === entry.rawStatus
  return {
    ...note(job, now, 'entry', entry.rawStatus),
    restartedAt: null,
    stop: isFinal(entry) ? job.stop : stopSinceBegun(job, now),
    run: {
      ...run,
      shownAt: run.shownAt ?? now,
      notBegunSince: null,
      entry: isSame ? known : { id, status: statusOf(entry), statusDate, at: now, isWitnessed },
    },
  }
}

/**
 * There was no record as it was asked for: not yet, or not for this user. An entry does not vanish while its server runs;
 * one that was seen since then was only not there yet, and the answer was long on its way.
 */
export function onNoEntry(job: Job, askedAt: number, now: number): Job {
  const entry = job.run?.entry ?? null
  return job.end === null && entry !== null && entry.at < askedAt ? onRestart(job, now) : job
}

/** A row of the history whose log names this job, or the job that this start is taken for. */
export function onHistoryFound(job: Job, row: Entry, jobId: string, now: number): Job {
  const { run, start } = job
  const isOther = run !== null && run.jobId !== jobId
  const history = { id: row.id, status: statusOf(row), statusDate: row.statusDate, at: now }
  const known = run?.history
  const isSame = known?.id === row.id && known.status.raw === row.rawStatus
  return {
    ...note(job, now, isOther ? 'idReplaced' : 'historyFound', isOther ? undefined : row.rawStatus),
    maybeOthers: job.maybeOthers || run === null || isOther,
    search: null,
    start: { ...start, ...notIdle },
    run:
      run === null || isOther
        ? { ...newRun(jobId, null), history }
        : { ...run, notBegunSince: null, history: isSame ? known : history },
  }
}

/**
 * No row names it; or the history, or a part of it, could not be read, and what it holds stays open.
 * @param searchedAt when the search began: what was written since was not seen
 */
export function onHistoryMissing(job: Job, isWhole: boolean, searchedAt: number): Job {
  if (job.end !== null) return { ...job, search: { at: searchedAt, unreadSince: null } }
  const unreadSince = isWhole ? null : (job.search?.unreadSince ?? searchedAt)
  return {
    ...(isWhole ? job : note(job, searchedAt, 'historyUnread')),
    search: { at: searchedAt, unreadSince },
  }
}

/**
 * Its log was read: what it says of how long the job took is better than this machine's clock, which the network
 * delays.
 */
export const onLog = (
  job: Job,
  { durationMs, errorLine, isLast }: { durationMs: number | null; errorLine: string | null; isLast: boolean },
): Job =>
  job.end === null
    ? job
    : {
        ...job,
        end: {
          ...job.end,
          durationMs: durationMs ?? job.end.durationMs,
          errorLine: errorLine ?? job.end.errorLine,
          isLogRead: isLast,
        },
      }
