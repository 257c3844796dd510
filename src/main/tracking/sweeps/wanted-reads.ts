import type { AskedNotes } from '../asked.ts'
import { awaitsRun, isWatched, type Job, wireIdOf } from '../job.ts'
import { sweeps } from '../policy.ts'
import { claimsFrom } from '../replaced-id.ts'
import { watching } from '../watch/policy.ts'

/** What is needed to want reads. */
interface TrackerForWantedReads {
  readonly asked: AskedNotes
  isServerSlow(): boolean
  /** What was noted makes the plans of these jobs new. */
  replan(jobs: readonly Job[]): void
}

/** Which reads a sweep leaves to be made: some of the jobs that it did not show, those first that were asked longest ago. */
export class WantedReads {
  readonly #tracker: TrackerForWantedReads

  constructor(tracker: TrackerForWantedReads) {
    this.#tracker = tracker
  }

  /**
   * Wants the entries of the jobs among these that were asked for theirs longest ago.
   * @param most how many at most
   * @param since what was asked for since then (milliseconds since 1970) need not be asked for once more
   */
  entries(jobs: readonly Job[], most: number, since: number): void {
    const { asked } = this.#tracker
    const now = Date.now()
    const isStale = ({ key, workflowId }: Job): boolean => {
      const { entryAt, wantedAt } = asked.of(key, workflowId)
      return Math.max(entryAt, wantedAt) < since
    }
    const some = jobs
      .filter((job) => wireIdOf(job) !== null && isStale(job))
      .sort((a, b) => asked.entryAt(a.key) - asked.entryAt(b.key))
      .slice(0, most)
    for (const { key } of some) asked.note(key, { wantedAt: now })
    this.#tracker.replan(some)
  }

  /**
   * Wants the running jobs of these jobs' workflows. Nothing announces that a job waits for approval, or that the queue's
   * next one begins: the lists of such workflows are read after every change and keep-alive, those of the others in turn.
   * @param mostSilent of how many workflows of which nothing is announced
   * @param mostOthers of how many others
   * @param since what was wanted or read since then (milliseconds since 1970) need not be wanted once more
   */
  runningJobs(
    open: readonly Job[],
    mostSilent: number,
    mostOthers: number = sweeps.workflows,
    since: number = Number.POSITIVE_INFINITY,
  ): void {
    const { asked } = this.#tracker
    const now = Date.now()
    const isServerSlow = this.#tracker.isServerSlow()
    const isOfSilent = (job: Job): boolean => isSilent(job, isServerSlow, now)
    const silent = longestUnread(asked, open.filter(isOfSilent), mostSilent)
    const rest = open.filter(({ workflowId }) => !silent.includes(workflowId))
    const all = [...silent, ...longestUnread(asked, rest, mostOthers)]
    const ids = new Set(
      all.filter((id) => asked.workflow(id).jobsWantedAt < since && asked.workflow(id).jobsAt < since),
    )
    for (const id of ids) asked.noteWorkflow(id, { jobsWantedAt: now })
    this.#tracker.replan(open.filter(({ workflowId }) => ids.has(workflowId)))
  }
}

/** The workflows of these jobs that were asked for their running jobs longest ago. */
function longestUnread(asked: AskedNotes, jobs: readonly Job[], most: number): readonly number[] {
  const readAt = (id: number): number => {
    const { jobsAt, jobsWantedAt } = asked.workflow(id)
    return Math.max(jobsAt, jobsWantedAt)
  }
  const ids = [...new Set(jobs.map(({ workflowId }) => workflowId))]
  return ids.sort((a, b) => readAt(a) - readAt(b)).slice(0, most)
}

/** Whether nothing announces what becomes of it next: of a start that may claim a run, as of one that waits for its turn. */
function isSilent(job: Job, isServerSlow: boolean, now: number): boolean {
  const from = claimsFrom(job, isServerSlow)
  return job.isApproval || awaitsRun(job) || mayBeGone(job, now) || (from !== null && now >= from)
}

/** Whether it has no stream that would tell of its end, and has gone on for so long that its entry may say so in vain. */
const mayBeGone = (job: Job, now: number): boolean =>
  isWatched(job) && now - (job.run?.shownAt ?? now) >= watching.believedFor
