/** Days and hours in which no notifications are shown, by this machine's clock. */
export interface QuietHours {
  readonly isOn: boolean
  /** The days on which they begin, as `Date.getDay` counts them: 0 is Sunday. */
  readonly days: readonly number[]
  /** Minutes since midnight. */
  readonly from: number
  /** The same; where it is not after `from`, they end on the next day. */
  readonly to: number
}

const daysOfWeek = 7

/**
 * How long quiet hours last. `never`: no day is chosen. `always`: they would never end, so that what they hold back would
 * never be told: they count as none.
 */
export type QuietExtent = 'never' | 'always' | 'wholeDay' | 'overnight' | 'sameDay'

/** How long these quiet hours last where they are on. */
export function extentOf({ days, from, to }: QuietHours): QuietExtent {
  const count = new Set(days).size
  if (count === 0) return 'never'
  if (from === to) return count === daysOfWeek ? 'always' : 'wholeDay'
  return to < from ? 'overnight' : 'sameDay'
}
