import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Log, type LogLevel, logLevels } from './log.ts'
import type { Redactor } from './redaction.ts'

export interface LogFileOptions {
  /** The system's folder for this app's logs. */
  readonly folder: string
  readonly level: LogLevel
  readonly redactor: Redactor
}

/** A line before it is formatted. */
interface Line {
  readonly date: Date
  readonly level: LogLevel
  readonly text: string
}

/** Lines that are held until the file is open; beyond it the oldest are dropped. */
const mostHeldLines = 1000

/** One file of this size is kept beside the current one. */
const rotateAtBytes = 2 ** 20

/**
 * The app's log file by electron-log, rotated. electron-log is loaded by `open()`, once the tray is there: lines of
 * the start are held in memory until then. Each line is written at once (electron-log's default), so that the last
 * ones before a crash are there too; log after the work, not before it. Writing never throws.
 */
export class LogFile implements Log {
  readonly path: string
  readonly #options: LogFileOptions
  #held: Line[] = []
  #write: ((line: Line) => void) | null = null
  #opening: Promise<void> | null = null

  constructor(options: LogFileOptions) {
    this.#options = options
    this.path = join(options.folder, 'wexflow-tray.log')
  }

  readonly error = (message: string, detail?: unknown): void => this.#add('error', message, detail)
  readonly warn = (message: string, detail?: unknown): void => this.#add('warn', message, detail)
  readonly info = (message: string, detail?: unknown): void => this.#add('info', message, detail)
  readonly debug = (message: string, detail?: unknown): void => this.#add('debug', message, detail)

  /**
   * Opens the file and writes what was held; once. Never rejects: a folder that can't be written leaves the app without
   * a log.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch(() => {})
    return this.#opening
  }

  async #open(): Promise<void> {
    const { default: electronLog } = await import('electron-log/node')
    // It says there what the file refuses. Where the terminal is gone that throws, uncaught, which is logged, which the
    // file refuses: on a full disk the app would do nothing else any more.
    electronLog.transports.console.writeFn = () => {}
    const logger = electronLog.create({ logId: 'file' })
    logger.transports.console.level = false
    const { file } = logger.transports
    file.level = 'debug'
    file.maxSize = rotateAtBytes
    file.format = '{iso} [{level}] {text}'
    file.resolvePathFn = () => this.path
    this.#write = ({ date, level, text }) => logger.processMessage({ date, level, data: [text] })
    for (const line of this.#held) this.#write(line)
    this.#held = []
  }

  /** The newest lines of the current file, oldest first. */
  async tail(count: number): Promise<string[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '')
    return text
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .slice(-count)
  }

  #add(level: LogLevel, message: string, detail: unknown): void {
    if (logLevels.indexOf(level) > logLevels.indexOf(this.#options.level)) return
    const full = detail === undefined ? message : `${message} ${asText(detail)}`
    const line: Line = { date: new Date(), level, text: this.#options.redactor.redact(full) }
    if (this.#write !== null) {
      this.#write(line)
      return
    }
    this.#held.push(line)
    if (this.#held.length > mostHeldLines) this.#held.shift()
    // Whatever fails, and however early, is on the disk without anybody's doing.
    if (level === 'error') void this.open()
  }
}

const asText = (detail: unknown): string =>
  typeof detail === 'string' ? detail : inspect(detail, { depth: 4, breakLength: Number.POSITIVE_INFINITY })
