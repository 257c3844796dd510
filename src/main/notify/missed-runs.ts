import type { Translator } from '../../shared/i18n.ts'
import type { Settings } from '../../shared/settings.ts'
import type { MissedRun } from '../schedule/schedules.ts'
import type { Outbox } from './outbox.ts'
import { ruleForMissed } from './rules.ts'
import { missedRunToast, type ServerOf } from './texts.ts'
import { noActions } from './toaster.ts'

export interface MissedRunsOptions {
  readonly outbox: Outbox
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly settings: () => Settings
  readonly serverOf: ServerOf
  /** Brings the history to the front. */
  readonly onMissedClick: () => void
}

const idOf = (serverId: string, workflowId: number): string => `missed:${serverId}:${workflowId}`

/** Tells that a workflow did not run as its schedule says, until it runs again. */
export class MissedRuns {
  readonly #options: MissedRunsOptions

  constructor(options: MissedRunsOptions) {
    this.#options = options
  }

  onMissed(serverId: string, { workflowId, workflowName, dueAt }: MissedRun): void {
    const { outbox, texts, settings, serverOf, onMissedClick } = this.#options
    const chosen = settings()
    const rule = ruleForMissed({ workflowName, serverId }, chosen)
    if (!chosen.missedRuns || !rule.notify) return
    const { t, times } = texts()
    outbox.say({
      id: idOf(serverId, workflowId),
      ...missedRunToast(workflowName, dueAt, serverOf(serverId), t, times),
      icon: 'notStarted',
      isSilent: !rule.sound,
      sound: rule.chosenSound,
      isStaying: rule.stays,
      onClick: onMissedClick,
      ...noActions,
    })
  }

  onCame(serverId: string, workflowId: number): void {
    this.#options.outbox.withdraw(idOf(serverId, workflowId))
  }
}
