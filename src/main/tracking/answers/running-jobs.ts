import type { WorkflowInfo } from '../../wexflow/server.ts'
import { bySending, type Candidate } from '../claim.ts'
import { isNameless } from '../ids.ts'
import { entryMarkOf, isLost, isQueued, type Job, jobIdOf } from '../job.ts'
import { doubt } from '../policy.ts'
import { keepsClaim, replacedIdOf } from '../replaced-id.ts'
import { anybodys, claims, isClaiming } from './claiming.ts'
import { hadElders } from './elders.ts'
import type { EntryIdentity, JobFact, WorkflowView } from './workflow-view.ts'

/** The runs of a workflow that the server has in its memory. */
export interface RunningJobs {
  /** What `jobs` lists. */
  readonly listed: readonly WorkflowInfo[]
  /** The run that only `workflow` names: the queue's next job after a stop; null where there is none. */
  readonly hidden: WorkflowInfo | null
  /** The entry of each run that belongs to nobody, as far as it could be read, by the job's id. */
  readonly entries: ReadonlyMap<string, EntryIdentity>
}

/** What the list of running jobs says of the jobs that were known before it was asked for. */
export function factsOfRunningJobs(view: WorkflowView, { listed, hidden, entries }: RunningJobs): JobFact[] {
  const present = presentRuns({ listed, hidden })
  const claiming = view.asked.filter(isClaiming(view))
  const waiting = claiming.filter(mayClaimRunning(view)).filter((job) => !isAfterQueue(view, claiming, job))
  const absent = waiting.filter((job) => !present.has(jobIdOf(job) ?? ''))
  const named = namesOf(view, entries)
  const free = freeRuns(view, [...present.keys()], entries, new Set(named.values()))
  const hasUnread = [...present.keys()].some((jobId) => !view.isOwned(jobId) && !entries.has(jobId))
  const claimed = new Map(claims(view, absent, free).map(({ key, jobId }) => [key, jobId]))
  return view.asked.map((job): JobFact => {
    const { key } = job
    const name = named.get(key)
    if (name !== undefined) return { key, fact: { kind: 'named', jobId: name } }
    const claimedId = claimed.get(key)
    if (claimedId !== undefined) {
      const isHidden = present.get(claimedId)?.isHidden === true
      return { key, fact: { kind: 'claimed', jobId: claimedId, isHidden } }
    }
    const run = present.get(jobIdOf(job) ?? '')
    if (run !== undefined) return { key, fact: { kind: 'listed', ...run } }
    if (job.run === null && present.size > 0) return { key, fact: { kind: 'workflowBusy' } }
    // One of the running jobs whose entries could not be read may be it.
    if (hasUnread && isNameless(jobIdOf(job) ?? '')) return { key, fact: { kind: 'nothingNew' } }
    return { key, fact: { kind: 'notListed', mayRunOn: mayRunOn(job, view.jobs, present) } }
  })
}

/** A run that the server has in its memory; `isHidden`: only `workflow` names it. */
interface PresentRun {
  readonly info: WorkflowInfo
  readonly isHidden: boolean
}

/** Those runs by the jobs' ids. */
function presentRuns({
  listed,
  hidden,
}: Pick<RunningJobs, 'listed' | 'hidden'>): ReadonlyMap<string, PresentRun> {
  const runs = new Map<string, PresentRun>()
  for (const info of listed) if (info.jobId !== null) runs.set(info.jobId, { info, isHidden: false })
  if (hidden !== null && hidden.jobId !== null && !runs.has(hidden.jobId))
    runs.set(hidden.jobId, { info: hidden, isHidden: true })
  return runs
}

/**
 * The running jobs that may be claimed: none that may be a run which is known by its entry alone.
 * @param named the ids of those that turned out to be
 */
function freeRuns(
  view: WorkflowView,
  jobIds: readonly string[],
  entries: RunningJobs['entries'],
  named: ReadonlySet<string>,
): Candidate[] {
  const nameless = view.jobs.filter(wasNameless(view.now))
  const isAnyUnseen = nameless.some(({ run }) => run?.entry == null)
  const isFree = (jobId: string): boolean => {
    const entry = entries.get(jobId)
    // An entry tells such a run from others only where the other's is known: a row of the history may be all that is.
    if (entry === undefined || isAnyUnseen) return nameless.length === 0
    // That entry may have become a start's own while the list was asked for.
    return !named.has(jobId) && !view.isEntryOwned(entry)
  }
  return jobIds.filter(isFree).map(anybodys)
}

/** What the list of running jobs says of the runs that others began, which were watched before it was asked for. */
export function factsOfWatched(
  watched: readonly Job[],
  starts: readonly Job[],
  running: Pick<RunningJobs, 'listed' | 'hidden'>,
): JobFact[] {
  const present = presentRuns(running)
  return watched.map((job): JobFact => {
    const { key } = job
    const run = present.get(jobIdOf(job) ?? '')
    if (run !== undefined) return { key, fact: { kind: 'listed', ...run } }
    return { key, fact: { kind: 'notListed', mayRunOn: mayRunOn(job, [...starts, ...watched], present) } }
  })
}

/**
 * Whether the start's run is found by counting the workflow's entries: where one job runs at a time, the list of
 * running jobs may never show a run that was stopped as soon as it had begun, or hide it, and all behind it would be
 * off by one.
 */
const isCounted =
  (view: WorkflowView) =>
  (job: Job): boolean =>
    !job.isParallel && entryMarkOf(job) !== null && view.mayHaveEntries(job.key)

/** Whether a start that can't be found by counting is queued behind one that is: what runs next is the other's. */
const isBehindCounted = (view: WorkflowView, job: Job): boolean =>
  isQueued(job) && view.jobs.some((one) => isQueued(one) && bySending(one, job) < 0 && isCounted(view)(one))

/**
 * What the history hides may be the run of a start that was not watched, and what runs now another's: such a start
 * claims what runs now only once the history was searched whole.
 */
const mayClaimRunning =
  (view: WorkflowView) =>
  (job: Job): boolean => {
    if (isCounted(view)(job) || isBehindCounted(view, job)) return false
    if (view.isOfThisRun(job.key)) return true
    if (job.search?.unreadSince != null) return false
    return !isQueued(job) || (job.search?.at ?? 0) >= view.followedSince
  }

/** Whether a start in the queue, whose turn comes first, can't choose yet: what runs may be its own. */
const isAfterQueue = (view: WorkflowView, claiming: readonly Job[], job: Job): boolean =>
  isLost(job) && claiming.some((one) => isQueued(one) && !mayClaimRunning(view)(one))

/** Whether its run is nameless, and goes on or ended a moment ago: a list that was long on its way may show it. */
export const wasNameless =
  (now: number) =>
  ({ run, end }: Job): boolean =>
    run !== null && isNameless(run.jobId) && (end === null || now - end.endedAt < doubt.checkFor)

/** The ids of the runs that were known by their entries alone, by the key of their job. */
function namesOf(view: WorkflowView, entries: RunningJobs['entries']): ReadonlyMap<string, string> {
  const jobIds = new Map([...entries].map(([jobId, { id }]) => [id, jobId]))
  return new Map(
    view.asked.flatMap(({ key, run, end }) => {
      if (end !== null || run?.entry == null || !isNameless(run.jobId)) return []
      const jobId = jobIds.get(run.entry.id)
      return jobId === undefined ? [] : [[key, jobId] as const]
    }),
  )
}

/** A start whose claimed run turned out to be another's: the server shows the id that it was given, after all. */
export function shownAfterAll(jobs: readonly Job[], shown: ReadonlySet<string | null>): JobFact[] {
  return jobs.flatMap((job): JobFact[] => {
    const jobId = replacedIdOf(job)
    if (jobId === null || !shown.has(jobId) || keepsClaim(job, jobs)) return []
    return [{ key: job.key, fact: { kind: 'startAnswered', jobId } }]
  })
}

/**
 * Whether a job that is not listed may be one that a save of its workflow has hidden (source): it ran beside others,
 * and none of those that ran before it is listed any more.
 */
function mayRunOn(job: Job, ofWorkflow: readonly Job[], present: ReadonlyMap<string, PresentRun>): boolean {
  if (!job.isParallel || !hadElders(job, ofWorkflow)) return false
  const isOlder = ({ start }: Job): boolean => start.requestedAt < job.start.requestedAt
  const isPresent = (one: Job): boolean => present.has(jobIdOf(one) ?? '')
  return (
    !job.start.runningBefore.some((jobId) => present.has(jobId)) &&
    !ofWorkflow.some((one) => isOlder(one) && isPresent(one))
  )
}
