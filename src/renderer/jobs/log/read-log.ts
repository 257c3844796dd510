import type { CommandAnswer } from '../../../shared/commands.ts'
import type { Failure } from '../../../shared/failure.ts'
import { bridge } from '../../bridge.ts'
import { type LogModel, logModel } from './log-model.ts'

/** A log that was asked for. */
export type ReadLog =
  | { readonly state: 'empty' }
  /** `failure` is null where main itself failed to answer. */
  | { readonly state: 'failed'; readonly failure: Failure | null }
  | { readonly state: 'read'; readonly log: LogModel }

/** What becomes of asking for a log, of which the first part was asked for; null once nobody wants it any more. */
export async function readLog(
  asked: Promise<CommandAnswer<'jobLog' | 'historyLog'>>,
  isWanted: () => boolean,
): Promise<ReadLog | null> {
  const lines: string[] = []
  try {
    let part = await asked
    for (;;) {
      if (!isWanted()) return null
      if (!part.ok) return { state: 'failed', failure: part.failure }
      if (part.text !== '') for (const line of part.text.split('\n')) lines.push(line)
      if (part.next === null) break
      part = await bridge.run({ kind: 'logPart', next: part.next })
    }
    return lines.length === 0 ? { state: 'empty' } : { state: 'read', log: logModel(lines) }
  } catch {
    return isWanted() ? { state: 'failed', failure: null } : null
  }
}
