import { cleanText } from '../../shared/clean-text.ts'
import type { LogLines } from './log-lines.ts'
import { cleanName } from './schemas.ts'

/**
 * What a job's log tells. A line is `2026-11-24 03:12:47.625  ERROR - [Warn / 1] [FilesLoader] File not found: /x`;
 * an exception's message and stack follow their line without a stamp. Of some lines, the first one among them, the
 * server writes the time as its language does (source): recorded in Danish, `2026-11-27 06.09.52.278`.
 */

const stamped = /^(\d{4}-\d\d-\d\d) (\d\d)[:.](\d\d)[:.](\d\d)[.,](\d{3})\s+([A-Z]+)\s+- ?(.*)$/u

interface Line {
  /** Milliseconds since 1970 in the server's local clock. */
  readonly at: number
  readonly level: string
  readonly text: string
}

const parse = (line: string): Line | null => {
  const [, day, hours, minutes, seconds, ms, level, text] = stamped.exec(line) ?? []
  if (level === undefined || text === undefined) return null
  return { at: Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`), level, text }
}

const isStamped = (line: string): boolean => parse(line) !== null

/** The id of the job that a log belongs to: its first line ends with it. Null where it does not. */
export const instanceId = (lines: readonly string[]): string | null =>
  /Instance Id: ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\s*$/iu.exec(lines[0] ?? '')?.[1]?.toLowerCase() ??
  null

/**
 * The name of the workflow that a log belongs to, as entries have it, by the line with the job's id. Null where there is
 * none.
 */
export function workflowName(lines: readonly string[]): string | null {
  const [, name] = /^\[(.*) \/ \d+\] Workflow started - /u.exec(parse(lines[0] ?? '')?.text ?? '') ?? []
  return name === undefined ? null : cleanName(name)
}

/** The first and the last time stamp of a log. */
export interface LogTimes {
  /**
   * Milliseconds since 1970 as if the server's local clock showed UTC: its zone is not known, so compare them with
   * other stamps of that server and with nothing else.
   */
  readonly firstAt: number
  readonly lastAt: number
}

/** When a job began and ended by its log; both are the same where there is one stamp. Null where there is none. */
export function logTimes(lines: readonly string[]): LogTimes | null {
  const first = parse(lines.find(isStamped) ?? '')
  const last = parse(lines.findLast(isStamped) ?? '')
  return first === null || last === null ? null : { firstAt: first.at, lastAt: last.at }
}

/**
 * How long a job took, in milliseconds, by its log. Null where the log has no two stamps, as while it runs, or where
 * the server's clock was set back in between.
 */
export function logDuration(lines: readonly string[]): number | null {
  const times = logTimes(lines)
  if (times === null || lines.findIndex(isStamped) === lines.findLastIndex(isStamped)) return null
  return times.lastAt < times.firstAt ? null : times.lastAt - times.firstAt
}

/** The workflow and its job's number, which the reader knows already. */
const workflowPrefix = /^\[[^\]]* \/ \d+\] ?/u
const taskPrefix = /^\[([^\]]+)\] ?/u
/** Wexflow puts the whole workflow into the line that announces an exception. */
const workflowDump = / ?Error: \{id: .*$/u
/** What tasks, workflows and launched processes say of themselves also where all is well. */
const routine = /^(?:(?:Task|Workflow) (?:started|finished)\b|ExitCode: 0$)/iu

/** The line after an ERROR, if it is an exception's message: neither a line of its own nor a part of the stack. */
const exceptionMessage = (line: string | undefined): string => {
  if (line === undefined || isStamped(line) || /^\s|^---/u.test(line)) return ''
  return line.replace(/^[\w.`]+Exception: /u, '').trim()
}

/** As much as a notification or a row shows, in UTF-16 units. */
const longestReason = 1000

/** What a line says beside its stamp, with the task that says it; null where it says nothing. */
function saying(line: Line, next: string | undefined): string | null {
  const start = line.text.slice(0, longestReason * 4)
  const text = start.replace(workflowPrefix, '').replace(workflowDump, '').trim()
  const [prefix = '', task = ''] = taskPrefix.exec(text) ?? []
  const message = [text.slice(prefix.length), exceptionMessage(next)]
    .map((part) => cleanText(part, longestReason).trim())
    .filter((part) => part !== '')
    .join(' ')
  if (message === '' || routine.test(message)) return null
  return cleanText(task === '' ? message : `${task}: ${message}`, longestReason)
}

const errors: ReadonlySet<string> = new Set(['ERROR', 'FATAL'])
/** The beginning of a line of trouble, without reading the rest. */
const trouble = /^[\d-]{10} [\d:.,]{12}\s+(?:ERROR|FATAL|WARN)\b/u

/**
 * Why a job failed or ended with a warning, by its log, without the workflow's name: the last error that says
 * something, else the last warning. A process that fails without output leaves an empty ERROR line: there it is the
 * last line that says something, such as the exit code. Null where nothing was logged as an error or a warning.
 */
export function lastErrorLine(lines: readonly string[]): string | null {
  let warning: string | null = null
  let last: string | null = null
  let hasError = false
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? ''
    // Most lines are news of what went well, and there may be hundreds of thousands.
    if (last !== null && !trouble.test(line)) continue
    const parsed = parse(line)
    if (parsed === null) continue
    const said = saying(parsed, lines[index + 1])
    const isError = errors.has(parsed.level)
    if (isError && said !== null) return said
    hasError ||= isError
    if (parsed.level === 'WARN') warning ??= said
    last ??= said
  }
  return warning ?? (hasError ? last : null)
}

/** How many lines are kept of the begin of a long log, of its end, and of the errors and warnings in between. */
const kept = { begin: 100, troubles: 100, end: 500 } as const

/**
 * The lines of a log that tell what is asked of it here: all of most logs; of a long one the first and the last, and of
 * those between them the last errors and warnings, each with the line after it, and the last stamp.
 */
export async function tellingLines(log: LogLines): Promise<string[]> {
  const begin: string[] = []
  let troubles: string[] = []
  let stamp = ''
  let end: readonly string[] = []
  let isAfterTrouble = false
  for await (const lines of log) {
    const rest = [...end, ...lines]
    end = rest.slice(-kept.end)
    const before = rest.slice(0, -kept.end)
    for (const line of before) {
      const isTrouble = trouble.test(line)
      if (begin.length < kept.begin) begin.push(line)
      else if (isTrouble || isAfterTrouble) troubles.push(line)
      isAfterTrouble = isTrouble
    }
    troubles = troubles.slice(-kept.troubles)
    stamp = before.findLast(isStamped) ?? stamp
  }
  const isTold = stamp === '' || trouble.test(stamp) || end.some(isStamped)
  return [...begin, ...troubles, ...(isTold ? [] : [stamp]), ...end]
}
