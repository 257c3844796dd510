import { setTimeout as pause } from 'node:timers/promises'
import { startDesktop } from '../desktop/desktop.ts'
import { serve } from '../wexflow-sim/http.ts'
import { routes } from '../wexflow-sim/routes.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { beside, type Figure, within } from './figure.ts'
import { type Activity, activityOf, type Memory, memoryOf } from './process-tree.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median } from './statistics.ts'

const rounds = 3
const idleMs = 12_000
const runningJobs = 100
const observedMs = 60_000
/** Between two clicks, so that the menu of the first is there. */
const lullMs = 60

const hourMs = 3_600_000
const newSim = (): WexflowSim =>
  new WexflowSim({
    workflows: Array.from({ length: 10 }, (_, index) =>
      simWorkflow({ id: index + 1, name: `Nightly export ${index + 1}`, durationMs: hourMs }),
    ),
  })

async function baselineMemory(stage: Stage): Promise<Memory> {
  const desktop = await startDesktop()
  const app = await ElectronApp.launch({ stage, desktop, app: baselines.tray })
  try {
    await desktop.tray.firstIconAt()
    await pause(idleMs)
    return memoryOf(app.pid)
  } finally {
    await app.kill()
    await desktop.close()
  }
}

async function appMemory(stage: Stage): Promise<Memory> {
  const desktop = await startDesktop()
  const server = await serve(newSim())
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app })
  try {
    await signInAndCloseWindow(app, server.origin)
    await pause(idleMs)
    return memoryOf(app.pid)
  } finally {
    await app.kill()
    await server.close()
    await desktop.close()
  }
}

/** What an app did in the time that it was watched. */
interface Watched extends Activity {
  readonly seconds: number
}

const difference = (before: Activity, after: Activity): Activity => ({
  cpuMs: after.cpuMs - before.cpuMs,
  sleeps: after.sleeps - before.sleeps,
})

interface IdleRun {
  readonly app: Watched
  readonly baseline: Watched
  /** Requests that reached the server meanwhile, by their path. */
  readonly requests: Readonly<Record<string, number>>
  readonly jobStreams: number
  readonly memoryWithJobs: Memory
}

const requestsSoFar = (sim: WexflowSim): Map<string, number> =>
  new Map(routes.map(({ path }) => [path, sim.requests(path)]))

/** Both apps at the same time: ours follows running jobs with its window closed, the other has only its icon. */
async function watchIdle(stage: Stage): Promise<IdleRun> {
  const desktop = await startDesktop()
  const sim = newSim()
  const server = await serve(sim)
  const baseline = await ElectronApp.launch({ stage, desktop, app: baselines.tray })
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app })
  try {
    await signInAndCloseWindow(app, server.origin)
    for (let start = 0; start < runningJobs; start += 1) {
      await desktop.tray.choose('Start workflow', `Nightly export ${(start % 10) + 1}`)
      await pause(lullMs)
    }
    await pause(idleMs)
    if (sim.truths().length !== runningJobs)
      throw new Error(`Only ${sim.truths().length} of ${runningJobs} jobs were started`)
    const before = {
      app: activityOf(app.pid),
      baseline: activityOf(baseline.pid),
      requests: requestsSoFar(sim),
    }
    await pause(observedMs)
    const after = {
      app: activityOf(app.pid),
      baseline: activityOf(baseline.pid),
      requests: requestsSoFar(sim),
    }
    const seconds = observedMs / 1000
    const counts = [...after.requests].map(([path, count]): [string, number] => [
      path,
      count - (before.requests.get(path) ?? 0),
    ])
    return {
      app: { ...difference(before.app, after.app), seconds },
      baseline: { ...difference(before.baseline, after.baseline), seconds },
      requests: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      jobStreams: sim.openStreams('jobStream'),
      memoryWithJobs: memoryOf(app.pid),
    }
  } finally {
    await app.kill()
    await baseline.kill()
    await server.close()
    await desktop.close()
  }
}

export interface MemoryRun {
  readonly app: readonly Memory[]
  readonly baseline: readonly Memory[]
  readonly idle: IdleRun
}

/** Memory with the window closed, in turns with the app that has only a tray icon; then a minute of 100 running jobs. */
export async function measureMemory(stage: Stage): Promise<MemoryRun> {
  const app: Memory[] = []
  const baseline: Memory[] = []
  for (let round = 0; round < rounds; round += 1) {
    baseline.push(await baselineMemory(stage))
    app.push(await appMemory(stage))
  }
  return { app, baseline, idle: await watchIdle(stage) }
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
