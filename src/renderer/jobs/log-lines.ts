/**
 * A log's line as Wexflow stores it: `2026-11-24 03:12:47.625  ERROR - [Warn / 1] [FilesLoader] File not found: /x`.
 * What an exception adds follows its line without a stamp.
 */
const stamped = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{3}\s+([A-Z]+)\s/u

const levels: Readonly<Record<string, 'error' | 'warning'>> = {
  FATAL: 'error',
  ERROR: 'error',
  WARN: 'warning',
  WARNING: 'warning',
}

/** One line, ready to be shown. */
export interface LogLine {
  readonly text: string
  /** The line's number from 1 on. */
  readonly number: number
  /** Null: nothing to mark. Lines without a stamp belong to the line before them. */
  readonly level: 'error' | 'warning' | null
}

/** The lines with what they are marked as. */
export function markedLines(lines: readonly string[]): LogLine[] {
  let level: LogLine['level'] = null
  return lines.map((text, index) => {
    const [, word] = stamped.exec(text) ?? []
    if (word !== undefined) level = levels[word] ?? null
    return { text, number: index + 1, level }
  })
}
