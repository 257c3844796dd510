/** Levels of a log's lines, by their weight; `none` for one before the first that says its level. */
export const levels = ['none', 'debug', 'info', 'warning', 'error'] as const
export type Level = (typeof levels)[number]

/** A log, ready to be looked at. Lines are cut into their cells only when they are drawn: there may be 200,000. */
export interface LogModel {
  readonly lines: readonly string[]
  /** The weight of each line: an index of `levels`. What follows a line without a stamp of its own has that line's. */
  readonly weights: Uint8Array
  /** The lines that begin an error; where there are none, those that begin a warning. */
  readonly troubles: readonly number[]
  readonly troubleLevel: 'error' | 'warning'
}

/** The weights of the words that Wexflow's log and those of tools write. */
const weightOfWord = new Map<string, number>([
  ['TRACE', 1],
  ['DEBUG', 1],
  ['INFO', 2],
  ['WARN', 3],
  ['WARNING', 3],
  ['ERROR', 4],
  ['FATAL', 4],
])

/** Whether a line begins with `2026-11-24 03:12:47.625` or the same with a comma. */
function isStamped(line: string): boolean {
  if (line.length < 24 || line[4] !== '-' || line[7] !== '-' || line[10] !== ' ') return false
  if (line[13] !== ':' || line[16] !== ':' || (line[19] !== '.' && line[19] !== ',')) return false
  const year = line.charCodeAt(0)
  return year >= 48 && year <= 57
}

/** The weight of a line that has a stamp, by the word after it; null where there is none. */
function stampedWeight(line: string): number | null {
  if (!isStamped(line)) return null
  let from = 23
  while (line.charCodeAt(from) === 32) from += 1
  const to = line.indexOf(' ', from)
  return to === -1 ? null : (weightOfWord.get(line.slice(from, to)) ?? null)
}

/** Makes a log ready. */
export function logModel(lines: readonly string[]): LogModel {
  const weights = new Uint8Array(lines.length)
  const errors: number[] = []
  const warnings: number[] = []
  let weight = 0
  for (const [index, line] of lines.entries()) {
    const own = stampedWeight(line)
    if (own !== null) {
      weight = own
      if (own === 4) errors.push(index)
      if (own === 3) warnings.push(index)
    }
    weights[index] = weight
  }
  const hasErrors = errors.length > 0
  return {
    lines,
    weights,
    troubles: hasErrors ? errors : warnings,
    troubleLevel: hasErrors ? 'error' : 'warning',
  }
}

/** The lines of at least this level, by their index; null for all of them. */
export function linesFrom({ weights }: LogModel, level: Level): Uint32Array | null {
  const least = levels.indexOf(level)
  if (least === 0) return null
  const found = new Uint32Array(weights.length)
  let count = 0
  for (let index = 0; index < weights.length; index += 1) {
    if ((weights[index] ?? 0) < least) continue
    found[count] = index
    count += 1
  }
  return found.slice(0, count)
}

/** A line in its columns. */
export interface LogCells {
  /** As the server's clock said, `03:12:47`; empty for a line without a stamp. */
  readonly time: string
  /** The whole stamp. */
  readonly stamp: string
  /** The word of the level, as it was written; empty where there is none. */
  readonly word: string
  /** The task that says it; empty where none does. */
  readonly task: string
  readonly message: string
}

const stamped = /^(\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d)[.,]\d{3})\s+([A-Z]+)\s+- ?/u
/** The workflow and its job's number, which every line repeats. */
const workflowPrefix = /^\[[^\]]* \/ \d+\] ?/u
const taskPrefix = /^\[([^\]]{1,60})\] ?/u

/** Cuts a line into its columns, without what every line repeats. */
export function cellsOf(line: string): LogCells {
  const [head = '', stamp = '', time = '', word = ''] = stamped.exec(line) ?? []
  if (head === '') return { time: '', stamp: '', word: '', task: '', message: line }
  const said = line.slice(head.length).replace(workflowPrefix, '')
  const [prefix = '', task = ''] = taskPrefix.exec(said) ?? []
  return { time, stamp, word, task, message: said.slice(prefix.length) }
}

/** How many lines at each end tell how long the names of tasks are. */
const sampled = 400

/** The length of the longest name of a task near both ends, in UTF-16 units; 0 where no task says anything. */
export function taskWidth({ lines }: LogModel): number {
  const some = lines.length > 2 * sampled ? [...lines.slice(0, sampled), ...lines.slice(-sampled)] : lines
  return some.reduce((width, line) => Math.max(width, cellsOf(line).task.length), 0)
}
