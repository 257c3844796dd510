import { rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { StartAtLoginChange, StartAtLoginState } from '../../../shared/start-at-login.ts'
import { DiskJournalFile } from '../../job-store/journal-file.ts'
import { codeOf } from '../error-code.ts'
import { hiddenArgument } from '../launch-arguments.ts'
import type { Log } from '../log.ts'
import { autostartEntry, type AutostartEntry, readAutostartEntry } from './desktop-entry.ts'
import type { StartAtLogin } from './start-at-login.ts'

/** Where a person's desktop looks for what it starts at login (source: XDG Base Directory Specification). */
export function autostartPath(env: NodeJS.ProcessEnv, home = homedir()): string {
  const { XDG_CONFIG_HOME: configured = '' } = env
  // What is not absolute does not count.
  const folder = path.isAbsolute(configured) ? configured : path.join(home, '.config')
  return path.join(folder, 'autostart/wexflow-tray.desktop')
}

const problems: Readonly<Record<string, StartAtLoginChange['problem']>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EACCES: 'noPermission',
  EPERM: 'noPermission',
  EROFS: 'noPermission',
}

export interface AutostartFileOptions {
  /** The absolute path of the file. */
  readonly path: string
  /** The absolute path of what is to be started. */
  readonly program: string
  readonly log: Pick<Log, 'info' | 'warn'>
}

/** The file by which desktops on Linux start the app when the person logs in. */
export class AutostartFile implements StartAtLogin {
  readonly #options: AutostartFileOptions
  readonly #file: DiskJournalFile

  constructor(options: AutostartFileOptions) {
    this.#options = options
    this.#file = new DiskJournalFile(options.path)
  }

  async read(): Promise<StartAtLoginState> {
    try {
      return this.#stateOf(await this.#entry())
    } catch (error) {
      this.#options.log.warn('the autostart file could not be read', codeOf(error))
      return 'unknown'
    }
  }

  async set(isOn: boolean): Promise<StartAtLoginChange> {
    const { path: file, log } = this.#options
    try {
      if (isOn) await this.#write()
      else await rm(file, { force: true })
    } catch (error) {
      log.warn('the autostart file could not be changed', codeOf(error))
      return { state: await this.read(), problem: problems[codeOf(error)] ?? 'failed' }
    }
    return { state: await this.read(), problem: null }
  }

  /** An AppImage is moved by its person, or gets another name with its next version. */
  async followMove(): Promise<void> {
    const { log } = this.#options
    try {
      const entry = await this.#entry()
      if (entry?.isEnabled !== true || entry.program === null || existsSync(entry.program)) return
      await this.#write()
      log.info('the app has moved: the autostart file starts it from where it is now')
    } catch (error) {
      log.warn('the autostart file could not follow the app', codeOf(error))
    }
  }

  async #entry(): Promise<AutostartEntry | null> {
    const text = await this.#file.read()
    return text === null ? null : readAutostartEntry(text)
  }

  #write(): Promise<void> {
    return this.#file.replace(autostartEntry(this.#options.program, [hiddenArgument]))
  }

  #stateOf(entry: AutostartEntry | null): StartAtLoginState {
    if (entry === null) return 'off'
    if (!entry.isEnabled) return 'turnedOff'
    return entry.program === this.#options.program ? 'on' : 'otherCopy'
  }
}
