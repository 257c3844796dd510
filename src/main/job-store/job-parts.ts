import type { Job } from '../tracking/job.ts'

/** Some of the jobs. */
export interface JobPart {
  /** Newest first. */
  readonly jobs: readonly Job[]
  /** The next part begins with those that were asked for before this time; null where there are none. */
  readonly olderThan: number | null
}

/** Jobs of a part: main and the window each take some ten milliseconds to hand them over. */
const partSize = 500
/** The first part is what the window's first picture waits for: as many rows as the tallest screen has room for. */
const firstPartSize = 60

/**
 * The next jobs of a list.
 * @param jobs newest first
 * @param olderThan they were asked for before this time: milliseconds since 1970
 */
export function olderJobs(jobs: readonly Job[], olderThan: number, size = partSize): JobPart {
  const from = jobs.findIndex(({ start }) => start.requestedAt < olderThan)
  if (from === -1) return { jobs: [], olderThan: null }
  const last = jobs[from + size - 1]
  // Those of one moment stay together, or the time would not say where the next part begins.
  const next = jobs.findIndex(({ start }) => last !== undefined && start.requestedAt < last.start.requestedAt)
  if (last === undefined || next === -1) return { jobs: jobs.slice(from), olderThan: null }
  return { jobs: jobs.slice(from, next), olderThan: last.start.requestedAt }
}

/**
 * The jobs of the window's first picture: the newest, all that are under way, and the selected one.
 * @param jobs newest first
 */
export function firstJobs(jobs: readonly Job[], selectedKey: string | null): JobPart {
  const part = olderJobs(jobs, Number.POSITIVE_INFINITY, firstPartSize)
  const others = jobs.slice(part.jobs.length).filter(({ key, end }) => end === null || key === selectedKey)

  return { ...part, jobs: [...part.jobs, ...others] }
}
