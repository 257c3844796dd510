import type { Entry } from '../../wexflow/server.ts'
import { type Candidate, greatestMarkFirst } from '../claim.ts'
import { isNamedByRow, isNumber, isNameless, namedByEntry } from '../ids.ts'
import { awaitsRun, entryMarkOf, hasRowOf, isFinal, type Job, jobIdOf, wireIdOf } from '../job.ts'
import { areEnough } from '../misses.ts'
import { doubt, replacedId, starting } from '../policy.ts'
import type { UnclaimedRun } from '../reads/unclaimed-runs.ts'
import { claims, isClaiming } from './claiming.ts'
import { hadElders } from './running-jobs.ts'
import type { JobFact, WorkflowView } from './workflow-view.ts'

/**
 * What the newest entries say of the runs that are known: where one job runs at a time, one whose entry is followed by
 * that of another has ended, whatever its own says. A stop can leave it at Running for ever.
 */
export function factsOfLaterEntries(jobs: readonly Job[], newest: bigint): JobFact[] {
  return jobs.flatMap(({ key, run, end, isParallel }): JobFact[] => {
    if (end !== null || isParallel || run?.entry == null || !isNumber(run.entry.id)) return []
    // Once that is known, it need not be said at each page.
    if (run.gone !== null && areEnough(run.gone)) return []
    return BigInt(run.entry.id) < newest ? [{ key, fact: { kind: 'notListed', mayRunOn: false } }] : []
  })
}

/**
 * The jobs that ended while another start of their workflow waited for its run, and whose own entries nobody has seen. They
 * are looked for, since a stop can leave the log of the next run with the id of such a job: only where its own entry is
 * known is the later one another's.
 */
export function endedUnseen(jobs: readonly Job[]): Job[] {
  const since = Math.min(...jobs.filter(awaitsRun).map(({ start }) => start.requestedAt))
  return jobs.filter((job) => {
    const { end, run, isParallel } = job
    const isUnseen = !isParallel && end !== null && end.endedAt >= since && run?.entry === null
    return isUnseen && wireIdOf(job) !== null && entryMarkOf(job) !== null
  })
}

/**
 * What is somebody's was left out by its entry. The name of a run that only its entry names may have been that of one of
 * an earlier run of the server.
 */
const isNobodys = (): boolean => false

/** What the newest entries say of the starts of a workflow that wait for their runs. */
export function factsOfEntries(view: WorkflowView, runs: readonly UnclaimedRun[]): JobFact[] {
  const own = ownEntries(view, runs)
  const isUncertain = view.jobs.some((job) => isYetToShowEntry(job) || isEndedHidden(job, view.now))
  if (own.length > 0 || isUncertain) return own
  const waiting = view.asked.filter(isClaiming(view)).filter(({ key }) => view.hasEntries(key))
  const free = freeRuns(view, runs, waiting)
  const candidates = [...free].map(
    ([jobId, { entry }]): Candidate => ({
      jobId,
      isNewFor: (job) => {
        const mark = entryMarkOf(job)
        const id = BigInt(entry.id)
        if (mark === null || id <= mark || isBelowElders(view, job, id, runs)) return false
        return mayFollow(view, job, { mark, id }, runs)
      },
    }),
  )
  return claims({ ...view, isOwned: isNobodys }, waiting, candidates, greatestMarkFirst).flatMap(
    ({ key, jobId }): JobFact[] => {
      const run = free.get(jobId)
      if (run === undefined) return []
      return [
        { key, fact: { kind: 'claimed', jobId, isHidden: isNameless(jobId) } },
        { key, fact: { kind: 'entry', entry: run.entry, isWitnessed: true } },
      ]
    },
  )
}

/**
 * The entries of known runs that nobody has seen yet. A stop can leave the log of the next run with the line of the run
 * before: the first entry whose log names a run is its own.
 */
function ownEntries({ jobs }: WorkflowView, runs: readonly UnclaimedRun[]): JobFact[] {
  const unseen = new Set(endedUnseen(jobs))
  const byName = new Map(
    jobs.flatMap((job) => (job.end === null || unseen.has(job) ? [[jobIdOf(job), job] as const] : [])),
  )
  const own = new Map<string, JobFact>()
  for (const { entry, jobId } of runs) {
    const job = jobId === null ? undefined : byName.get(jobId)
    if (job?.run == null || job.run.entry !== null || own.has(job.key)) continue
    own.set(job.key, { key: job.key, fact: { kind: 'entry', entry, isWitnessed: false } })
  }
  return [...own.values()]
}

/** The runs that belong to nobody, by their names: those whose rows in the history were given away already are left out. */
function freeRuns(
  view: WorkflowView,
  runs: readonly UnclaimedRun[],
  waiting: readonly Job[],
): ReadonlyMap<string, UnclaimedRun> {
  const since = Math.min(...waiting.map(({ start }) => start.requestedAt)) - starting.entrySeenWithin
  const taken = takenFromHistory(view)
  const free = new Map<string, UnclaimedRun>()
  for (const run of runs) {
    const name = nameOf(view, run)
    if (name === null) continue
    const at = isNameless(name) ? taken.findIndex((job) => mayBeOneRun(job, run.entry, since, view.now)) : -1
    if (at === -1) free.set(name, run)
    else taken.splice(at, 1)
  }
  return free
}

/**
 * Whether a run had begun before one that ran as the start was asked for. The mark may not tell: after the server's clock
 * was set back, what is newest stands below old entries (point 29).
 */
function isBelowElders(
  view: WorkflowView,
  { start }: Job,
  id: bigint,
  runs: readonly UnclaimedRun[],
): boolean {
  return start.runningBefore.some((elder) => {
    const owner = view.jobs.find((job) => jobIdOf(job) === elder)
    // A stop can leave the next run's log with its line.
    const first = runs.find(({ jobId }) => jobId === elder)
    const elderId = owner?.run?.entry?.id ?? first?.entry.id ?? ''
    return isNumber(elderId) && BigInt(elderId) > id
  })
}

/**
 * Whether a run can be that of a start whose id is shown nowhere, by what ran before it. Where one job runs at a time the
 * server gives a start another id only to put it behind one that has just begun (source): that one is none of this start's.
 * @param ids of the newest entry before the start, and of the run's
 */
function mayFollow(
  view: WorkflowView,
  job: Job,
  { mark, id }: { readonly mark: bigint; readonly id: bigint },
  runs: readonly UnclaimedRun[],
): boolean {
  if (job.isParallel || job.start.answer.kind !== 'id') return true
  if (hadElders(job, view.jobs) || view.idleForMs >= replacedId.claimAfterWhenSlow) return true
  const ofStarts = view.jobs.flatMap(({ run }) => (run?.entry == null ? [] : run.entry.id))
  const others = [...ofStarts, ...runs.map(({ entry }) => entry.id)].filter(isNumber).map(BigInt)
  return others.some((other) => other > mark && other < id)
}

/** While a run of this app, also one that was found meanwhile, has yet to show its entry, it is open which is whose. */
const isYetToShowEntry = ({ run, end }: Job): boolean =>
  end === null && run !== null && (run.isListed || run.isHidden) && run.entry === null

/** The same holds for a run that a stop has hidden and whose end only its stream has told: no log names it. */
const isEndedHidden = ({ run, end }: Job, now: number): boolean =>
  run?.isHidden === true && run.entry === null && end?.from === 'stream' && now - end.endedAt < doubt.checkFor

/** The ended jobs to which a nameless run was given by its row in the history, and whose entries nobody has seen. */
const takenFromHistory = ({ jobs }: WorkflowView): Job[] =>
  jobs.filter(
    ({ run, end }) => run?.history != null && end !== null && isNamedByRow(run.jobId) && run.entry === null,
  )

/**
 * Whether a nameless entry may be that of such a job. A page that was asked for before the row was written, and was long
 * on its way, still says that the run goes on.
 * @param since what ended before is no run of those that wait, unless its date says so: milliseconds since 1970
 */
function mayBeOneRun(job: Job, entry: Entry, since: number, now: number): boolean {
  const endedAt = job.end?.endedAt ?? now
  if (endedAt < since) return hasRowOf(job, entry)
  return entry.status === job.run?.history?.status.word || (!isFinal(entry) && now - endedAt < doubt.checkFor)
}

/**
 * The name of a run that belongs to nobody; null where it belongs to somebody, or may. Where one job runs at a time,
 * the queue's next job after a stop has a log without its line, or with that of the job before it. Jobs that run side
 * by side each have their own line: one without it could not be read.
 */
function nameOf(
  { jobs, isOwned, isEntryOwned }: WorkflowView,
  { entry, jobId }: UnclaimedRun,
): string | null {
  if (isEntryOwned(entry)) return null
  if (jobId !== null && !isOwned(jobId)) return jobId
  if (jobs.some(({ isParallel }) => isParallel)) return null
  if (jobId === null) return namedByEntry(entry.id)
  const owner = jobs.find((job) => jobIdOf(job) === jobId)
  return owner?.run?.entry == null ? null : namedByEntry(entry.id)
}
