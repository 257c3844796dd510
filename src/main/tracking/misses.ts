import { z } from 'zod'
import { gone } from './policy.ts'

/** Reads in a row that did not find what was looked for: how many, when the first and the last of them was. */
export const missesSchema = z.object({ count: z.number().int(), since: z.number(), at: z.number() })
export type Misses = z.infer<typeof missesSchema>

/** One more read that did not find it; two that are close together count as one. */
export function missedAgain(before: Misses | null, now: number): Misses {
  if (before === null) return { count: 1, since: now, at: now }
  if (before.count === 1 && now - before.since < gone.oneRead) return { ...before, at: now }
  return { ...before, count: before.count + 1, at: now }
}

/** Whether so many reads did not find it that it is not there: a single one may have come at a bad moment. */
export const areEnough = ({ count }: Misses): boolean => count >= gone.reads
