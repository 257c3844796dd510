import type { HistoryRow } from '../../shared/history.ts'

/**
 * What was read of the history so far, with the rows of the page after it: each once, since jobs that end meanwhile push
 * rows from one page on to the next.
 */
export const withPage = (before: readonly HistoryRow[], page: readonly HistoryRow[]): HistoryRow[] => [
  ...new Map([...before, ...page].map((row) => [row.id, row])).values(),
]
