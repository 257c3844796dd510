import { z } from 'zod'
import { type Job, jobSchema } from '../tracking/job.ts'
import { upgradedJobSchema } from './first-version.ts'

/** What earlier versions wrote: the name of a field, and the kinds of what was observed of a job. */
const fieldNow: ReadonlyMap<string, string> = new Map([['looks', 'count']])
const kindNow: ReadonlyMap<string, string> = new Map([
  ['adopted', 'claimed'],
  ['adoptedFromQueue', 'claimedFromQueue'],
])

/** The same with the words of now in the place of those that earlier versions wrote. */
function inWordsOfNow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWordsOfNow)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, part]): [string, unknown] => [
    fieldNow.get(name) ?? name,
    name === 'kind' && typeof part === 'string' ? (kindNow.get(part) ?? part) : inWordsOfNow(part),
  ])
  return Object.fromEntries(fields)
}

/** A line of the jobs file, of this version or of an earlier one; only where it is none of this one are other words tried. */
export const storedJobSchema: z.ZodType<Job> = z.union([
  jobSchema,
  z.preprocess(inWordsOfNow, z.union([jobSchema, upgradedJobSchema])),
])
