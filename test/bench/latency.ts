import { setTimeout as pause } from 'node:timers/promises'
import { type Desktop, startDesktop } from '../desktop/desktop.ts'
import type { ShownNotification } from '../desktop/notification-daemon.ts'
import { tellEachByItself } from '../e2e/each-by-itself.ts'
import { Child } from './child.ts'
import { steadyFromHere } from './clock.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { beside, faster, type Figure, within } from './figure.ts'
import { type Frames, framesSchema, type Moment, readySchema, startedSchema } from './latency-messages.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median, percentile } from './statistics.ts'

/** Jobs of each client that are measured with few and with many others, and those before them that only warm it up. */
const measuredJobs = 1000
const measuredInCompany = 300
const warmUpJobs = 10
/** Jobs that run beside the measured ones: the name of their workflow, and how many, so that all have a job stream. */
const company = 'Company'
const companyJobs = 97
/** Milliseconds between their starts: a click opens a menu, which must be there. */
const companyEveryMs = 80
/** Milliseconds between two ends of one client at least: more than a hundred in ten seconds are told as a burst. */
const slotMs = 260
/** Milliseconds between two starts of one client: jobs that were held up must not pile up before those after them. */
const startEveryMs = 300
/**
 * How long a job runs at least: so that starts fall between the ends of both clients, and that two jobs run at once, no
 * more. Where three do, a notification waits for its job's log, which tells how long it took: that is measured apart.
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
  /** While a hundred jobs of each client run. */
  readonly inCompany: { readonly app: Latencies; readonly baseline: Latencies }
}

/** Both clients, on one desktop, and the servers of both. */
interface Scene {
  readonly desktop: Desktop
  readonly baseline: ElectronApp
  readonly server: Child
}

/** So many jobs of each client, in turns; resolves once all were told. */
async function runJobs({ desktop, baseline, server }: Scene, jobs: number): Promise<void> {
  const began = performance.now()
  for (let start = 0; start < jobs; start += 1) {
    const due = began + start * startEveryMs
    await pause(Math.max(0, due - performance.now()))
    await desktop.tray.choose('Start workflow', `Import ${(start % names) + 1}`)
    await pause(Math.max(0, due + startEveryMs / 2 - performance.now()))
    baseline.writeLine((await server.ask(startedSchema, 'start')).stream)
  }
  await pause(runsMs + 2 * toldWithinMs)
}

/** Jobs of each client that run until the end of the measurement. */
async function startCompany({ desktop, baseline, server }: Scene): Promise<void> {
  for (let start = 0; start < companyJobs; start += 1) {
    await desktop.tray.choose('Start workflow', company)
    baseline.writeLine((await server.ask(startedSchema, 'startCompany')).stream)
    await pause(companyEveryMs)
  }
  await pause(toldWithinMs)
}

/**
 * From the write of a job's frame to the `Notify` call that arrives at the desktop's daemon: the app and the baseline
 * in turns, on one desktop. Then the same while a hundred jobs of each run.
 */
export async function measureLatency(
  stage: Stage,
  jobs = measuredJobs,
  jobsInCompany = measuredInCompany,
): Promise<LatencyRun> {
  const desktop = await startDesktop()
  const server = new Child('latency-server', { names, company, slotMs, runsMs })
  const { origin, token } = await server.next(readySchema)
  const env = { BASELINE_TOKEN: token }
  const baseline = await ElectronApp.launch({ stage, desktop, app: baselines.notify, env })
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app, prepare: tellEachByItself })
  const scene = { desktop, baseline, server }
  const report = (): Promise<Frames> => server.ask(framesSchema, 'report')
  try {
    await baseline.devtools()
    await signInAndCloseWindow(app, origin)
    await runJobs(scene, warmUpJobs + jobs)
    const few = latenciesOf(await report(), desktop.notifications.shown, warmUpJobs)
    await startCompany(scene)
    await runJobs(scene, jobsInCompany)
    // Those that only run beside the others have had no frame.
    return { ...few, inCompany: latenciesOf(await report(), desktop.notifications.shown, warmUpJobs + jobs) }
  } finally {
    await app.kill()
    await baseline.kill()
    await server.kill()
    await desktop.close()
  }
}

function latenciesOf(
  frames: Frames,
  shown: readonly ShownNotification[],
  from: number,
): Omit<LatencyRun, 'inCompany'> {
  const polled = frames.baseline.map(({ at }, index) => (frames.polled[index] ?? Number.NaN) - at)
  return {
    app: toNotification(frames.app.slice(from), shown),
    baseline: toNotification(frames.baseline.slice(from), shown),
    poller: summed(polled.slice(from).map((ms) => (Number.isNaN(ms) ? null : ms))),
  }
}

const p50 = ({ ms }: Latencies): number => median(ms)
const p99 = ({ ms }: Latencies): number => percentile(ms, 0.99)

/** The lines of the table. */
export function latencyFigures({ app, baseline, poller, inCompany }: LatencyRun): Figure[] {
  const what = 'frame on the wire -> notification'
  const unit = 'ms'
  const line = (
    name: string,
    of: (one: Latencies) => number,
    clients: Pick<LatencyRun, 'app' | 'baseline'>,
  ) => ({
    what: `${what}, ${name}`,
    unit,
    app: of(clients.app),
    baseline: of(clients.baseline),
  })
  return [
    within(line('p50', p50, { app, baseline }), { times: 1.15 }),
    within(line('p99', p99, { app, baseline }), { times: 1.15, orMore: 1 }),
    faster(
      { what: 'the same beside polling each second, p50', unit, app: p50(app), baseline: p50(poller) },
      100,
    ),
    beside(line('100 running jobs, p50', p50, inCompany)),
    beside(line('100 running jobs, p99', p99, inCompany)),
  ]
}
