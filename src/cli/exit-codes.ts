import type { TFunction } from 'i18next'
import { ControlError } from '../main/control/control-client.ts'
import type { Outcome } from '../shared/outcome.ts'

/** What the process ends with. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line was not understood, or names nothing or several things. */
  usage: 2,
  warning: 3,
  stopped: 4,
  rejected: 5,
  notStarted: 6,
  unknown: 7,
  /** The server, the sign-in or the app stands in the way. */
  trouble: 8,
  /** As shells count a process that Ctrl+C ended. */
  interrupted: 130,
  /** As shells count a process that wrote where nobody reads any more. */
  unread: 141,
} as const satisfies Record<Outcome | 'usage' | 'trouble' | 'interrupted' | 'unread', number>

/** What went wrong, as a sentence for the person, and what the process ends with. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly exitCode: number

  constructor(sentence: string, exitCode: number) {
    super(sentence)
    this.exitCode = exitCode
  }
}

/** What a command failed with, as a refusal. Throws what is a fault of the program. */
export function asRefusal(error: unknown, t: TFunction): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof ControlError)
    return new Refusal(t(`commandLine.app.${error.trouble}`), exitCodes.trouble)
  throw error
}
