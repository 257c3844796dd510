import { type Asked, never } from '../asked.ts'
import { goneFrom } from '../conclude.ts'
import type { Job } from '../job.ts'
import { areEnough } from '../misses.ts'
import { asking } from '../policy.ts'

/**
 * From when on a read is due: what the rules of several reads have in common. Milliseconds since 1970; null: not at
 * all.
 */

/** A read that is due at a moment, unless it was made since. */
export const once = (askedAt: number, at: number): number | null => (askedAt < at ? at : null)

/** The pause after a read for an end that was signalled so long before it. */
const growing = (sinceMs: number, leastMs: number = asking.leastPause): number =>
  Math.min(asking.mostPause, Math.max(leastMs, sinceMs / 2))

/** When the history was last searched for the job without finding it. */
export const searchedAt = ({ search }: Job): number => search?.at ?? never

/** The same, or when a search for it last answered nothing, as one does while another start is being sent. */
export const lastSearchAt = (job: Job, { historyAt }: Asked): number => Math.max(searchedAt(job), historyAt)

/**
 * A search that begins after this moment: at once, or after a pause where one has answered nothing, as it does while
 * another start is being sent. Null where a search since then has answered that it is not there.
 */
export function searchAfter(job: Job, { historyAt }: Asked, from: number): number | null {
  if (searchedAt(job) >= from) return null
  return historyAt < from ? from : historyAt + asking.searchAgain
}

/** The same, and another one after each pause. */
export const searchFrom = (
  job: Job,
  asked: Asked,
  from: number,
  pauseMs: number = asking.searchAgain,
): number => searchAfter(job, asked, from) ?? lastSearchAt(job, asked) + pauseMs

/** A read for an end that was signalled: at once, then ever more rarely. */
export const everMoreRarely = (from: number, askedAt: number, leastMs?: number): number =>
  askedAt < from ? from : askedAt + growing(askedAt - from, leastMs)

/**
 * The moment after which the next place has to be read, given when the place before it was; null where it need not be.
 * The places are a job's entry, then the server's memory, then the history. What is gone is looked for in each of them
 * once as it goes and once more when that is to be concluded; an end that the stream has signalled, each time that the
 * entry was read without it.
 */
export function nextPlaceFrom(job: Job, beforeAt: number): number | null {
  const { run } = job
  // Its record follows its message by a few milliseconds.
  if (run?.frame != null) return beforeAt < run.frame.at + asking.leastPause ? null : beforeAt
  if (run?.gone == null || !areEnough(run.gone)) return null
  const from = goneFrom(job)
  if (from !== null && beforeAt >= from) return from
  return beforeAt >= run.gone.since ? run.gone.since : null
}
