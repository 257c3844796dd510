import type { Job } from '../job.ts'
import type { Entry, JobFrame } from '../../wexflow/server.ts'
import { isGone } from './absence.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'
import { end, outcomeOf, record } from './ending.ts'
import { onRestart } from './restart.ts'
import { stopSinceBegun } from './stopping.ts'

/** What the job's own message and its stored record say. */

/** A job without an entry is looked for by other reads after this time. */
const unseenAfterMs = 2000
/** An outcome that the stream told is held against its entry until then. */
const checkForMs = 60_000
/** The record of an end that the stream told is asked for after this time. */
const firstCheckMs = 1000
/** And again after this time, while it does not say how. */
const nextCheckMs = 3000

/** The job stream's one message: a final status decides, any other only says that it ended. */
export function onFrame(job: Job, { status, rawStatus }: JobFrame, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  const noted: Job = { ...note(job, now, 'frame', rawStatus), endSignalledAt: now }
  const outcome = outcomeOf(status)
  if (outcome === undefined) return { job: noted, ask: question('entry') }
  return {
    job: end(noted, { outcome, from: 'stream', at: now, witnessed: true }),
    ask: question('entry', firstCheckMs),
  }
}

/**
 * The stored record, which wins over everything else.
 * @param witnessed whether this was read as it changed, so that this machine's clock tells the duration
 */
export function onStoredEntry(before: Job, entry: Entry, now: number, witnessed: boolean): Decision {
  const outcome = outcomeOf(entry.status)
  const seen: Job = {
    ...note(before, now, 'entry', entry.rawStatus),
    entryId: entry.id,
    entryStatus: entry.rawStatus,
    restarted: false,
    stopAskedAt: outcome === undefined ? stopSinceBegun(before, now) : before.stopAskedAt,
  }
  if (outcome !== undefined) return record(seen, { outcome, from: 'entry', at: now, witnessed })

  if (seen.phase === 'ended') {
    const recent = seen.outcomeFrom === 'stream' && now - (seen.endedAt ?? now) < checkForMs
    return { job: seen, ask: recent ? question('entry', nextCheckMs) : noQuestions }
  }
  if (isGone(seen)) return { job: seen, ask: question('job') }
  if (seen.endSignalledAt !== null || seen.goneReads > 0) return { job: seen, ask: question('jobs') }
  // Suspended jobs are stored as Pending, and only `jobs` tells them from jobs that have yet to run.
  if (entry.status === 'Pending')
    return { job: seen, ask: seen.phase === 'suspended' ? noQuestions : question('jobs') }
  // It was resumed; or the one that was stopped before it while suspended has left its pause behind (source).
  return { job: seen, ask: seen.phase === 'suspended' ? question('jobs') : noQuestions }
}

/** There is no record: not yet, or not in this run of the server, or not for this user. */
export function onNoEntry(job: Job, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  // An entry does not vanish while its server runs.
  if (job.entryId !== null) return onRestart(job, now)
  if (job.restarted) return { job, ask: question('history') }
  // Not begun yet, on a server that has no thread to spare; or this user may not read entries.
  const age = now - (job.startedAt ?? job.requestedAt)
  const look = job.endSignalledAt !== null || isGone(job) || age >= unseenAfterMs
  return { job, ask: look ? question('job') : noQuestions }
}

/** This user may not read the entry any more. */
export function onHiddenEntry(job: Job): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  return { job, ask: job.endSignalledAt !== null || isGone(job) ? question('job') : noQuestions }
}
