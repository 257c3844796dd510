import { setTimeout as pause } from 'node:timers/promises'
import { startDesktop } from '../desktop/desktop.ts'
import type { ShownNotification } from '../desktop/notification-daemon.ts'
import { tellEachByItself } from '../e2e/each-by-itself.ts'
import { Child } from './child.ts'
import { steadyFromHere } from './clock.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { faster, type Figure, within } from './figure.ts'
import { type Frames, framesSchema, type Moment, readySchema, startedSchema } from './latency-messages.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median, percentile } from './statistics.ts'

/** Jobs of each client that are measured, and those before them that only warm it up. */
const measuredJobs = 1000
const warmUpJobs = 10
/** Milliseconds between two ends of one client at least: more than a hundred in ten seconds are told as a burst. */
const slotMs = 260
/** Milliseconds between two starts of one client: jobs that were held up must not pile up before those after them. */
const startEveryMs = 300
/**
 * How long a job runs at least: so that starts fall between the ends of both clients, and that two jobs run at once, no
 * more. Where three do, a notification waits for its job's log, which tells how long it took.
 */
const runsMs = (1 + 1 / 4) * startEveryMs
/** How many names the workflows have: a name comes again only after its last notification is long there. */
const names = 10
const toldWithinMs = 2000

/** Milliseconds from each frame to what told it; what never came is counted apart. */
interface Latencies {
  readonly ms: readonly number[]
  readonly missing: number
}

const summed = (found: readonly (number | null)[]): Latencies => {
  const ms = found.flatMap((one) => (one === null || one > toldWithinMs ? [] : [one]))
  return { ms, missing: found.length - ms.length }
}

/** Pairs each frame with the next notification that says that this workflow is done. */
const toNotification = (frames: readonly Moment[], shown: readonly ShownNotification[]): Latencies => {
  const arrivals = shown.map(({ title, arrivedAt }) => ({ title, at: arrivedAt + steadyFromHere }))
  return summed(
    frames.map((frame) => {
      const told = arrivals.find(({ title, at }) => at >= frame.at && title === `Done: ${frame.name}`)
      return told === undefined ? null : told.at - frame.at
    }),
  )
}

/** Everything that was measured, in milliseconds, for the file. */
export interface LatencyRun {
  readonly app: Latencies
  readonly baseline: Latencies
  readonly poller: Latencies
}

/**
 * From the write of a job's frame to the `Notify` call that arrives at the desktop's daemon: the app and the baseline
 * in turns, on one desktop.
 */
export async function measureLatency(stage: Stage, jobs = measuredJobs): Promise<LatencyRun> {
  const desktop = await startDesktop()
  const server = new Child('latency-server', { names, slotMs, runsMs })
  const { origin, token } = await server.next(readySchema)
  const env = { BASELINE_TOKEN: token }
  const baseline = await ElectronApp.launch({ stage, desktop, app: baselines.notify, env })
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app, prepare: tellEachByItself })
  try {
    await baseline.devtools()
    await signInAndCloseWindow(app, origin)
    const began = performance.now()
    for (let start = 0; start < warmUpJobs + jobs; start += 1) {
      const due = began + start * startEveryMs
      await pause(Math.max(0, due - performance.now()))
      await desktop.tray.choose('Start workflow', `Import ${(start % names) + 1}`)
      await pause(Math.max(0, due + startEveryMs / 2 - performance.now()))
      baseline.writeLine((await server.ask(startedSchema, 'start')).stream)
    }
    await pause(runsMs + 2 * toldWithinMs)
    return latenciesOf(await server.ask(framesSchema, 'report'), desktop.notifications.shown)
  } finally {
    await app.kill()
    await baseline.kill()
    await server.kill()
    await desktop.close()
  }
}

function latenciesOf(frames: Frames, shown: readonly ShownNotification[]): LatencyRun {
  const polled = frames.baseline.map(({ at }, index) => (frames.polled[index] ?? Number.NaN) - at)
  return {
    app: toNotification(frames.app.slice(warmUpJobs), shown),
    baseline: toNotification(frames.baseline.slice(warmUpJobs), shown),
    poller: summed(polled.slice(warmUpJobs).map((ms) => (Number.isNaN(ms) ? null : ms))),
  }
}

const p99 = ({ ms }: Latencies): number => percentile(ms, 0.99)

/** The lines of the table. */
export function latencyFigures({ app, baseline, poller }: LatencyRun): Figure[] {
  const what = 'frame on the wire -> notification'
  const unit = 'ms'
  return [
    within(
      { what: `${what}, p50`, unit, app: median(app.ms), baseline: median(baseline.ms) },
      { times: 1.2 },
    ),
    within({ what: `${what}, p99`, unit, app: p99(app), baseline: p99(baseline) }, { times: 1.2, orMore: 1 }),
    faster(
      {
        what: 'the same beside polling each second, p50',
        unit,
        app: median(app.ms),
        baseline: median(poller.ms),
      },
      100,
    ),
  ]
}
