import type { DayRecord } from './day.ts'
import type { DayFault } from './day-fault.ts'
import { merged, type Span } from './launches.ts'
import { isStrangersWeather } from './weather.ts'

/**
 * What somebody who answers in a server's place may be asked: until it is noticed that it is somebody else,
 */
const toNotice = 40
/** then by each attempt to connect anew, of which there is one a minute at least, */
const eachMinute = 12
/**
 * by each start that the person asks for all the same (a connection is warmed, four things are read before it, twice where
 * it is a 503 as of a narrow way, and it is sent, where somebody comes in between), and what is done to its job,
 */
const eachStart = 8
/** by each launch of the app, and each time that the network is back or the computer wakes. */
const eachReturn = 30

const minuteMs = 60_000
/** A start may still be under way so long after it was asked for. */
const startsWithinMs = 120_000

/** How often each of them was asked while it stood in a server's way, and how often it may have been. */
function strangersAsked(day: DayRecord): { span: Span; server: string; asked: number; most: number }[] {
  return day.servers.flatMap(({ account, strangersMet }, place) => {
    const spans = merged(
      day.disturbances.filter(
        ({ kind, server }) =>
          (server === place && isStrangersWeather(kind)) || (server === null && kind === 'captivePortal'),
      ),
    )
    return spans.map((span) => {
      const isIn = (at: number): boolean => at >= span.from && at <= span.to
      const starts = [...day.jobs.values()].filter(
        ({ serverId, requestedAt }) =>
          serverId === account.id && requestedAt >= span.from - startsWithinMs && requestedAt <= span.to,
      )
      const returns = [
        ...day.launchesBegun,
        ...day.disturbances
          .filter(({ kind }) => kind === 'asleep' || kind === 'networkMoved')
          .map(({ to }) => to),
      ]
      const most =
        toNotice +
        (eachMinute * (span.to - span.from)) / minuteMs +
        eachStart * starts.length +
        eachReturn * returns.filter(isIn).length
      return { span, server: account.name, asked: strangersMet.filter(isIn).length, most: Math.round(most) }
    })
  })
}

/** Those in a server's place that were asked more often than that. */
export const hammering = (day: DayRecord): DayFault[] =>
  strangersAsked(day)
    .filter(({ asked, most }) => asked > most)
    .map(({ span, server, asked, most }) => ({
      kind: 'hammered',
      what: 'asked too much',
      detail: `${server} from ${span.from} to ${span.to}: ${asked} requests, at most ${most}`,
    }))
