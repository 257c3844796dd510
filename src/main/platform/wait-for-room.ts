/** What is limited: so many within a sliding window of so many milliseconds. */
export interface Limit {
  /** One at least. */
  readonly most: number
  readonly windowMs: number
}

/**
 * Milliseconds until there is room for one more within a limit; 0 where there is now.
 * @param before when the others were, the last one last: milliseconds of a clock that nobody sets
 * @param now by the same clock
 */
export function waitForRoom(before: readonly number[], { most, windowMs }: Limit, now: number): number {
  // Once this one has left the window, fewer than the limit are left in it.
  const leaving = before.at(-most)
  return leaving === undefined ? 0 : Math.max(0, leaving + windowMs - now)
}
