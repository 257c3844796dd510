/** Lets go of what was put in first, until no more than so many are left. */
export function dropOldest<Key>(
  kept: { readonly size: number; keys(): IterableIterator<Key>; delete(key: Key): boolean },
  most: number,
): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) return
    kept.delete(oldest)
  }
}
