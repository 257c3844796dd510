import type { Watch } from '../../src/shared/watch.ts'
import type { Wished } from './app.ts'
import {
  type Act,
  computerIncidentKinds,
  type DayPlan,
  type IncidentKind,
  type Planned,
  type PlannedServer,
  serverIncidentKinds,
} from './day-plan.ts'
import type { Draw } from './draw.ts'
import { isAwayWeather, type WeatherKind, weatherKinds } from './weather.ts'
import { queueing, startable, startedElsewhere, unknownWorkflow } from './workflows.ts'

/** How far the starts of a day lie apart on average, in milliseconds. */
const betweenStartsMs = 2500

interface IncidentDraw {
  readonly shortestMs: number
  readonly longestMs: number
}

/** What does not happen twice a day. */
const once: ReadonlySet<IncidentKind> = new Set(['clockSetBack', 'clockSetForward'])

const momentary: IncidentDraw = { shortestMs: 0, longestMs: 0 }

const incidentDraws: Readonly<Record<IncidentKind, IncidentDraw>> = {
  serverKilled: { shortestMs: 300, longestMs: 60_000 },
  serverStopped: { shortestMs: 300, longestMs: 60_000 },
  jobStreamsReset: momentary,
  jobStreamsSilent: momentary,
  changeStreamReset: momentary,
  changeStreamSilent: momentary,
  tokensRevoked: momentary,
  networkGone: { shortestMs: 1000, longestMs: 120_000 },
  networkMoved: { shortestMs: 1000, longestMs: 30_000 },
  asleep: { shortestMs: 5000, longestMs: 300_000 },
  halfOpen: { shortestMs: 1000, longestMs: 60_000 },
  captivePortal: { shortestMs: 5000, longestMs: 300_000 },
  appCrashed: { shortestMs: 50, longestMs: 60_000 },
  appQuit: { shortestMs: 50, longestMs: 60_000 },
  diskFull: { shortestMs: 1000, longestMs: 90_000 },
  workflowSaved: momentary,
  workflowRenamed: momentary,
  workflowDead: { shortestMs: 30_000, longestMs: 400_000 },
  clockSetBack: momentary,
  clockSetForward: momentary,
  desktopGone: { shortestMs: 500, longestMs: 120_000 },
  desktopRefuses: { shortestMs: 500, longestMs: 120_000 },
  desktopAnswersLate: { shortestMs: 1000, longestMs: 120_000 },
  loginBeforeDesktop: { shortestMs: 500, longestMs: 60_000 },
  muted: { shortestMs: 1000, longestMs: 400_000 },
  jobSuspended: { shortestMs: 100, longestMs: 120_000 },
  queueStopped: momentary,
}

/** They came later than the others, and are drawn after them: what earlier seeds drew stays as it was. */
const drawnLast = ['muted', 'jobSuspended', 'queueStopped'] as const satisfies readonly IncidentKind[]
const isDrawnFirst = (kind: IncidentKind): boolean => !drawnLast.some((one) => one === kind)

/** What may be drawn. */
export interface PlanLimits {
  /** So many servers at most. */
  readonly mostServers: number
  /** Kinds of weather and incidents that are left out. */
  readonly without: ReadonlySet<WeatherKind | IncidentKind>
}

/** More servers than the app follows at once on any day. */
export const mostServers = 4
const everything: PlanLimits = { mostServers, without: new Set() }

/** Draws a day with so many starts from the app. */
export function planDay(draw: Draw, jobs: number, isCalm: boolean, limits = everything): DayPlan {
  const servers = drawServers(draw, limits.mostServers)
  const place = (): number => draw.between(0, servers.length - 1)
  const starts = drawStarts(draw, jobs, place)
  const endsAt = Math.max(...starts.map(({ at }) => at)) + 10_000
  const isLeft = ({ kind }: Planned<WeatherKind | IncidentKind>): boolean => !limits.without.has(kind)
  const plan: DayPlan = {
    seed: draw.between(0, 0xff_ff_ff_ff),
    servers,
    starts,
    startsElsewhere: Array.from({ length: Math.ceil(jobs / 4) }, () => {
      const workflow = pickOf(draw, startedElsewhere)
      return { server: place(), at: draw.between(0, endsAt), workflow, acts: drawActs(draw, workflow, true) }
    }),
    weather: isCalm ? [] : servers.flatMap((_, server) => drawWeather(draw, endsAt, server)).filter(isLeft),
    incidents: isCalm ? [] : drawIncidents(draw, endsAt, servers).filter(isLeft),
    endsAt,
  }
  // Drawn last, as the mutes and the suspensions are: they leave the rest of the day as it is.
  const watched = ({ username, database }: PlannedServer): PlannedServer => {
    return { username, database, watch: draw.pick(watches) }
  }
  const whole = { ...plan, servers: servers.map(watched) }
  if (isCalm) return whole
  const { shortestMs, longestMs } = incidentDraws.jobSuspended
  const later = [
    ...drawMutes(draw, endsAt),
    // Others suspend a job.
    ...drawNowAndThen(draw, endsAt, servers, {
      kind: 'jobSuspended',
      soonestMs: 500,
      latestMs: 20_000,
      lastsMs: () => draw.between(shortestMs, draw.pick([3000, longestMs])),
    }),
    // Somebody tries to stop a job with starts behind it.
    ...drawNowAndThen(draw, endsAt, servers, {
      kind: 'queueStopped',
      soonestMs: 5000,
      latestMs: 60_000,
      lastsMs: () => 0,
    }),
  ]
  return { ...whole, incidents: [...plan.incidents, ...later.filter(isLeft)] }
}

/** Whose jobs a person follows on a server. */
const watches: readonly [Watch, ...Watch[]] = ['mine', 'favourites', 'all']

/** Every other day has one server only. */
function drawServers(draw: Draw, most: number): PlannedServer[] {
  const count = draw.chance(0.5) ? 1 : draw.between(1, most)
  return Array.from({ length: count }, () => ({
    username: draw.chance(0.8) ? 'admin' : 'administrator',
    database: draw.pick(['sqlite', 'sqlite', 'postgres', 'mariadb', 'litedb']),
  }))
}

function pickOf<Item>(draw: Draw, list: readonly Item[]): Item {
  const [first, ...rest] = list
  if (first === undefined) throw new Error('Nothing to pick from')
  return draw.pick([first, ...rest])
}

/** On so many days two workflows are started again and again: queues grow, and starts meet at the same moment. */
const favouriteDays = 0.4

/** Some days all starts come in bursts, as from a person who starts one workflow after the other. */
function drawStarts(draw: Draw, jobs: number, drawPlace: () => number): DayPlan['starts'] {
  const burst = draw.pick([1, 1, 4, 25])
  const favourites = draw.chance(favouriteDays) ? [pickOf(draw, startable), pickOf(draw, queueing)] : []
  let at = 1000
  return Array.from({ length: jobs }, (_, place) => {
    if (place % burst === 0) at += draw.between(0, 2 * betweenStartsMs * burst)
    else at += draw.between(0, 60)
    const isFavourite = favourites.length > 0 && draw.chance(0.5)
    const workflow = draw.chance(0.01) ? unknownWorkflow : pickOf(draw, isFavourite ? favourites : startable)
    return { server: drawPlace(), at, workflow, acts: drawActs(draw, workflow, false) }
  })
}

function drawActs(draw: Draw, { isApproval }: Wished, isElsewhere: boolean): Act[] {
  const acts: Act[] = []
  if (isApproval) {
    acts.push({
      kind: isElsewhere || draw.chance(0.3) ? 'decideElsewhere' : 'decide',
      afterMs: draw.between(0, 20_000),
      isApproved: draw.chance(0.6),
    })
  }
  if (draw.chance(isElsewhere ? 0.1 : 0.25)) {
    const kind = isElsewhere || draw.chance(0.3) ? 'stopElsewhere' : 'stop'
    acts.push({ kind, afterMs: draw.between(0, draw.pick([300, 3000, 20_000])) })
  }
  if (draw.chance(0.1)) {
    acts.push({
      kind: 'suspendElsewhere',
      afterMs: draw.between(0, 5000),
      forMs: draw.between(100, 40_000),
    })
  }
  return acts
}

/** Weather in which nothing can be learnt lasts seldom as long as this, in milliseconds. */
const longestAwayMs = 400_000
const longestSpellMs = 90_000

/** Each server has its own few kinds on a day, one after the other or at once, with pauses. */
function drawWeather(draw: Draw, endsAt: number, server: number): DayPlan['weather'] {
  return draw
    .some(weatherKinds, (kind) => (isAwayWeather(kind) ? 0.06 : 0.3))
    .flatMap((kind) => {
      const spells: DayPlan['weather'][number][] = []
      const pauseMs = isAwayWeather(kind) ? longestAwayMs : 120_000
      for (let at = draw.between(0, pauseMs / 2); at < endsAt; at += draw.between(5000, pauseMs)) {
        const longestMs = isAwayWeather(kind) ? draw.pick([20_000, 120_000, longestAwayMs]) : longestSpellMs
        const lastsMs = Math.min(draw.between(3000, longestMs), endsAt - at)
        spells.push({ kind, server, at, lastsMs })
        at += lastsMs
      }
      return spells
    })
}

function drawIncidents(draw: Draw, endsAt: number, servers: readonly PlannedServer[]): DayPlan['incidents'] {
  return [
    ...servers.flatMap((_, server) =>
      drawTimes(draw, serverIncidentKinds.filter(isDrawnFirst), endsAt).map((one) =>
        Object.assign(one, { server }),
      ),
    ),
    ...drawTimes(draw, computerIncidentKinds.filter(isDrawnFirst), endsAt),
  ]
}

/** All of them are over before the day is. */
const drawMutes = (draw: Draw, endsAt: number): DayPlan['incidents'] =>
  drawTimes(draw, ['muted'], endsAt).map(({ kind, at, lastsMs }) => ({
    kind,
    at,
    lastsMs: Math.min(lastsMs, endsAt - at),
  }))

/** How an incident comes now and then: never sooner, nor later, after the one before, in milliseconds. */
interface NowAndThen {
  readonly kind: 'jobSuspended' | 'queueStopped'
  readonly soonestMs: number
  readonly latestMs: number
  readonly lastsMs: () => number
}

/** What comes now and then at each server on every other day. */
const drawNowAndThen = (
  draw: Draw,
  endsAt: number,
  servers: readonly PlannedServer[],
  { kind, soonestMs, latestMs, lastsMs }: NowAndThen,
): DayPlan['incidents'] =>
  servers.flatMap((_, server) => {
    if (draw.chance(0.5)) return []
    const times: DayPlan['incidents'][number][] = []
    for (let at = draw.between(1000, latestMs); at < endsAt; at += draw.between(soonestMs, latestMs))
      times.push({ kind, server, at, lastsMs: lastsMs() })
    return times
  })

function drawTimes<Kind extends IncidentKind>(
  draw: Draw,
  kinds: readonly Kind[],
  endsAt: number,
): Planned<Kind>[] {
  return draw
    .some(kinds, () => 0.25)
    .flatMap((kind) => {
      const incidents: Planned<Kind>[] = []
      const { shortestMs, longestMs } = incidentDraws[kind]
      const most = once.has(kind) ? 1 : Number.POSITIVE_INFINITY
      for (
        let at = draw.between(5000, 90_000);
        at < endsAt && incidents.length < most;
        at += draw.between(20_000, 180_000)
      ) {
        const lastsMs = draw.between(shortestMs, draw.pick([shortestMs, longestMs]))
        incidents.push({ kind, at, lastsMs })
        at += lastsMs
      }
      return incidents
    })
}
