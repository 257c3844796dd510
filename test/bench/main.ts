/** `npm run bench -- [--json FILE] [--only latency|start|memory|window|scale|servers]`: docs/bench.md says how each figure is measured. */
import { accessSync, constants, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { electronForTests } from '../../scripts/electron-runtime.ts'
import { build, script, StepFailed } from '../../scripts/steps.ts'
import { ensureSystemPackages } from '../../scripts/system-packages.ts'
import { startVirtualDisplay } from '../desktop/virtual-display.ts'
import { copyApps, type Stage } from './electron-app.ts'
import { type Figure, figuresText } from './figure.ts'
import { latencyFigures, measureLatency } from './latency.ts'
import { machineText, thisMachine } from './machine.ts'
import { measureMemory, memoryFigures } from './memory.ts'
import { measureScale, scaleFigures, scaleTables } from './scale.ts'
import { measureServers, serversFigures } from './servers.ts'
import { measureStart, startFigures } from './start.ts'
import { measureWindow, windowFigures } from './window.ts'

const say = (line: string): void => console.error(line)

/** What a part gives: its lines of the table, and everything that it measured, for the file. */
interface Outcome {
  readonly figures: readonly Figure[]
  readonly raw: unknown
  /** Tables of its own, where one baseline is not enough. */
  readonly tables?: readonly string[]
}

const partsOnElectron: Readonly<Record<string, (stage: Stage) => Promise<Outcome>>> = {
  latency: async (stage) => {
    const raw = await measureLatency(stage)
    return { figures: latencyFigures(raw), raw }
  },
  start: async (stage) => {
    const raw = await measureStart(stage)
    return { figures: startFigures(raw), raw }
  },
  memory: async (stage) => {
    const raw = await measureMemory(stage)
    return { figures: memoryFigures(raw), raw }
  },
  window: async (stage) => {
    const raw = await measureWindow(stage)
    return { figures: windowFigures(raw), raw }
  },
}
/** Those that measure the app without Electron. */
const partsOnNode: Readonly<Record<string, () => Promise<Outcome>>> = {
  scale: async () => {
    const raw = await measureScale(say)
    return { figures: scaleFigures(raw), raw, tables: scaleTables(raw) }
  },
  servers: async () => {
    const raw = await measureServers(say)
    return { figures: serversFigures(raw), raw }
  },
}
const partNames = [...Object.keys(partsOnElectron), ...Object.keys(partsOnNode)]

interface Wish {
  readonly parts: readonly string[]
  /** The file that takes everything that was measured; null for none. */
  readonly json: string | null
}

function wishOf(args: readonly string[]): Wish {
  try {
    const options = { json: { type: 'string' }, only: { type: 'string' } } as const
    const { json = null, only } = parseArgs({ args: [...args], options }).values
    if (json !== null) accessSync(path.dirname(path.resolve(json)), constants.W_OK)
    if (only !== undefined && !partNames.includes(only))
      throw new Error(`There is no part "${only}" to measure; there are ${partNames.join(', ')}`)
    return { parts: only === undefined ? partNames : [only], json }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StepFailed(`${why}.\nUsage: npm run bench -- [--json FILE] [--only ${partNames.join('|')}]`, 2)
  }
}

/** Builds the app and gives it a display; both are gone when the work is done. */
async function onStage<Result>(work: (stage: Stage) => Promise<Result>): Promise<Result> {
  if (process.platform !== 'linux')
    throw new StepFailed(
      'latency, start, memory and window can be measured on Linux only; try --only scale or servers',
    )
  await ensureSystemPackages()
  const { folder } = await electronForTests()
  await build()
  const copies = await copyApps(folder)
  const display = await startVirtualDisplay()
  try {
    return await work({ ...copies.folders, displayEnv: display.env })
  } finally {
    await display.stop()
    await copies.remove()
  }
}

await script(async () => {
  const { parts, json } = wishOf(process.argv.slice(2))
  const machine = thisMachine()
  const outcomes = new Map<string, Outcome>()
  const measure = async (part: string, work: () => Promise<Outcome>): Promise<void> => {
    say(`Measuring ${part} …`)
    const outcome = await work()
    outcomes.set(part, outcome)
    // Should a later part fail, these are not lost with it.
    if (outcome.figures.length > 0) say(figuresText(outcome.figures))
  }
  const onElectron = Object.entries(partsOnElectron).filter(([part]) => parts.includes(part))
  if (onElectron.length > 0)
    await onStage(async (stage) => {
      for (const [part, work] of onElectron) await measure(part, () => work(stage))
    })
  for (const [part, work] of Object.entries(partsOnNode)) if (parts.includes(part)) await measure(part, work)

  const figures = [...outcomes.values()].flatMap((outcome) => outcome.figures)
  console.log(`${machineText(machine)}\n`)
  if (figures.length > 0) console.log(figuresText(figures))
  for (const { tables = [] } of outcomes.values()) for (const table of tables) console.log(`\n${table}`)
  if (json !== null) {
    const raw = Object.fromEntries([...outcomes].map(([part, outcome]) => [part, outcome.raw]))
    writeFileSync(json, `${JSON.stringify({ machine, figures, raw }, null, 1)}\n`)
  }
  return 0
})
