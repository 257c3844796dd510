import type { Job } from '../job.ts'
import type { Phase } from '../../../shared/job-view.ts'
import type { WorkflowInfo } from '../../wexflow/server.ts'
import { isGone, oneLookMs, secondGoneReadMs, unreadForMs, wasShown } from './absence.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'
import { end, outcomeOf } from './ending.ts'
import { onQueueEmpty } from './starting.ts'
import { pendingStop } from './stopping.ts'

/** What `jobs` and `job` say: which jobs the server has in its memory. */

/** A job that was shown nowhere is looked for in the history after this time. */
const longUnseenAfterMs = 30_000
/** A job that has ended and is still listed is asked for its entry after this pause at least, and at most. */
const leastPauseMs = 250
const mostPauseMs = 15_000

function alivePhase(info: WorkflowInfo): Phase {
  if (info.isWaitingForApproval) return 'waiting'
  return info.isPaused ? 'suspended' : 'running'
}

/** `jobs` lists it, or `job` says that it runs. */
export function onListed(job: Job, info: WorkflowInfo, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  const noted = job.listed ? job : note(job, now, 'jobsListed')
  const alive: Job = {
    ...noted,
    listed: true,
    restarted: false,
    goneReads: 0,
    goneSince: null,
    mayRunOn: false,
    phase: alivePhase(info),
    stopAskedAt: pendingStop(job, now),
  }
  if (job.endSignalledAt === null) return { job: alive, ask: noQuestions }
  // The server said that it ended and still lists it: it is about to let go. Ask ever more rarely if it does not.
  const pause = Math.min(mostPauseMs, Math.max(leastPauseMs, (now - job.endSignalledAt) / 2))
  return { job: alive, ask: question('entry', pause) }
}

/**
 * `jobs` does not list it: two looks at that mean that it has ended.
 * @param mayRunOn whether its workflow may have been saved since, which hides the parallel jobs that run on
 */
export function onNotListed(job: Job, mayRunOn: boolean, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  if (job.phase === 'queued') return onQueueEmpty(job, now)
  const goneSince = job.goneSince ?? now
  // What the server has yet to show is not gone.
  if (!wasShown(job)) return { job, ask: noQuestions }
  if (isGone(job)) return { job, ask: question('entry') }
  // The look that was to come later gave way to this one.
  if (job.goneReads === 1 && now - goneSince < oneLookMs)
    return { job, ask: question('jobs', secondGoneReadMs) }
  const gone: Job = {
    ...note(job, now, 'jobsGone'),
    goneReads: job.goneReads + 1,
    goneSince,
    mayRunOn: mayRunOn && (job.goneReads === 0 || job.mayRunOn),
  }
  const again = isGone(gone) ? noQuestions : question('jobs', secondGoneReadMs)
  return { job: gone, ask: [...question('entry'), ...again] }
}

/** `jobs` can't be read: a job that has said that it ended need not wait for it for ever. */
export const onJobsUnread = (job: Job, now: number): Decision =>
  job.endSignalledAt !== null && now - job.endSignalledAt > unreadForMs
    ? onNotListed(job, false, now)
    : { job, ask: noQuestions }

/** What the server remembers of its workflow's last job; null where that is another one. */
export function onJobRead(job: Job, info: WorkflowInfo | null, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  if (info !== null && info.jobId === job.jobId) {
    if (info.isRunning) return onListed(job, info, now)
    const outcome = outcomeOf(info.status)
    if (outcome !== undefined) {
      const noted = note(job, now, 'jobRead', info.status ?? undefined)
      return {
        job: end(noted, { outcome, from: 'job', at: now, witnessed: false }),
        ask: question('entry', 1000),
      }
    }
  }
  const age = now - (job.startedAt ?? job.requestedAt)
  const look = job.endSignalledAt !== null || isGone(job) || age >= longUnseenAfterMs
  return { job, ask: look ? question('history') : noQuestions }
}
