import type { LogLines } from '../../../src/main/wexflow/log-lines.ts'

/** All lines of a log. Rejects as reading it does. */
export async function readLines(log: LogLines): Promise<string[]> {
  const all: string[] = []
  for await (const lines of log) for (const line of lines) all.push(line)
  return all
}
