import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Desktop, startDesktop } from '../desktop/desktop.ts'
import { startKeyring } from '../desktop/keyring.ts'
import { serve } from '../wexflow-sim/http.ts'
import { routes } from '../wexflow-sim/routes.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { beside, type Figure, within } from './figure.ts'
import { type Activity, activityOf, type Memory, memoryOf } from './process-tree.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median } from './statistics.ts'

/** Sweeps in which memory is looked at; the last goes on with the minute of running jobs. */
const rounds = 2
/** From the closing of the window, or the start, until memory is looked at. */
const idleMs = 20_000
const runningJobs = 100
/** From the last start until CPU time is counted: for a minute after the last change more is asked than later. */
const settleMs = 60_000
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
  /** The app that reads one stream for each job. */
  readonly follower: Watched
  /** Requests that reached the server meanwhile, by their path. */
  readonly requests: Readonly<Record<string, number>>
  readonly jobStreams: number
  readonly memoryWithJobs: Memory
}

export interface MemoryRun {
  /** Signed in with what was stored: no window was opened yet. */
  readonly app: readonly Memory[]
  /** After signing in through the window, which was driven over its port for that, and closed. */
  readonly afterWindow: readonly Memory[]
  readonly baseline: readonly Memory[]
  readonly idle: IdleRun
}

/** The app, and what surrounds it. */
interface Scene {
  readonly stage: Stage
  readonly app: ElectronApp
  readonly sim: WexflowSim
  readonly desktop: Desktop
}

const workflows = Array.from({ length: 10 }, (_, index) =>
  simWorkflow({ id: index + 1, name: `Nightly export ${index + 1}`, durationMs: hourMs }),
)

interface Round<Result> {
  readonly app: Memory
  readonly afterWindow: Memory
  readonly baseline: Memory
  readonly result: Result
}

/**
 * Signs in through the window, closes it and weighs; then starts the app anew, which goes on as who was signed in,
 * weighs again and does something with it.
 */
async function besideEachOther<Result>(
  stage: Stage,
  work: (scene: Scene) => Promise<Result>,
): Promise<Round<Result>> {
  const desktop = await startDesktop()
  const keyring = await startKeyring(desktop.env['DBUS_SESSION_BUS_ADDRESS'] ?? '')
  const sim = new WexflowSim({ workflows })
  const server = await serve(sim)
  const userData = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-bench-data-'))
  const launchApp = (): Promise<ElectronApp> =>
    ElectronApp.launch({ stage, desktop, app: stage.app, userData, args: keyring.args })
  const baseline = await ElectronApp.launch({ stage, desktop, app: baselines.tray })
  // Its icon is the older one: clicks go to the newest.
  await desktop.tray.firstIconAt()
  let app = await launchApp()
  try {
    await signInAndCloseWindow(app, server.origin, true)
    await pause(idleMs)
    const afterWindow = memoryOf(app.pid)
    await desktop.tray.choose('Quit')
    await app.ended()
    app = await launchApp()
    await pause(idleMs)
    if (sim.openStreams('changeStream') !== 1) throw new Error('The app did not go on as who was signed in')
    return {
      afterWindow,
      app: memoryOf(app.pid),
      baseline: memoryOf(baseline.pid),
      result: await work({ stage, app, sim, desktop }),
    }
  } finally {
    await app.kill()
    await baseline.kill()
    await server.close()
    // Its jobs would run for an hour yet.
    sim.shutDown('killed')
    await keyring.stop()
    await desktop.close()
    await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The least that follows so many jobs, on a server of its own: an app that reads one stream for each. */
async function withFollower<Result>(
  { stage, desktop }: Scene,
  work: (follower: ElectronApp) => Promise<Result>,
): Promise<Result> {
  const sim = new WexflowSim({ workflows })
  const server = await serve(sim)
  const env = { BASELINE_TOKEN: sim.tokens.issue('admin', null) }
  const follower = await ElectronApp.launch({ stage, desktop, app: baselines.notify, env })
  try {
    await follower.devtools()
    for (let start = 0; start < runningJobs; start += 1) {
      const id = (start % workflows.length) + 1
      follower.writeLine(`${server.baseUrl}/sse/${id}/${sim.startElsewhere(id)}`)
    }
    return await work(follower)
  } finally {
    await follower.kill()
    await server.close()
    sim.shutDown('killed')
  }
}

interface Totals {
  readonly app: Activity
  readonly follower: Activity
  readonly requests: ReadonlyMap<string, number>
}

const totalsSoFar = ({ app, sim }: Scene, follower: ElectronApp): Totals => ({
  app: activityOf(app.pid),
  follower: activityOf(follower.pid),
  requests: new Map(routes.map((route) => [route.path, sim.requests(route.path)])),
})

const between = (before: Activity, after: Activity): Watched => ({
  cpuMs: after.cpuMs - before.cpuMs,
  sleeps: after.sleeps - before.sleeps,
  seconds: observedMs / 1000,
})

/** A minute in which jobs run and nothing else happens. */
const watch = (scene: Scene): Promise<IdleRun> =>
  withFollower(scene, async (follower) => {
    const { app, sim, desktop } = scene
    for (let start = 0; start < runningJobs; start += 1) {
      await desktop.tray.choose('Start workflow', `Nightly export ${(start % workflows.length) + 1}`)
      await pause(lullMs)
    }
    await pause(settleMs)
    const started = sim.truths().length
    if (started !== runningJobs) throw new Error(`Only ${started} of ${runningJobs} jobs were started`)
    const before = totalsSoFar(scene, follower)
    await pause(observedMs)
    const after = totalsSoFar(scene, follower)
    const requests = [...after.requests].flatMap(([call, count]): [string, number][] => {
      const made = count - (before.requests.get(call) ?? 0)
      return made === 0 ? [] : [[call, made]]
    })
    return {
      app: between(before.app, after.app),
      follower: between(before.follower, after.follower),
      requests: Object.fromEntries(requests),
      jobStreams: sim.openStreams('jobStream'),
      memoryWithJobs: memoryOf(app.pid),
    }
  })

/**
 * Memory without a window beside the app that has only a tray icon, then a minute of 100 running jobs beside the app that
 * reads one stream for each.
 */
export async function measureMemory(stage: Stage): Promise<MemoryRun> {
  // The first launch of a new copy has more of the program's file in memory than any later one.
  await besideEachOther(stage, async () => {})
  const done: Round<unknown>[] = []
  for (let round = 1; round < rounds; round += 1) done.push(await besideEachOther(stage, async () => {}))
  const last = await besideEachOther(stage, watch)
  const all = [...done, last]
  return {
    app: all.map(({ app }) => app),
    afterWindow: all.map(({ afterWindow }) => afterWindow),
    baseline: all.map(({ baseline }) => baseline),
    idle: last.result,
  }
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

const pss = (runs: readonly Memory[]): number => median(runs.map(({ pssMb }) => pssMb))
const own = (runs: readonly Memory[]): number => median(runs.map(({ privateMb }) => privateMb))
const perMinute = (watched: Watched, count: number): number => (count * 60) / watched.seconds

/** The lines of the table. */
export function memoryFigures({ app, afterWindow, baseline, idle }: MemoryRun): Figure[] {
  return [
    within(
      { what: 'memory (PSS), no window opened yet', unit: 'MB', app: pss(app), baseline: pss(baseline) },
      { times: 1.05 },
    ),
    within(
      { what: 'memory (PSS), window closed', unit: 'MB', app: pss(afterWindow), baseline: pss(baseline) },
      { times: 1.15 },
    ),
    beside({
      what: 'memory that it shares with nobody, window closed',
      unit: 'MB',
      app: own(afterWindow),
      baseline: own(baseline),
    }),
    within(
      {
        what: 'CPU in a minute, 100 running jobs',
        unit: 'ms',
        app: perMinute(idle.app, idle.app.cpuMs),
        baseline: perMinute(idle.follower, idle.follower.cpuMs),
      },
      { times: 1 },
    ),
    beside({
      what: 'threads woken in a minute, 100 running jobs',
      unit: '',
      app: perMinute(idle.app, idle.app.sleeps),
      baseline: perMinute(idle.follower, idle.follower.sleeps),
    }),
    beside({
      what: 'requests in a minute, 100 running jobs',
      unit: '',
      app: perMinute(idle.app, total(idle.requests)),
      baseline: 0,
    }),
  ]
}
