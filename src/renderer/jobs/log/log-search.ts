/** A search of lines, done in slices so that the window goes on drawing. */
export interface LineSearch {
  /** Lines that hold it, by their index, as far as they have been looked through. */
  readonly found: number[]
  /** Looks on until the time is over. @returns whether all lines have been looked through */
  readonly lookUntil: (isOver: () => boolean) => boolean
}

/** Lines between two looks at the clock. */
const stride = 500

/** What finds a text in a line, whatever the case of its letters. */
export const finderOf = (query: string, flags = ''): RegExp =>
  new RegExp(query.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), `i${flags}`)

/** Begins a search for a text. */
export function lineSearch(lines: readonly string[], query: string): LineSearch {
  const finder = finderOf(query)
  const found: number[] = []
  let next = 0
  const lookUntil = (isOver: () => boolean): boolean => {
    while (next < lines.length) {
      const end = Math.min(lines.length, next + stride)
      for (; next < end; next += 1) if (finder.test(lines[next] ?? '')) found.push(next)
      if (isOver()) break
    }
    return next >= lines.length
  }
  return { found, lookUntil }
}

/**
 * The entry of a rising list that comes next, around its end.
 * @param from where one is; the entry itself is not its own next
 * @returns the position in the list; -1 where it is empty
 */
export function nextAfter(list: readonly number[], from: number, isBack: boolean): number {
  if (list.length === 0) return -1
  if (isBack) {
    const before = list.findLastIndex((entry) => entry < from)
    return before === -1 ? list.length - 1 : before
  }
  const after = list.findIndex((entry) => entry > from)
  return after === -1 ? 0 : after
}
