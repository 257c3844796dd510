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

/** The name of a run whose entry is known and whose job id is not. */
export const unnamed = (entryId: string): string => `entry ${entryId}`
/** Whether a run's job id is not known, so that it can't be asked for by it. */
export const isUnnamed = (jobId: string): boolean => jobId.startsWith('entry ') || jobId.startsWith('row ')
/** Whether only a row of the history is known of a run, whose log names no job. */
export const isNamedByRow = (jobId: string): boolean => jobId.startsWith('row ')
/** The name of a run of which only a row of the history is known. */
export const namedByRow = (rowId: string): string => `row ${rowId}`
