import type { Quiet } from '../../shared/app-state.ts'
import type { MuteChoice } from '../../shared/mute.ts'
import type { QuietHours } from '../../shared/quiet-hours.ts'
import { quietPeriods } from './quiet-periods.ts'

/** What the person has said about when no notifications are shown. */
export interface QuietWishes {
  /** Milliseconds since 1970; null where nothing is muted. A time of the past mutes nothing. */
  readonly mutedUntil: number | null
  readonly quietHours: QuietHours
}

const hourMs = 3_600_000
/** The hour of the day at which a mute "until tomorrow morning" ends. */
const morningHour = 8
/** Whoever mutes before this hour of the day is still up: the morning that they mean is today's. */
const nightEndsHour = 4

/**
 * Until when notifications are held back, and why; null where they are shown now. A mute and quiet hours that go over into
 * each other are one.
 * @param now milliseconds since 1970
 */
export function quietAt({ mutedUntil, quietHours }: QuietWishes, now: number): Quiet | null {
  const isMuted = mutedUntil !== null && mutedUntil > now
  let until = isMuted ? mutedUntil : now
  for (const { begin, end } of quietPeriods(quietHours, until)) if (begin <= until) until = end
  return until > now ? { until, isMuted } : null
}

/**
 * When that may be different: when what holds notifications back is over or, where nothing does, when quiet hours begin;
 * null where there are none.
 * @param now milliseconds since 1970, as what is returned
 */
export const nextChange = (wishes: QuietWishes, now: number): number | null =>
  quietAt(wishes, now)?.until ?? quietPeriods(wishes.quietHours, now)[0]?.begin ?? null

/**
 * Until when a mute lasts that is chosen now.
 * @param now milliseconds since 1970, as what is returned
 */
export function muteEnd(choice: MuteChoice, now: number): number {
  if (choice === 'hour') return now + hourMs
  const morning = new Date(now)
  if (morning.getHours() >= nightEndsHour) morning.setDate(morning.getDate() + 1)
  return morning.setHours(morningHour, 0, 0, 0)
}
