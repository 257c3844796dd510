import { t } from './app.ts'
import type { DayRecord } from './day.ts'
import type { DayFault } from './day-fault.ts'
import type { Disturbance } from './diary.ts'
import { launchesOf, merged, type Span } from './launches.ts'
import { awayWeather } from './weather.ts'

/** What takes a server away from the app. */
const away: ReadonlySet<Disturbance['kind']> = new Set([
  'serverKilled',
  'serverStopped',
  'networkGone',
  'networkMoved',
  'asleep',
  'halfOpen',
  'captivePortal',
  ...awayWeather,
] as const)
/** What may look like that: nothing is answered in time, or no connection can be had. */
const likeAway: ReadonlySet<Disturbance['kind']> = new Set([
  ...away,
  'restAsked',
  'busyServer',
  'limitedConnections',
] as const)

/** Neither is told meanwhile. */
const muted: ReadonlySet<Disturbance['kind']> = new Set(['muted'])

/** An outage is told once it has lasted so long, in milliseconds. */
const toldAfterMs = 60_000
/** So long it takes until a server that says nothing any more counts as away, with an attempt to connect anew. */
const noticedWithinMs = 92_000
/** And so long until one that is back counts as that: the longest pause between two attempts, and an attempt. */
const backWithinMs = 90_000
/** Of several that go away together the last is told as early as this. */
const toldEarlyMs = 15_000
/** A server that is back waits so long for those that had gone away with it. */
const togetherMs = 60_000

interface Notice {
  readonly what: 'away' | 'back'
  readonly at: number
  /** When the desktop said that it did not take it: it is shown again, if it still holds then; null: it took it. */
  readonly refusedAt: number | null
}

/** What was told of a server, in its order. */
function noticesOf(name: string, { toasts, servers }: DayRecord, { from, to }: Span): Notice[] {
  const whats = ['away', 'back'] as const
  return toasts.flatMap(({ id, title, body, at, answeredAt, status }): Notice[] => {
    if (!id.startsWith('server:') || at < from || at > to) return []
    return whats
      .filter((what) =>
        servers.some((_, place) => {
          // Of four names the last is left out.
          const isOfAll = place === servers.length - 1
          return title === t(`toast.server.${what}`, { count: place + 1 }) && (isOfAll || body.includes(name))
        }),
      )
      .map((what) => ({ what, at, refusedAt: status === 'refused' ? answeredAt : null }))
  })
}

/** Whether any of the spans has a part between these times. */
const isIn = (spans: readonly Span[], since: number, until: number): boolean =>
  spans.some(({ from, to }) => from <= until && to >= since)

/** Those that the desktop took, and those that it may have taken, as it had not said otherwise when the next was told. */
const heardOf = (notices: readonly Notice[]): Notice[] =>
  notices.filter(({ refusedAt }, place) => {
    const next = notices[place + 1]
    return refusedAt === null || (next !== undefined && next.at < refusedAt)
  })

/** The first thing that is wrong with what was told of a server during one launch of the app; null where nothing is. */
function fault(
  notices: readonly Notice[],
  launch: Span,
  absences: readonly Span[],
  alike: readonly Span[],
  mutes: readonly Span[],
) {
  const heard = heardOf(notices)
  for (const [place, { what, at }] of heard.entries()) {
    const before = heard[place - 1]?.what ?? 'back'
    if (before === what) return `told twice to be ${what}`
    if (what === 'away' && !isIn(alike, at - backWithinMs, at - toldEarlyMs))
      return 'told to be away, and was not'
    if (what === 'back' && absences.some(({ from, to }) => from <= at - noticedWithinMs && to > at))
      return 'told to be back, and was not'
  }
  const toldLast = (at: number): Notice | undefined => notices.findLast((notice) => notice.at <= at)
  // Who has not seen that it was back still knows it as away.
  const isKnownAway = (at: number): boolean =>
    toldLast(at)?.what === 'away' || heard.findLast((notice) => notice.at <= at)?.what === 'away'
  for (const { from, to } of absences) {
    const at = Math.max(from, launch.from) + noticedWithinMs + toldAfterMs
    const isHeldBack = isIn(mutes, from, at)
    if (at <= Math.min(to, launch.to) && !isKnownAway(at) && !isHeldBack)
      return 'was away, and that was not told'
    const backAt = to + backWithinMs + togetherMs
    const isQuiet = backAt <= launch.to && !isIn(alike, to + 1, backAt) && !isIn(mutes, to, backAt)
    const last = toldLast(backAt)
    if (isQuiet && to >= launch.from && last?.what === 'away' && last.refusedAt === null)
      return 'is back, and that was not told'
  }
  return null
}

/** What is wrong with how it was told that servers are away, or back: one calm notice for each outage, and a true one. */
export function outageFaults(day: DayRecord): DayFault[] {
  return day.servers.flatMap(({ account: { name } }, place) => {
    const spansOf = (kinds: ReadonlySet<Disturbance['kind']>): Span[] =>
      merged(
        day.disturbances.filter(
          ({ kind, server }) => kinds.has(kind) && (server === null || server === place),
        ),
      )
    const absences = spansOf(away)
    const alike = spansOf(likeAway)
    const mutes = spansOf(muted)
    return launchesOf(day).flatMap((launch): DayFault[] => {
      const notices = noticesOf(name, day, launch)
      const what = fault(notices, launch, absences, alike, mutes)
      if (what === null) return []
      const told = notices.map((one) => `${one.what} at ${one.at}`).join(', ')
      return [
        { kind: 'outage', what: `a server ${what}`, detail: `${name}, launched ${launch.from}: ${told}` },
      ]
    })
  })
}
