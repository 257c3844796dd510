import type { Entry } from '../wexflow/server.ts'

/**
 * Ids of entries and of history rows: numbers that grow on SQL databases and LiteDB, opaque text on MongoDB and
 * RavenDB.
 */

/** Whether an id is a number, so that a greater one is newer. */
export const isNumber = (id: string): boolean => /^\d+$/u.test(id)

/** The greatest of these ids that is a number; null where there is none. */
export function greatest(ids: readonly string[]): string | null {
  const numbers = ids.filter(isNumber)
  return numbers.reduce<string | null>(
    (best, id) => (best === null || BigInt(id) > BigInt(best) ? id : best),
    null,
  )
}

/** Sorts entries, or history rows, by the order in which the server wrote them. Throws where an id is no number. */
export const inOrderOfIds = (a: Pick<Entry, 'id'>, b: Pick<Entry, 'id'>): number =>
  BigInt(a.id) < BigInt(b.id) ? -1 : 1

/** The least of these numbers; null where there is none. */
export const least = (numbers: readonly bigint[]): bigint | null =>
  numbers.reduce<bigint | null>((best, one) => (best === null || one < best ? one : best), null)

const entryPrefix = 'entry '
const rowPrefix = 'row '

/**
 * What stands for the job id of a run of which only an entry is known, whose log names no job. Another run of the server
 * may give the entry's id anew, but not with the date, which is that of the moment in which the run got this name.
 */
export const namedByEntry = ({ id, statusDate }: Pick<Entry, 'id' | 'statusDate'>): string =>
  `${entryPrefix}${id} ${statusDate}`

export const isNamedByEntry = (jobId: string): boolean => jobId.startsWith(entryPrefix)

/** What stands for the job id of a run of which only a row of the history is known, whose log names no job. */
export const namedByRow = (rowId: string): string => `${rowPrefix}${rowId}`

export const isNamedByRow = (jobId: string): boolean => jobId.startsWith(rowPrefix)

/** Whether a run's job id is not known, so that the server can't be asked for it. */
export const isNameless = (jobId: string): boolean => isNamedByEntry(jobId) || isNamedByRow(jobId)
