import type { Entry, EntryPage } from '../src/main/wexflow/server.ts'

/** A page of a list, as a server answers it: `page` counts from 1, and has so many rows if there are as many. */
export const entryPage = (all: readonly Entry[], page: number, count: number): EntryPage => ({
  rows: all.slice((page - 1) * count, page * count),
  isLast: all.length < page * count,
})
