import type { Density } from '../../../shared/choices.ts'
import type { Entry, Section } from './arrange.ts'

/** Pixels; `list.css` knows them as well. They are fixed, so that a scroll position means the same again. */
export const rowHeights: Readonly<Record<Density, number>> = { comfortable: 48, compact: 36 }
export const headingHeight = 26

/** A row of the list, and where it stands. */
export interface PlacedRow {
  readonly entry: Entry
  /** Pixels from the top of the list. */
  readonly top: number
  /** Among all rows, from 0 on. */
  readonly index: number
}

/** A section, and where it stands. */
export interface PlacedSection {
  readonly section: Section
  /** Pixels from the top of the list. */
  readonly top: number
  /** Pixels, with its heading. */
  readonly height: number
  readonly rows: readonly PlacedRow[]
}

/** The list in pixels. */
export interface Layout {
  readonly sections: readonly PlacedSection[]
  readonly rows: readonly PlacedRow[]
  readonly height: number
  /** Pixels of each row. */
  readonly rowHeight: number
  /** The row that shows a job, by the job's key: a folded one is shown by the newest of its fold. */
  readonly indexOf: ReadonlyMap<string, number>
}

/** Gives each section and row its place. */
export function layOut(sections: readonly Section[], density: Density): Layout {
  const rowHeight = rowHeights[density]
  const placed: PlacedSection[] = []
  const all: PlacedRow[] = []
  const indexOf = new Map<string, number>()
  let top = 0
  for (const section of sections) {
    const rows = section.entries.map((entry, at): PlacedRow => {
      const index = all.length + at
      for (const { key } of entry.fold?.isOpen === false ? entry.fold.jobs : [entry.job])
        indexOf.set(key, index)
      return { entry, index, top: top + headingHeight + at * rowHeight }
    })
    const height = headingHeight + rows.length * rowHeight
    placed.push({ section, top, height, rows })
    for (const row of rows) all.push(row)
    top += height
  }
  return { sections: placed, rows: all, height: top, rowHeight, indexOf }
}

/**
 * The first row whose lower edge is below a place, by halving; the number of rows where there is none.
 * @param y pixels from the top of the list
 */
export function rowAt({ rows, rowHeight }: Pick<Layout, 'rows' | 'rowHeight'>, y: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.top ?? 0) + rowHeight <= y) low = middle + 1
    else high = middle
  }
  return low
}
