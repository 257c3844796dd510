import { type Candidate, greatestMarkFirst } from '../claim.ts'
import { isNameless, isNumber } from '../ids.ts'
import { awaitsRun, entryMarkOf, type Job, jobIdOf, wireIdOf } from '../job.ts'
import { areEnough } from '../misses.ts'
import { doubt } from '../policy.ts'
import type { UnclaimedRun } from '../reads/unclaimed-runs.ts'
import { claims, isClaiming } from './claiming.ts'
import { isEntryNewFor } from './entry-order.ts'
import { freeEntries } from './free-entries.ts'
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

/** What the newest entries say of the starts of a workflow that wait for their runs. */
export function factsOfEntries(view: WorkflowView, runs: readonly UnclaimedRun[]): JobFact[] {
  const own = ownEntries(view, runs)
  const isUncertain = view.jobs.some((job) => isYetToShowEntry(job) || isEndedHidden(job, view.now))
  if (own.length > 0 || isUncertain) return own
  const waiting = view.asked.filter(isClaiming(view)).filter(({ key }) => view.hasEntries(key))
  const free = freeEntries(view, runs, waiting)
  const candidates = [...free].map(
    ([jobId, { entry }]): Candidate => ({
      jobId,
      isNewFor: (job) => isEntryNewFor(view, runs, job, BigInt(entry.id)),
    }),
  )
  const given = claims(view, waiting, candidates, greatestMarkFirst)
  return given.flatMap(({ key, jobId }): JobFact[] => {
    const run = free.get(jobId)
    if (run === undefined) return []
    return [
      { key, fact: { kind: 'claimed', jobId, isHidden: isNameless(jobId) } },
      { key, fact: { kind: 'entry', entry: run.entry, isWitnessed: true } },
    ]
  })
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

/** While a run of this app, also one that was found meanwhile, has yet to show its entry, it is open which is whose. */
const isYetToShowEntry = ({ run, end }: Job): boolean =>
  end === null && run !== null && (run.isListed || run.isHidden) && run.entry === null

/** The same holds for a run that a stop has hidden and whose end only its stream has told: no log names it. */
const isEndedHidden = ({ run, end }: Job, now: number): boolean =>
  run?.isHidden === true && run.entry === null && end?.from === 'stream' && now - end.endedAt < doubt.checkFor
