import { appendFileSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type Log, type LogLevel, logLevels } from './log.ts'
import type { Redactor } from './redaction.ts'
import { readTextFile } from './text-file.ts'

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

/** One file of this size is kept beside the current one. */
const rotateAtBytes = 2 ** 20

/**
 * The app's log file. It is written by electron-log, which rotates it and is loaded by `open()`, once the tray is
 * there; the few lines of the start before that are appended here. Each line is on the disk at once, so that the last
 * ones before a crash are there too; log after the work, not before it. Writing never throws.
 */
export class LogFile implements Log {
  readonly path: string
  readonly #options: LogFileOptions
  #write = (line: Line): void => this.#append(line)
  #opening: Promise<void> | null = null

  constructor(options: LogFileOptions) {
    this.#options = options
    this.path = join(options.folder, 'wexflow-tray.log')
  }

  readonly error = (message: string, detail?: unknown): void => this.#add('error', message, detail)
  readonly warn = (message: string, detail?: unknown): void => this.#add('warn', message, detail)
  readonly info = (message: string, detail?: unknown): void => this.#add('info', message, detail)
  readonly debug = (message: string, detail?: unknown): void => this.#add('debug', message, detail)

  /** Loads what rotates the file; once. Never rejects: a folder that can't be written leaves the app without a log. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch(() => {})
    return this.#opening
  }

  async #open(): Promise<void> {
    if (isSomethingElse(this.path)) return
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
  }

  /** The newest lines of the current file, oldest first. */
  async tail(count: number): Promise<string[]> {
    const text = await readTextFile(this.path).catch(() => '')
    return text
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .slice(-count)
  }

  #add(level: LogLevel, message: string, detail: unknown): void {
    if (logLevels.indexOf(level) > logLevels.indexOf(this.#options.level)) return
    const full = detail === undefined ? message : `${message} ${asText(detail)}`
    this.#write({ date: new Date(), level, text: this.#options.redactor.redact(full) })
  }

  /** As electron-log writes it. */
  #append({ date, level, text }: Line): void {
    if (isSomethingElse(this.path)) return
    try {
      mkdirSync(this.#options.folder, { recursive: true })
      appendFileSync(this.path, `${date.toISOString()} ${`[${level}]`.padEnd(7)} ${text}\n`)
    } catch {
      // Where nothing can be written there is no log.
    }
  }
}

/** Whether something stands in the file's place that is none: a folder, or a pipe, which would hold the app for ever. */
const isSomethingElse = (path: string): boolean => {
  try {
    return !statSync(path).isFile()
  } catch {
    return false
  }
}

const asText = (detail: unknown): string =>
  typeof detail === 'string' ? detail : inspect(detail, { depth: 4, breakLength: Number.POSITIVE_INFINITY })
