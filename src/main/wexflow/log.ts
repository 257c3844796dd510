/**
 * What a job's log tells. A line is `2026-11-24 03:12:47.625  ERROR - [Warn / 1] [FilesLoader] File not found: /x`;
 * an exception's message and stack follow their line without a stamp.
 */

const stamped = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d[.,]\d{3})\s+([A-Z]+)\s+- ?(.*)$/u

interface Line {
  /** Milliseconds; only differences mean something, as the server's zone is not known. */
  readonly at: number
  readonly level: string
  readonly text: string
}

const parse = (line: string): Line | null => {
  const [, day, time, level, text] = stamped.exec(line) ?? []
  if (day === undefined || time === undefined || level === undefined || text === undefined) return null
  return { at: Date.parse(`${day}T${time.replace(',', '.')}Z`), level, text }
}

/** The id of the job that a log belongs to: its first line ends with it. Null where it does not. */
export const instanceId = (lines: readonly string[]): string | null =>
  /Instance Id: ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\s*$/iu.exec(lines[0] ?? '')?.[1]?.toLowerCase() ??
  null

/** Milliseconds between the first and the last time stamp; null where there are no two. */
export const logDuration = (lines: readonly string[]): number | null => {
  const first = lines.findIndex((line) => parse(line) !== null)
  const last = lines.findLastIndex((line) => parse(line) !== null)
  const start = parse(lines[first] ?? '')
  const end = parse(lines[last] ?? '')
  if (start === null || end === null || first === last || end.at < start.at) return null
  return end.at - start.at
}

/** The workflow and its job's number, which the reader knows already. */
const workflowPrefix = /^\[[^\]]* \/ \d+\] ?/u
const taskPrefix = /^\[([^\]]+)\] ?/u
/** Wexflow puts the whole workflow into the line that announces an exception. */
const workflowDump = /\s*Error: \{id: .*\}$/u

/** The line after an ERROR, if it is an exception's message: neither a line of its own nor a part of the stack. */
const exceptionMessage = (line: string | undefined): string => {
  if (line === undefined || parse(line) !== null || /^\s|^---/u.test(line)) return ''
  return line.replace(/^[\w.`]+Exception: /u, '').trim()
}

/**
 * The last ERROR of the log that says something, without the workflow's name; null where there is none. (A process
 * that fails without output leaves an empty ERROR line.)
 */
export const lastErrorLine = (lines: readonly string[]): string | null => {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = parse(lines[index] ?? '')
    if (line?.level !== 'ERROR') continue
    const text = line.text.replace(workflowPrefix, '').replace(workflowDump, '').trim()
    const [prefix = '', task = ''] = taskPrefix.exec(text) ?? []
    const message = [text.slice(prefix.length).trim(), exceptionMessage(lines[index + 1])]
      .filter((part) => part !== '')
      .join(' ')
    if (message !== '') return task === '' ? message : `${task}: ${message}`
  }
  return null
}
