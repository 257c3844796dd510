import type { WorkflowInfo } from '../../wexflow/server.ts'
import { isShown, type Job, type Run } from '../job.ts'
import { areEnough, missedAgain } from '../misses.ts'
import { pendingChange } from './changes.ts'
import { note } from './evidence.ts'
import { pendingStop } from './stops.ts'

/** Which jobs the server has in its memory, as `jobs`, `workflow` and `job` tell. */

/** One that is suspended while it waits for approval has to be resumed first: it notices no decision before. */
const activityOf = (info: WorkflowInfo): Run['activity'] => {
  if (info.isPaused) return 'suspended'
  return info.isWaitingForApproval ? 'waiting' : 'running'
}

/** The server says that it runs. */
export function onListed(job: Job, info: WorkflowInfo, isHidden: boolean, now: number): Job {
  const { run } = job
  if (job.end !== null || run === null) return job
  const activity = activityOf(info)
  return {
    ...(run.isListed ? job : note(job, now, 'jobsListed')),
    restartedAt: null,
    stop: pendingStop(job, now),
    wish: pendingChange(job, activity, now),
    run: {
      ...run,
      isListed: true,
      isHidden: run.isHidden || isHidden,
      shownAt: run.shownAt ?? now,
      gone: null,
      mayRunOn: false,
      notBegunSince: null,
      activity,
      wasSuspended: run.wasSuspended || activity === 'suspended',
    },
  }
}

/** `jobs` does not list it: two such reads mean that it is gone. What the server has yet to show can't be gone. */
export function onNotListed(job: Job, mayRunOn: boolean, now: number): Job {
  const { run } = job
  if (job.end !== null || run === null || !isShown(run)) return job
  const again = missedAgain(run.gone, now)
  if (run.gone !== null && areEnough(run.gone)) return { ...job, run: { ...run, gone: again } }
  return {
    ...note(job, now, 'jobsGone'),
    run: { ...run, gone: again, mayRunOn: mayRunOn && (run.gone === null || run.mayRunOn) },
  }
}

/** What the server remembers of its workflow's last job; null where that is another one. */
export function onRemembered(job: Job, info: WorkflowInfo | null, now: number): Job {
  const { run } = job
  if (job.end !== null || run === null || info === null || info.jobId !== run.jobId) return job
  if (info.isRunning) return onListed(job, info, false, now)
  const status = { word: info.status, raw: info.status ?? '' }
  return {
    ...note(job, now, 'jobRead', info.status ?? undefined),
    run: { ...run, remembered: { status, at: now } },
  }
}
