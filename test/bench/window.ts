import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'vite'
import { z } from 'zod'
import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import { emptyDocument } from '../../src/main/settings/document.ts'
import { outcomes } from '../../src/shared/outcome.ts'
import { type Desktop, startDesktop } from '../desktop/desktop.ts'
import { endedJob, runWith, startAt } from '../unit/job.ts'
import { writeJobs } from '../unit/jobs-file.ts'
import { serve, type ServedSim } from '../wexflow-sim/http.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { DevTools } from './devtools.ts'
import { baselines, ElectronApp, type Stage } from './electron-app.ts'
import { atMost, type Figure, within } from './figure.ts'
import { memoryOf } from './process-tree.ts'
import { signInAndCloseWindow } from './signed-in.ts'
import { median } from './statistics.ts'

const opens = 15
const few = 16
const many = 10_000
const workflowCount = 118
const logLines = 200_000
/** Milliseconds that the app is left alone between two measurements. */
const restMs = 700
/** Milliseconds until the job with the long log has ended, and its record is there. */
const endedMs = 5000
/** Milliseconds between two looks at how much memory is taken. */
const lookMs = 50
/** Turns of the wheel, by so many pixels each, one a frame. */
const turns = 60
const turnPixels = 300
const filter = 'workflow 11'

const longLog = 'Long log'

const workflows = [
  simWorkflow({
    id: 1,
    name: longLog,
    durationMs: 100,
    logLines: Array.from(
      { length: logLines },
      (_none, at) => `[SqlImport] Row ${at} was written; nothing else is to be said of it.`,
    ),
  }),
  ...Array.from({ length: workflowCount - 1 }, (_none, at) =>
    simWorkflow({ id: at + 2, name: `Workflow ${at + 2}`, durationMs: 100 }),
  ),
]

/** Puts as many ended jobs into the app's memory; a click on its icon opens the window, not the small one. */
async function remember(userData: string, count: number, address: string): Promise<void> {
  const settings = { ...emptyDocument.settings, keepJobs: many, iconClick: 'full' }
  await writeFile(
    path.join(userData, 'settings.json'),
    JSON.stringify({ ...emptyDocument, introduced: true, settings }),
  )
  const serverId = profileIdOf(address, 'admin')
  const now = Date.now()
  const jobs = Array.from({ length: count }, (_none, at) => {
    const key = `past-${at}`
    const startedAt = now - (at + 1) * 600_000
    const run = runWith({ jobId: key, startedAt })
    const start = startAt(startedAt, { answer: { kind: 'id', at: startedAt, jobId: key } })
    const outcome = outcomes[at % outcomes.length] ?? 'done'
    const workflowId = (at % (workflowCount - 1)) + 2
    return endedJob(
      outcome,
      { endedAt: startedAt + 5000, durationMs: 5000, isLogRead: true },
      { key, serverId, workflowId, workflowName: `Workflow ${workflowId}`, start, run },
    )
  })
  await writeJobs(userData, jobs)
}

/** An app whose icon can be clicked, and the way to its pages. */
interface Opened {
  readonly app: ElectronApp
  readonly desktop: Desktop
  readonly devTools: DevTools
  /** What is on the page once it can be used. */
  readonly usable: string
}

async function launchApp(stage: Stage, count: number, server: ServedSim): Promise<Opened> {
  const desktop = await startDesktop()
  const prepare = (userData: string): Promise<void> => remember(userData, count, server.origin)
  const app = await ElectronApp.launch({ stage, desktop, app: stage.app, prepare })
  await desktop.tray.firstIconAt()
  await signInAndCloseWindow(app, server.origin)
  return { app, desktop, devTools: await DevTools.connect(await app.devtools()), usable: '[role=option]' }
}

async function launchBaseline(stage: Stage, page: string): Promise<Opened> {
  const desktop = await startDesktop()
  const env = { BASELINE_PAGE: page }
  const app = await ElectronApp.launch({ stage, desktop, app: baselines.window, env })
  await desktop.tray.firstIconAt()
  return { app, desktop, devTools: await DevTools.connect(await app.devtools()), usable: 'main' }
}

async function end({ app, desktop, devTools }: Opened): Promise<void> {
  devTools.close()
  await app.kill()
  await desktop.close()
}

/** Resolves in the page once what is looked for is there, and painted. */
const painted = (selector: string): string => `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look)
    else requestAnimationFrame(() => setTimeout(resolve))
  }
  look()
})`

/** Milliseconds from the click on the icon until the window's page is painted and can be used. */
async function timeToWindow({ desktop, devTools, usable }: Opened): Promise<number> {
  await pause(restMs)
  const clickedAt = performance.now()
  void desktop.tray.activate()
  const page = await devTools.page()
  await page.evaluate(painted(usable))
  const tookMs = performance.now() - clickedAt
  await devTools.closePage()
  return tookMs
}

type Page = Awaited<ReturnType<DevTools['page']>>

const framesSchema = z.array(z.number())

/** Milliseconds between the frames of the page while something is done in it. */
async function framesWhile(page: Page, action: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(`{
    window.benchFrames = []
    let last
    const onFrame = (now) => {
      if (last !== undefined) window.benchFrames.push(now - last)
      last = now
      window.benchFrame = requestAnimationFrame(onFrame)
    }
    window.benchFrame = requestAnimationFrame(onFrame)
  }`)
  await action()
  await pause(100)
  return framesSchema.parse(
    await page.evaluate('cancelAnimationFrame(window.benchFrame), window.benchFrames'),
  )
}

/** The frames while what is at a place of the page is scrolled. */
const scroll = (page: Page, x: number, y: number): Promise<readonly number[]> =>
  framesWhile(page, async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.wheel(x, y, turnPixels)
      await pause(16)
    }
  })

/** Milliseconds between frames of one page. */
interface WindowFrames {
  readonly list: readonly number[]
  readonly filter: readonly number[]
  readonly picker: readonly number[]
  readonly log: readonly number[]
}

/** The memory of all processes of the app, in MB. */
interface LogMemory {
  readonly before: number
  /** The most while a long log is read for its job's notification and opened. */
  readonly most: number
}

async function useApp({
  app,
  desktop,
  devTools,
  usable,
}: Opened): Promise<{ frames: WindowFrames; log: LogMemory }> {
  void desktop.tray.activate()
  const page = await devTools.page()
  await page.evaluate(painted(usable))
  await pause(restMs)
  const list = await scroll(page, 180, 400)
  await page.evaluate(`document.querySelector('.job-search input').focus()`)
  await pause(restMs)
  const typed = await framesWhile(page, async () => {
    for (const key of filter) {
      await page.type(key)
      await pause(100)
    }
  })
  // The whole list again, in which the newest job comes first.
  await page.evaluate(`document.querySelector('.job-search input').select()`)
  await page.type(' ')
  await desktop.tray.choose('Find a workflow…')
  await page.evaluate(painted('dialog:popover-open .workflow-start'))
  await pause(restMs)
  const picker = await scroll(page, 600, 200)
  const memory = { before: memoryOf(app.pid).pssMb, most: await mostMemoryUntil(app, openLog(page)) }
  return { frames: { list, filter: typed, picker, log: await scroll(page, 600, 450) }, log: memory }
}

/** The most memory that an app takes until something is done, in MB. */
async function mostMemoryUntil(app: ElectronApp, action: Promise<void>): Promise<number> {
  const done = action.then(() => true)
  for (let most = 0; ; ) {
    most = Math.max(most, memoryOf(app.pid).pssMb)
    if (await Promise.race([done, pause(lookMs, false)])) return most
  }
}

/** Starts the workflow with the long log from its open list, and opens that log. */
async function openLog(page: Page): Promise<void> {
  await page.type(longLog)
  await pause(restMs)
  await page.evaluate(`document.querySelector('dialog:popover-open .workflow-start').click()`)
  await pause(endedMs)
  await page.evaluate(`document.querySelector('[role=option]').click()`)
  await page.evaluate(painted('.log-row'))
  await pause(restMs)
}

async function framesOfBaseline({ desktop, devTools, usable }: Opened): Promise<readonly number[]> {
  void desktop.tray.activate()
  const page = await devTools.page()
  await page.evaluate(painted(usable))
  await pause(restMs)
  return scroll(page, 180, 400)
}

/** What was measured, times in milliseconds. */
export interface WindowRun {
  readonly few: readonly number[]
  readonly many: readonly number[]
  readonly baseline: readonly number[]
  readonly frames: WindowFrames
  readonly log: LogMemory
  readonly baselineFrames: readonly number[]
}

/** Builds the baseline's page as the app's are built; its folder. */
async function buildBaselinePage(outDir: string): Promise<void> {
  const mode = 'production'
  await build({ root: baselines.window, base: './', mode, logLevel: 'silent', build: { outDir } })
}

/** The window from the click on the icon, in turns with an empty page, and then what goes on in it. */
export async function measureWindow(stage: Stage, rounds = opens): Promise<WindowRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-bench-page-'))
  const server = await serve(new WexflowSim({ workflows }))
  const opened: Opened[] = []
  try {
    await buildBaselinePage(folder)
    const baseline = await launchBaseline(stage, folder)
    opened.push(baseline)
    const ofFew = await launchApp(stage, few, server)
    opened.push(ofFew)
    const ofMany = await launchApp(stage, many, server)
    opened.push(ofMany)
    const times: { baseline: number[]; few: number[]; many: number[] } = { baseline: [], few: [], many: [] }
    // The first window of each loads what the next ones have, and counts for nothing.
    for (let round = -1; round < rounds; round += 1) {
      const took = {
        baseline: await timeToWindow(baseline),
        few: await timeToWindow(ofFew),
        many: await timeToWindow(ofMany),
      }
      if (round < 0) continue
      times.baseline.push(took.baseline)
      times.few.push(took.few)
      times.many.push(took.many)
    }
    return { ...times, ...(await useApp(ofMany)), baselineFrames: await framesOfBaseline(baseline) }
  } finally {
    for (const one of opened) await end(one)
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const openBudget = 1.5
/** Milliseconds: a frame of a screen that shows sixty of them each second has 16.7. */
const frameBudget = 20
/** MB for a log of 200,000 lines. */
const logBudget = 120

/** The lines of the table. */
export function windowFigures({ frames, log, baselineFrames, ...times }: WindowRun): Figure[] {
  const open = (what: string, app: readonly number[]): Figure =>
    within({ what, unit: 'ms', app: median(app), baseline: median(times.baseline) }, { times: openBudget })
  const longest = (what: string, app: readonly number[]): Figure =>
    atMost(
      {
        what: `longest frame, ${what}`,
        unit: 'ms',
        app: Math.max(...app),
        baseline: Math.max(...baselineFrames),
      },
      frameBudget,
    )
  return [
    open('click on the icon -> window, 16 jobs', times.few),
    open('click on the icon -> window, 10,000 jobs', times.many),
    longest('10,000 jobs scrolled', frames.list),
    longest('a filter typed over them', frames.filter),
    longest('118 workflows scrolled', frames.picker),
    longest('200,000 lines of a log scrolled', frames.log),
    within(
      {
        what: 'most memory (PSS), that log read and opened',
        unit: 'MB',
        app: log.most,
        baseline: log.before,
      },
      { times: 1, orMore: logBudget },
    ),
  ]
}
