import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { executableIn } from '../../scripts/electron-runtime.ts'
import { root } from '../../scripts/steps.ts'
import type { Desktop } from '../desktop/desktop.ts'
import { launchEnvironment } from '../e2e/wexflow-tray.ts'
import { processTree } from './process-tree.ts'

/** What the apps of the bench run on. */
export interface Stage {
  /** The folder of an Electron for the app alone, and one for the apps that it is held against. */
  readonly electron: string
  readonly otherElectron: string
  /** What an app needs in its environment to be shown on the bench's own display. */
  readonly displayEnv: Readonly<Record<string, string>>
  /** A folder with a copy of the built app: whoever builds meanwhile does not change what is measured. */
  readonly app: string
}

/** The apps that Wexflow Tray is held against; each is one plain file. */
export const baselines = {
  notify: path.join(import.meta.dirname, 'baseline-notify'),
  tray: path.join(import.meta.dirname, 'baseline-tray'),
  window: path.join(import.meta.dirname, 'baseline-window'),
} as const

/**
 * Copies the built app, and Electron twice. Whoever builds meanwhile does not change what is measured; and pages of
 * a program's file are shared by all that run it, so that another Electron on the machine would lower what one takes.
 */
export async function copyApps(
  electron: string,
): Promise<{ folders: Pick<Stage, 'electron' | 'otherElectron' | 'app'>; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-bench-'))
  const folders = {
    app: path.join(folder, 'app'),
    electron: path.join(folder, 'electron'),
    otherElectron: path.join(folder, 'other-electron'),
  }
  for (const part of ['package.json', 'out', 'assets'])
    await cp(path.join(root, part), path.join(folders.app, part), { recursive: true })
  await cp(electron, folders.electron, { recursive: true })
  await cp(electron, folders.otherElectron, { recursive: true })
  return { folders, remove: () => rm(folder, { recursive: true, force: true }) }
}

export interface LaunchOptions {
  readonly stage: Stage
  readonly desktop: Desktop
  /** The app's folder. */
  readonly app: string
  readonly env?: Readonly<Record<string, string>>
  /** The folder in which the app remembers; without one it has a folder of its own that goes with it. */
  readonly userData?: string
  /** Puts something into that folder before the app starts. */
  readonly prepare?: (userData: string) => Promise<void>
  readonly args?: readonly string[]
}

const devtoolsWithinMs = 20_000

/** An app on a real Electron, started as a person's desktop does: nothing of a test's is inside it. */
export class ElectronApp {
  /** When the process was asked for: milliseconds of `performance.now()`. */
  readonly launchedAt: number
  readonly #process: ChildProcess & { stdin: Writable; stderr: Readable }
  /** The folder that goes with it. */
  readonly #ownFolder: string | null
  #errors = ''

  private constructor(
    executable: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    ownFolder: string | null,
  ) {
    this.#ownFolder = ownFolder
    this.launchedAt = performance.now()
    this.#process = spawn(executable, args, { env, stdio: ['pipe', 'ignore', 'pipe'] })
    this.#process.stderr.on('data', (bytes: Buffer) => {
      this.#errors += bytes.toString()
    })
    // Whoever writes to an app that has just ended learns that from what does not come.
    this.#process.stdin.on('error', () => {})
  }

  static async launch(options: LaunchOptions): Promise<ElectronApp> {
    const { stage, desktop, app, env = {}, prepare } = options
    const ownFolder =
      options.userData === undefined ? await mkdtemp(path.join(tmpdir(), 'wexflow-tray-bench-data-')) : null
    const userData = ownFolder ?? options.userData ?? ''
    await prepare?.(userData)
    const args = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      app,
      `--user-data-dir=${userData}`,
      // A port costs the browser process a sleeping thread; every app has it, so that it counts for none.
      '--remote-debugging-port=0',
      ...(options.args ?? []),
    ]
    const environment = launchEnvironment({ desktop, env: { ...stage.displayEnv, ...env } })
    const executable = executableIn(app === stage.app ? stage.electron : stage.otherElectron)
    return new ElectronApp(executable, args, environment, ownFolder)
  }

  get pid(): number {
    const { pid } = this.#process
    if (pid === undefined) throw new Error('The app could not be started')
    return pid
  }

  /** The address at which its pages can be driven. */
  async devtools(): Promise<string> {
    const deadline = performance.now() + devtoolsWithinMs
    for (;;) {
      const address = /^DevTools listening on (?<address>\S+)/m.exec(this.#errors)?.groups?.['address']
      if (address !== undefined) return address
      if (performance.now() > deadline || this.#process.exitCode !== null)
        throw new Error(`The app did not start:\n${this.#errors}`)
      await Promise.race([once(this.#process.stderr, 'data'), once(this.#process, 'exit')])
    }
  }

  writeLine(line: string): void {
    this.#process.stdin.write(`${line}\n`)
  }

  /** Resolves once it has ended by itself. */
  async ended(): Promise<void> {
    if (this.#isRunning) await once(this.#process, 'exit')
  }

  /** Ends it and everything that it started. */
  async kill(): Promise<void> {
    const pids = processTree(this.pid)
    if (this.#isRunning) {
      const ended = once(this.#process, 'exit')
      for (const pid of pids) killQuietly(pid)
      await ended
    }
    if (this.#ownFolder !== null) await rm(this.#ownFolder, { recursive: true, force: true, maxRetries: 5 })
  }

  get #isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
