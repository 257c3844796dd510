import { type Asked, never } from '../asked.ts'
import { goneFrom } from '../conclude.ts'
import type { Job } from '../job.ts'
import { asking, gone } from '../policy.ts'

/** From when on a read is due: what the rules of several reads have in common. Milliseconds since 1970; null: not at all. */

/** Something was asked before this moment only: now it is due. */
export const once = (askedAt: number, at: number): number | null => (askedAt < at ? at : null)

/** The pause after a question about an end that was signalled so long before it. */
const growing = (sinceMs: number, leastMs: number = asking.leastPause): number =>
  Math.min(asking.mostPause, Math.max(leastMs, sinceMs / 2))

/** When the history was last searched for the job without finding it. */
export const searchedAt = ({ search }: Job): number => search?.at ?? never

/** A search that began after this moment: now, or later where one said nothing, as while another start is being sent. */
export function searchAfter(job: Job, { historyAt }: Asked, from: number): number | null {
  if (searchedAt(job) >= from) return null
  return historyAt < from ? from : historyAt + asking.searchAgain
}

/** The same, and then again after each pause. */
export const searchFrom = (
  job: Job,
  asked: Asked,
  from: number,
  pauseMs: number = asking.searchAgain,
): number => searchAfter(job, asked, from) ?? Math.max(searchedAt(job), asked.historyAt) + pauseMs

/** A look for an end that was signalled: at once, then ever more rarely. */
export const lookFor = (from: number, askedAt: number, leastMs?: number): number =>
  askedAt < from ? from : askedAt + growing(askedAt - from, leastMs)

/**
 * The moment that a further place must have been looked at after, given when the place before it was: what is gone is
 * looked for in its entry, then in the server's memory, then in the history, once when it is gone and once when that is
 * to be concluded. An end that the stream has signalled is looked for there each time that its entry was read.
 */
export function looksFrom(job: Job, beforeAt: number): number | null {
  const { run } = job
  // Its record follows its message by a few milliseconds.
  if (run?.frame != null) return beforeAt < run.frame.at + asking.leastPause ? null : beforeAt
  if (run?.gone == null || run.gone.looks < gone.looks) return null
  const from = goneFrom(job)
  if (from !== null && beforeAt >= from) return from
  return beforeAt >= run.gone.since ? run.gone.since : null
}
