interface Keyed {
  readonly key: string
}

/** The row at the top of what is seen: what must not move when rows come or go above it. */
export interface Anchor {
  readonly key: string
  readonly index: number
}

/**
 * The row to hold on to; null at the very top, where new rows shall push the others down.
 * @param scrollTop pixels
 * @param rowHeight pixels
 */
export function anchorAt(rows: readonly Keyed[], scrollTop: number, rowHeight: number): Anchor | null {
  if (scrollTop <= 0) return null
  const index = Math.floor(scrollTop / rowHeight)
  const row = rows[index]
  return row === undefined ? null : { key: row.key, index }
}

/**
 * Pixels that the list has to be scrolled by, so that the anchor stays where it is seen. 0 where it is gone.
 * @param rowHeight pixels
 */
export function anchorShift(anchor: Anchor | null, rows: readonly Keyed[], rowHeight: number): number {
  if (anchor === null || rows[anchor.index]?.key === anchor.key) return 0
  const index = rows.findIndex(({ key }) => key === anchor.key)
  return index === -1 ? 0 : (index - anchor.index) * rowHeight
}
