import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronForTests } from '../../scripts/electron-runtime.ts'
import type { Desktop } from '../desktop/desktop.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** What a person types into the sign-in form. */
export interface Credentials {
  readonly address: string
  readonly username?: string
  readonly password?: string
  readonly staySignedIn?: boolean
}

export interface LaunchOptions {
  readonly desktop: Desktop
  /** The folder that the app remembers in: the same one again is a restart. */
  readonly userData: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The app as it was built, running on a real Electron before a desktop of its own. */
export class WexflowTray {
  readonly desktop: Desktop
  readonly userData: string
  readonly process: ReturnType<ElectronApplication['process']>
  readonly #options: LaunchOptions
  readonly #electron: ElectronApplication

  private constructor(options: LaunchOptions, electron: ElectronApplication) {
    this.desktop = options.desktop
    this.userData = options.userData
    // Playwright forgets it with the connection.
    this.process = electron.process()
    this.#options = options
    this.#electron = electron
  }

  /** Starts the app; resolves once its tray icon is there or, where the desktop has no tray, its process is. */
  static async launch(options: LaunchOptions): Promise<WexflowTray> {
    const { tray } = options.desktop
    const iconsBefore = tray.registrations
    const { executable } = await electronForTests()
    const electron = await _electron.launch({
      executablePath: executable,
      args: [...launchArguments(options.userData), ...(options.args ?? [])],
      env: launchEnvironment(options),
    })
    if (tray.isOpen) await tray.iconAfter(iconsBefore)
    return new WexflowTray(options, electron)
  }

  /** The windows that are open now. */
  get windows(): readonly Page[] {
    return this.#electron.windows()
  }

  /** The app's window, once it is open. */
  async window(): Promise<Page> {
    const [open] = this.#electron.windows()
    return open ?? this.#electron.waitForEvent('window')
  }

  /** Closes the window as its close button does; resolves when it is gone. */
  async closeWindow(): Promise<void> {
    const window = await this.window()
    const closed = window.waitForEvent('close')
    await this.#electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await closed
  }

  /**
   * Starts the app once more, as a person does who looks for it, or as a system does that gives it arguments; resolves to
   * the exit code of that second start.
   */
  async startAgain(...args: readonly string[]): Promise<number | null> {
    const second = await startProcess({ ...this.#options, args })
    await once(second, 'exit')
    return second.exitCode
  }

  /** Runs code in main, for what no person can see or do: put as little there as possible. */
  get electron(): ElectronApplication {
    return this.#electron
  }

  /** Signs in through the form as a person does; resolves when the button was pressed. */
  async signIn({ address, username = 'admin', password = 'wexflow2018', staySignedIn = true }: Credentials) {
    const window = await this.window()
    await window.getByLabel('Server address').fill(address)
    await window.getByLabel('User name').fill(username)
    await window.getByLabel('Password').fill(password)
    await window.getByLabel('Stay signed in').setChecked(staySignedIn)
    await window.getByRole('button', { name: 'Connect', exact: true }).click()
    return window
  }

  /** Quits from the tray's menu and waits for the end of the process. */
  async quit(): Promise<void> {
    const ended = this.ended()
    await this.desktop.tray.choose('Quit')
    await ended
  }

  /** Ends the process without a word, as a crash does. */
  async kill(): Promise<void> {
    const ended = this.ended()
    this.process.kill('SIGKILL')
    await ended
  }

  /** Resolves to the exit code once the process has ended. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit')
    return this.process.exitCode
  }

  /** The app's log file as it is now; empty where there is none. */
  log(): Promise<string> {
    return readFile(path.join(this.userData, 'logs/wexflow-tray.log'), 'utf8').catch(() => '')
  }
}

/** Starts the app without Playwright's hold on it: for starts that may end at once. */
export const startProcess = async (options: LaunchOptions): Promise<ChildProcess> => {
  const { executable } = await electronForTests()
  const args = [...launchArguments(options.userData), ...(options.args ?? [])]
  return spawn(executable, args, { env: launchEnvironment(options), stdio: 'ignore' })
}

/** The arguments after the executable that make it run the built app with this memory. */
export const launchArguments = (userData: string): string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  root,
  `--user-data-dir=${userData}`,
]

/** English, whatever the machine speaks, before the given desktop. */
export const launchEnvironment = ({
  desktop,
  env = {},
}: Pick<LaunchOptions, 'desktop' | 'env'>): Record<string, string> => {
  const inherited = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return { ...Object.fromEntries(inherited), LANG: 'en_US.UTF-8', LANGUAGE: 'en', ...desktop.env, ...env }
}
