import { setTimeout as pause } from 'node:timers/promises'
import { type Desktop, startDesktop } from '../desktop/desktop.ts'
import { serve } from '../wexflow-sim/http.ts'
import { routes } from '../wexflow-sim/routes.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { beside, type Figure, within } from './figure.ts'
import { type Activity, activityOf, type Memory, memoryOf } from './process-tree.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median } from './statistics.ts'

/** Besides the one in which jobs run. */
const rounds = 1
/** From the closing of the window until memory is looked at: by then Chromium has given back what it gives back. */
const idleMs = 30_000
const runningJobs = 100
/** From the last start until CPU time is counted. */
const settleMs = 10_000
const observedMs = 60_000
/** Between two clicks, so that the menu of the first is there. */
const lullMs = 60
const hourMs = 3_600_000

/** What an app took in the time that it was watched. */
interface Watched extends Activity {
  readonly seconds: number
}

interface IdleRun {
  readonly app: Watched
  readonly baseline: Watched
  /** Requests that reached the server meanwhile, by their path. */
  readonly requests: Readonly<Record<string, number>>
  readonly jobStreams: number
  readonly memoryWithJobs: Memory
}

export interface MemoryRun {
  readonly app: readonly Memory[]
  readonly baseline: readonly Memory[]
  readonly idle: IdleRun
}

/** Both apps side by side on a desktop of their own, ours signed in and with its window closed for a while. */
interface Idlers {
  readonly app: ElectronApp
  readonly baseline: ElectronApp
  readonly sim: WexflowSim
  readonly desktop: Desktop
}

async function besideEachOther<Result>(
  stage: Stage,
  work: (idlers: Idlers) => Promise<Result>,
): Promise<Result> {
  const desktop = await startDesktop()
  const workflows = Array.from({ length: 10 }, (_, index) =>
    simWorkflow({ id: index + 1, name: `Nightly export ${index + 1}`, durationMs: hourMs }),
  )
  const sim = new WexflowSim({ workflows })
  const server = await serve(sim)
  const baseline = await ElectronApp.launch({ stage, desktop, app: baselines.tray })
  // Its icon is the newer one, to which the clicks go.
  await desktop.tray.firstIconAt()
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app })
  try {
    await signInAndCloseWindow(app, server.origin)
    await pause(idleMs)
    return await work({ app, baseline, sim, desktop })
  } finally {
    await app.kill()
    await baseline.kill()
    await server.close()
    // Its jobs would run for an hour yet.
    sim.shutDown('killed')
    await desktop.close()
  }
}

interface Totals {
  readonly app: Activity
  readonly baseline: Activity
  readonly requests: ReadonlyMap<string, number>
}

const totalsSoFar = ({ app, baseline, sim }: Idlers): Totals => ({
  app: activityOf(app.pid),
  baseline: activityOf(baseline.pid),
  requests: new Map(routes.map(({ path }) => [path, sim.requests(path)])),
})

const between = (before: Activity, after: Activity): Watched => ({
  cpuMs: after.cpuMs - before.cpuMs,
  sleeps: after.sleeps - before.sleeps,
  seconds: observedMs / 1000,
})

/** A minute in which jobs run and nothing else happens. */
async function watch(idlers: Idlers): Promise<IdleRun> {
  const { app, sim, desktop } = idlers
  for (let start = 0; start < runningJobs; start += 1) {
    await desktop.tray.choose('Start workflow', `Nightly export ${(start % 10) + 1}`)
    await pause(lullMs)
  }
  await pause(settleMs)
  const started = sim.truths().length
  if (started !== runningJobs) throw new Error(`Only ${started} of ${runningJobs} jobs were started`)
  const before = totalsSoFar(idlers)
  await pause(observedMs)
  const after = totalsSoFar(idlers)
  const requests = [...after.requests].flatMap(([path, count]): [string, number][] => {
    const made = count - (before.requests.get(path) ?? 0)
    return made === 0 ? [] : [[path, made]]
  })
  return {
    app: between(before.app, after.app),
    baseline: between(before.baseline, after.baseline),
    requests: Object.fromEntries(requests),
    jobStreams: sim.openStreams('jobStream'),
    memoryWithJobs: memoryOf(app.pid),
  }
}

/** Memory with the window closed beside the app that has only a tray icon, then a minute of 100 running jobs. */
export async function measureMemory(stage: Stage): Promise<MemoryRun> {
  const app: Memory[] = []
  const baseline: Memory[] = []
  const weigh = (idlers: Idlers): void => {
    app.push(memoryOf(idlers.app.pid))
    baseline.push(memoryOf(idlers.baseline.pid))
  }
  for (let round = 0; round < rounds; round += 1)
    await besideEachOther(stage, (idlers) => Promise.resolve(weigh(idlers)))
  const idle = await besideEachOther(stage, async (idlers) => {
    weigh(idlers)
    return watch(idlers)
  })
  return { app, baseline, idle }
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

const pss = (runs: readonly Memory[]): number => median(runs.map(({ pssMb }) => pssMb))
const own = (runs: readonly Memory[]): number => median(runs.map(({ privateMb }) => privateMb))
const perMinute = (watched: Watched, count: number): number => (count * 60) / watched.seconds

/** The lines of the table. */
export function memoryFigures({ app, baseline, idle }: MemoryRun): Figure[] {
  return [
    within(
      { what: 'memory, window closed (PSS)', unit: 'MB', app: pss(app), baseline: pss(baseline) },
      { times: 1.15 },
    ),
    beside({ what: 'memory of its own alone', unit: 'MB', app: own(app), baseline: own(baseline) }),
    within(
      {
        what: 'CPU in a minute, 100 running jobs',
        unit: 'ms',
        app: perMinute(idle.app, idle.app.cpuMs),
        baseline: perMinute(idle.baseline, idle.baseline.cpuMs),
      },
      { times: 1.15 },
    ),
    beside({
      what: 'threads woken in a minute, 100 running jobs',
      unit: '',
      app: perMinute(idle.app, idle.app.sleeps),
      baseline: perMinute(idle.baseline, idle.baseline.sleeps),
    }),
    beside({
      what: 'requests in a minute, 100 running jobs',
      unit: '',
      app: perMinute(idle.app, total(idle.requests)),
      baseline: 0,
    }),
  ]
}
