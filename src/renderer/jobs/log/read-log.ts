import type { CommandAnswer } from '../../../shared/commands.ts'
import type { FailureKind } from '../../../shared/failure.ts'
import { type LogModel, logModel } from './log-model.ts'

/** A log that was asked for. */
export type ReadLog =
  | { readonly state: 'empty' }
  /** `failure` is null where main itself failed to answer. */
  | { readonly state: 'failed'; readonly failure: FailureKind | null }
  | { readonly state: 'read'; readonly log: LogModel }

/** What became of asking for a log. */
export async function readLog(asked: Promise<CommandAnswer<'jobLog' | 'historyLog'>>): Promise<ReadLog> {
  try {
    const answer = await asked
    if (!answer.ok) return { state: 'failed', failure: answer.failure.kind }
    return answer.text === '' ? { state: 'empty' } : { state: 'read', log: logModel(answer.text) }
  } catch {
    return { state: 'failed', failure: null }
  }
}
