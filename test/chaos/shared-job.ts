import type { KnownJob } from '../known-job.ts'
import type { Truth } from '../wexflow-sim/truth.ts'

type Owner = Pick<KnownJob, 'key' | 'jobId'>

/** What of a day at one server tells whose its runs are. */
interface Owners {
  readonly jobs: ReadonlyMap<string, Owner>
  /** Keys of the jobs that the app has not forgotten. */
  readonly remembered: ReadonlySet<string>
  readonly sim: { truths(): readonly Truth[] }
}

/**
 * Whether two starts have the same run. Of jobs that were forgotten the app can't say that they are its own; and nothing says
 * which of two equal runs it took for both.
 */
export const isSharedJob = ({ key, jobId }: Owner, owners: Owners): boolean =>
  jobId !== null &&
  owners.remembered.has(key) &&
  [...owners.jobs.values()].some(
    (other) => other.jobId === jobId && other.key !== key && owners.remembered.has(other.key),
  ) &&
  !hasFreeTwin(jobId, owners)

/**
 * Whether a run that nothing names ended in the same second, and in the same way, as one that belongs to nobody: nothing tells
 * which entry of the two goes with which row of the history, and the person is told the same.
 */
function hasFreeTwin(jobId: string, { sim, jobs }: Owners): boolean {
  const nameless = sim.truths().filter(({ isNamedInHistory }) => !isNamedInHistory)
  const run = nameless.find((one) => one.jobId === jobId)
  const owned = new Set([...jobs.values()].map((job) => job.jobId))
  return nameless.some(
    (twin) =>
      !owned.has(twin.jobId) &&
      twin.workflowId === run?.workflowId &&
      twin.outcome === run.outcome &&
      Math.abs((twin.recordedAt ?? Number.NaN) - (run.recordedAt ?? Number.NaN)) < 1000,
  )
}
