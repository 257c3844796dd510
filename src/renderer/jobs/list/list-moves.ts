/** Where a key of the keyboard moves a selection to, from an index in a list. */
const moves = new Map<string, (index: number, last: number, page: number) => number>([
  ['ArrowDown', (index) => index + 1],
  ['ArrowUp', (index, last) => (index === -1 ? last : index - 1)],
  ['PageDown', (index, _last, page) => index + page],
  ['PageUp', (index, _last, page) => index - page],
  ['Home', () => 0],
  ['End', (_index, last) => last],
])

/**
 * The index that a key moves to; null where the key moves nothing or the list is empty.
 * @param key the `key` of a keyboard event
 * @param index the selected index; -1 for none
 * @param page how many rows a page has
 */
export function movedIndex(key: string, index: number, count: number, page: number): number | null {
  const move = moves.get(key)
  if (move === undefined || count === 0) return null
  return Math.min(count - 1, Math.max(0, move(index, count - 1, Math.max(1, page))))
}
