import { type Layout, rowAt } from './layout.ts'

/** The row at the top of what is seen: what must not move when rows come or go above it. */
export interface Anchor {
  readonly key: string
  /** Pixels from the top of the list. */
  readonly top: number
}

/**
 * The row to hold on to; null at the very top, where new rows shall push the others down.
 * @param scrollTop pixels
 */
export function anchorAt(layout: Layout, scrollTop: number): Anchor | null {
  if (scrollTop <= 0) return null
  const row = layout.rows[rowAt(layout, scrollTop)]
  return row === undefined ? null : { key: row.entry.job.key, top: row.top }
}

/** Pixels that the list has to be scrolled by, so that the anchor stays where it is seen. 0 where it is gone. */
export function anchorShift(anchor: Anchor | null, { rows, indexOf }: Layout): number {
  if (anchor === null) return 0
  const row = rows[indexOf.get(anchor.key) ?? -1]
  return row === undefined ? 0 : row.top - anchor.top
}
