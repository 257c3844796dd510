/** How much the log file keeps, from least to most. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** How much is kept: what `WEXFLOW_TRAY_LOG` asks for, by default all but `debug`. */
export const logLevelIn = (env: NodeJS.ProcessEnv): LogLevel =>
  logLevels.find((level) => level === env['WEXFLOW_TRAY_LOG']) ?? 'info'

/**
 * Where the app writes down what it did. `detail` is appended as text: an error with its stack, data as JSON.
 * Secrets that slip in are masked before anything is kept (redaction.ts).
 */
export type Log = Readonly<Record<LogLevel, (message: string, detail?: unknown) => void>>
