import type { WorkflowInfo } from '../wexflow/server.ts'
import { canBeOf, type Candidate, claim, type Claim } from './claim.ts'
import type { Fact } from './facts.ts'
import type { HistoryRow } from './history-search.ts'
import { isNamedByRow, isNumber, isUnnamed, namedByRow, unnamed } from './ids.ts'
import {
  awaitsRun,
  isBeingSent,
  isLost,
  isOpen,
  isQueued,
  isShown,
  type Job,
  jobIdOf,
  outcomeOf,
} from './job.ts'
import { type Asked, claimsFrom } from './plan.ts'
import { gone, replacedId } from './policy.ts'
import type { UnclaimedRun } from './unclaimed-runs.ts'

/** What an answer that concerns several jobs of one workflow says of each of them. Pure. */

/** A fact about one job. */
export interface JobFact {
  readonly key: string
  readonly fact: Fact
}

/** What has to be known of a workflow and its jobs to read such an answer. */
export interface WorkflowView {
  /** All its jobs that this app knows, ended ones too. */
  readonly jobs: readonly Job[]
  /** Those that this answer can say something of: they were known, with this id, before it was asked for. */
  readonly asked: readonly Job[]
  /** The ids that belong to a job of this app already, whatever its workflow and its server. */
  readonly ownedJobIds: ReadonlySet<string | null>
  /** Whether the server can't have restarted since the job was seen. */
  readonly isOfThisRun: (key: string) => boolean
  readonly askedOf: (key: string) => Pick<Asked, 'entryAt'>
  readonly isServerSlow: boolean
  /** Milliseconds since the workflow was last seen to run anything. */
  readonly idleForMs: number
  /** Whether the pages of entries show every run that began since the job's start. */
  readonly hasEntries: (key: string) => boolean
  /** The same, or the server has yet to say in which run it is. */
  readonly mayHaveEntries: (key: string) => boolean
  /** Since when the app has been following this server without a break. */
  readonly followedSince: number
  readonly now: number
}

/** The runs of a workflow that the server has in its memory. */
export interface RunningJobs {
  /** What `jobs` lists. */
  readonly listed: readonly WorkflowInfo[]
  /** The run that only `workflow` names: the queue's next job after a stop; null where there is none. */
  readonly hidden: WorkflowInfo | null
  /** The entry of each run that belongs to nobody, as far as it could be read, by the job's id. */
  readonly entryIds: ReadonlyMap<string, string>
}

/** No run is given away while the answer of a start of that workflow can still come: it may be that start's own. */
const isSending = ({ jobs }: WorkflowView): boolean => jobs.some(isBeingSent)

/** Whether a start may claim a run that is not known to be its own. */
const isClaiming =
  (view: WorkflowView) =>
  (job: Job): boolean => {
    if (awaitsRun(job)) return true
    const from = claimsFrom(job, view.isServerSlow)
    return job.end === null && from !== null && view.now >= from && view.askedOf(job.key).entryAt >= from
  }

/** Which starts of a workflow claim which of these runs, the oldest run first. */
function claims(view: WorkflowView, waiting: readonly Job[], runs: readonly Candidate[]): Claim[] {
  if (waiting.length === 0 || isSending(view)) return []
  const answered = new Set(view.jobs.flatMap(ownId))
  const isOwned = (jobId: string): boolean => view.ownedJobIds.has(jobId) || answered.has(jobId)
  const late = lateStarts(
    view,
    runs.filter(({ jobId }) => !isOwned(jobId)),
  )
  return claim(
    waiting.filter((job) => !late.includes(job)),
    runs,
    isOwned,
  )
}

/** The id that a start was given, and that no other start can have; none where it was told the end of another's run. */
const ownId = ({ start, run, end }: Job): string[] => {
  if (start.answer.kind !== 'id') return []
  const { jobId } = start.answer
  return end !== null && run !== null && run.jobId !== jobId ? [] : [jobId]
}

/**
 * Starts whose ids are not shown yet, and that claim nothing for now: of several at once most wait, each with its id, for
 * the ends of those before them. Where fewer runs belong to nobody, which of them has an id that never exists shows when
 * the others have begun, or their workflow runs nothing any more.
 */
function lateStarts(view: WorkflowView, free: readonly Candidate[]): readonly Job[] {
  const late = view.jobs.filter(
    (job) => job.isParallel && job.end === null && claimsFrom(job, false) !== null,
  )
  const couldBe = free.filter((run) => late.some((job) => canBeOf(job, run)))
  return late.length > couldBe.length && isBusy(view) ? late : []
}

/** Whether the workflow runs something, or did a moment ago: the next may be about to begin. */
const isBusy = ({ jobs, idleForMs, now }: WorkflowView): boolean =>
  idleForMs < replacedId.claimAfter ||
  jobs.some(
    ({ run, end }) =>
      run !== null && isShown(run) && (end === null || now - end.endedAt < replacedId.claimAfter),
  )

/** A run that may be new for any start. */
const anybodys = (jobId: string): Candidate => ({ jobId, isNewFor: () => true })

/**
 * Whether the start's run is found by counting the workflow's entries: where one job runs at a time, the list of running
 * jobs may never show a run that was stopped as soon as it had begun, or hide it, and all behind it would be off by one.
 */
const isCounted =
  (view: WorkflowView) =>
  (job: Job): boolean =>
    !job.isParallel && markOf(job) !== null && view.mayHaveEntries(job.key)

/** The greatest id of an entry before the start; null where that is not known. */
export const markOf = ({ start }: Job): bigint | null =>
  start.entryMark !== null && isNumber(start.entryMark) ? BigInt(start.entryMark) : null

/** Whether a start that can't be found by counting is queued behind one that is: what runs next is the other's. */
const isBehindCounted = (view: WorkflowView, job: Job): boolean =>
  isQueued(job) &&
  view.jobs.some(
    (one) => isQueued(one) && one.start.requestedAt < job.start.requestedAt && isCounted(view)(one),
  )

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

/** What the list of running jobs says; a job that is on it, or not on it, is one that was asked for. */
export function factsOfRunningJobs(view: WorkflowView, { listed, hidden, entryIds }: RunningJobs): JobFact[] {
  const infos = new Map(listed.flatMap((info) => (info.jobId === null ? [] : [[info.jobId, info] as const])))
  const hiddenId = hidden !== null && !infos.has(hidden.jobId ?? '') ? hidden.jobId : null
  if (hidden !== null && hiddenId !== null) infos.set(hiddenId, hidden)
  const claiming = view.asked.filter(isClaiming(view))
  const waiting = claiming.filter(mayClaimRunning(view)).filter((job) => !isAfterQueue(view, claiming, job))
  const unlisted = waiting.filter((job) => !infos.has(jobIdOf(job) ?? ''))
  const named = namesOf(view, entryIds)
  const isNamed = new Set(named.values())
  const runs = [...infos.keys()].filter((jobId) => !isNamed.has(jobId)).map(anybodys)
  const hasUnread = [...infos.keys()].some((jobId) => !view.ownedJobIds.has(jobId) && !entryIds.has(jobId))
  const claimed = new Map(claims(view, unlisted, runs).map(({ key, jobId }) => [key, jobId]))
  return view.asked.map((job): JobFact => {
    const { key } = job
    const name = named.get(key)
    if (name !== undefined) return { key, fact: { kind: 'named', jobId: name } }
    const claimedId = claimed.get(key)
    if (claimedId !== undefined)
      return { key, fact: { kind: 'claimed', jobId: claimedId, isHidden: claimedId === hiddenId } }
    const info = infos.get(jobIdOf(job) ?? '')
    if (info !== undefined) return { key, fact: { kind: 'listed', info, isHidden: info.jobId === hiddenId } }
    if (job.run === null && infos.size > 0) return { key, fact: { kind: 'workflowBusy' } }
    // What runs may be it, for all that its entry tells.
    if (hasUnread && isUnnamed(jobIdOf(job) ?? '')) return { key, fact: { kind: 'nothingNew' } }
    return { key, fact: { kind: 'notListed', mayRunOn: mayRunOn(job, view.jobs, infos) } }
  })
}

/** The ids of the runs that were known by their entries alone, by the key of their job. */
function namesOf(view: WorkflowView, entryIds: RunningJobs['entryIds']): ReadonlyMap<string, string> {
  const jobIds = new Map([...entryIds].map(([jobId, entryId]) => [entryId, jobId]))
  return new Map(
    view.asked.flatMap(({ key, run, end }) => {
      if (end !== null || run?.entry == null || !isUnnamed(run.jobId)) return []
      const jobId = jobIds.get(run.entry.id)
      return jobId === undefined ? [] : [[key, jobId] as const]
    }),
  )
}

/**
 * What the newest entries say of the runs that are known: where one job runs at a time, one whose entry is followed by
 * that of another has ended, whatever its own says. A stop can leave it at Running for ever.
 */
export function factsOfLaterEntries(jobs: readonly Job[], newest: bigint): JobFact[] {
  return jobs.flatMap(({ key, run, end, isParallel }): JobFact[] => {
    if (end !== null || isParallel || run?.entry == null || !isNumber(run.entry.id)) return []
    // Once that is known, it need not be said at each page.
    if (run.gone !== null && run.gone.looks >= gone.looks) return []
    return BigInt(run.entry.id) < newest ? [{ key, fact: { kind: 'notListed', mayRunOn: false } }] : []
  })
}

/** What the newest entries say of the starts of a workflow that wait for their runs. */
export function factsOfEntries(view: WorkflowView, runs: readonly UnclaimedRun[]): JobFact[] {
  const byName = new Map(view.jobs.flatMap((job) => (job.end === null ? [[jobIdOf(job), job] as const] : [])))
  // A stop can leave the next run's log with the line of the run before: the first entry that names a run is its own.
  const own = new Map<string, JobFact>()
  for (const { entry, jobId } of runs) {
    const job = jobId === null ? undefined : byName.get(jobId)
    if (job?.run == null || job.run.entry !== null || own.has(job.key)) continue
    own.set(job.key, { key: job.key, fact: { kind: 'entry', entry, isWitnessed: false } })
  }
  // Which entry is whose is open while a run of this app has yet to show its own.
  const isUncertain = view.asked.some(
    ({ run, end }) => end === null && run !== null && run.isListed && run.entry === null,
  )
  if (own.size > 0 || isUncertain) return [...own.values()]
  const named = new Map(
    runs.flatMap((run) => {
      const name = nameOf(view, run)
      return name === null ? [] : [[name, run] as const]
    }),
  )
  const candidates = [...named].map(
    ([jobId, { entry }]): Candidate => ({
      jobId,
      isNewFor: (job) => {
        const mark = markOf(job)
        return mark !== null && BigInt(entry.id) > mark
      },
    }),
  )
  const waiting = view.asked.filter(isClaiming(view)).filter(({ key }) => view.hasEntries(key))
  return claims(view, waiting, candidates).flatMap(({ key, jobId }): JobFact[] => {
    const run = named.get(jobId)
    if (run === undefined) return []
    return [
      { key, fact: { kind: 'claimed', jobId, isHidden: isUnnamed(jobId) } },
      { key, fact: { kind: 'entry', entry: run.entry, isWitnessed: true } },
    ]
  })
}

/**
 * The name of a run that belongs to nobody; null where it belongs to somebody, or may. Where one job runs at a time, the
 * queue's next job after a stop has a log without its line, or with that of the job before it. Jobs that run side by
 * side each have their own line: one without it could not be read.
 */
function nameOf({ jobs, ownedJobIds }: WorkflowView, { entry, jobId }: UnclaimedRun): string | null {
  if (jobs.some(({ run }) => run?.entry?.id === entry.id)) return null
  if (jobId !== null && !ownedJobIds.has(jobId)) return jobId
  if (jobs.some(({ isParallel }) => isParallel)) return null
  if (jobId === null) return unnamed(entry.id)
  const owner = jobs.find((job) => jobIdOf(job) === jobId)
  return owner?.run?.entry == null ? null : unnamed(entry.id)
}

/** A start whose claimed run turned out to be another's: the server shows the id that it was given, after all. */
export function shownAfterAll(jobs: readonly Job[], shown: ReadonlySet<string | null>): JobFact[] {
  return jobs.flatMap(({ key, start, run, end }) => {
    if (end !== null || start.answer.kind !== 'id' || run === null) return []
    const { jobId } = start.answer
    return jobId !== run.jobId && shown.has(jobId)
      ? [{ key, fact: { kind: 'startAnswered', jobId } as const }]
      : []
  })
}

/** What the history says of the jobs that it was searched for. `isWhole`: nothing of it was left unread. */
export function factsOfHistory(
  view: WorkflowView,
  read: readonly HistoryRow[],
  { isWhole, searchedAt }: { readonly isWhole: boolean; readonly searchedAt: number },
): JobFact[] {
  const rows = withHiddenRuns(view.jobs, withOwnNames(read))
  const rowOf = new Map(rows.map((found) => [found.jobId, found.row]))
  const claiming = view.asked.filter(isClaiming(view)).filter((job) => !rowOf.has(jobIdOf(job) ?? ''))
  const marked = claiming.flatMap((job) => withHistoryBefore(job, rows) ?? [])
  // A row that can't be read may be the start's own, and the next one another's.
  const ids = rows.map(({ jobId }) => anybodys(jobId))
  const claimed = new Map((isWhole ? claims(view, marked, ids) : []).map(({ key, jobId }) => [key, jobId]))
  return view.asked.flatMap((job): JobFact[] => {
    const { key } = job
    const jobId = claimed.get(key) ?? jobIdOf(job)
    const row = jobId === null ? undefined : rowOf.get(jobId)
    if (jobId !== null && row !== undefined) return [{ key, fact: { kind: 'historyFound', row, jobId } }]
    // What ran meanwhile can't be told from it while the answer of another start can still come.
    if (awaitsRun(job) && isSending(view)) return []
    const isUnread = !isWhole && canBeNamed(job)
    return [{ key, fact: { kind: 'historyMissing', isWhole: !isUnread, searchedAt } }]
  })
}

/**
 * A job is stopped once: the second such row, the later one, is of the queue's next job, which that stop ended as well and
 * whose log carries the line of the job before it.
 */
function withOwnNames(rows: readonly HistoryRow[]): HistoryRow[] {
  const stopped = new Set<string>()
  return rows.map((found) => {
    if (found.row.status !== 'Stopped') return found
    if (stopped.has(found.jobId)) return { ...found, jobId: namedByRow(found.row.id) }
    stopped.add(found.jobId)
    return found
  })
}

/**
 * The row of a run that a stop has hidden names no job. It is no other start's: it goes to the hidden run that ended as
 * it says, and while one has yet to end, no such row is anybody's.
 */
function withHiddenRuns(jobs: readonly Job[], rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const hidden = jobs.filter(({ run }) => run?.isHidden === true && run.history === null)
  if (hidden.length === 0) return rows
  const known = new Set(jobs.map(jobIdOf))
  const isNobodys = ({ jobId }: HistoryRow): boolean => isNamedByRow(jobId) && !known.has(jobId)
  if (hidden.some(isOpen)) return rows.filter((found) => !isNobodys(found))
  const left = hidden.toSorted((a, b) => (a.end?.endedAt ?? 0) - (b.end?.endedAt ?? 0))
  return rows.map((found) => {
    if (!isNobodys(found)) return found
    const outcome = outcomeOf({ word: found.row.status })
    const at = left.findIndex(({ end }) => end?.outcome === outcome)
    const [owner] = at === -1 ? [] : left.splice(at, 1)
    return owner === undefined ? found : { ...found, jobId: jobIdOf(owner) ?? found.jobId }
  })
}

/** Without an id, and without a mark before the start, any old job could be the start's. */
export const canBeNamed = ({ run, start }: Job): boolean => run !== null || start.historyMark !== null

/**
 * The job with what stood in the history before its start among the jobs that it can't be. Null where that is not
 * known, so that any old job could be taken for it.
 */
function withHistoryBefore(job: Job, rows: readonly HistoryRow[]): Job | null {
  const { historyMark, runningBefore } = job.start
  if (historyMark === null) return null
  const before = rows.flatMap(({ jobId, olderThan }) => (olderThan.includes(historyMark) ? jobId : []))
  return { ...job, start: { ...job.start, runningBefore: [...runningBefore, ...before] } }
}

const isEndedBefore = ({ end }: Job, { start }: Job): boolean =>
  end !== null && end.endedAt < start.requestedAt

/** Whether a job of its workflow was known to run when the start was asked for. */
const hadElders = (job: Job, ofWorkflow: readonly Job[]): boolean =>
  job.start.runningBefore.length > 0 ||
  ofWorkflow.some(
    (one) =>
      one.key !== job.key && one.start.requestedAt <= job.start.requestedAt && !isEndedBefore(one, job),
  )

/**
 * Whether a job that is not listed may be one that a save of its workflow has hidden (source): it ran beside others,
 * and none of those that ran before it is listed any more.
 */
function mayRunOn(job: Job, ofWorkflow: readonly Job[], listed: ReadonlyMap<string, WorkflowInfo>): boolean {
  if (!job.isParallel || !hadElders(job, ofWorkflow)) return false
  const isOlder = ({ start }: Job): boolean => start.requestedAt < job.start.requestedAt
  const isListed = (one: Job): boolean => listed.has(jobIdOf(one) ?? '')
  return (
    !job.start.runningBefore.some((jobId) => listed.has(jobId)) &&
    !ofWorkflow.some((one) => isOlder(one) && isListed(one))
  )
}
