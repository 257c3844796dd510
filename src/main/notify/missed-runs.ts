import type { Translator } from '../../shared/i18n.ts'
import type { Settings } from '../../shared/settings.ts'
import type { MissedRun } from '../schedule/schedules.ts'
import { BurstGate, type BurstWindow } from './burst.ts'
import type { Outbox } from './outbox.ts'
import { mannerOf, ruleForMissed } from './rules.ts'
import { missedRunToast, missedSummaryToast, type ServerOf } from './texts.ts'
import { noActions, type Toast } from './toaster.ts'

export interface MissedRunsOptions {
  readonly outbox: Outbox
  readonly burst: BurstWindow
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly settings: () => Settings
  readonly serverOf: ServerOf
  /** Brings the history to the front. */
  readonly onMissedClick: () => void
}

/** A run that did not come, and the server that it was expected on. */
interface Missed extends MissedRun {
  readonly serverId: string
}

const idOf = (serverId: string, workflowId: number): string => `missed:${serverId}:${workflowId}`
const summaryId = 'missed'

/** Tells that workflows did not run as their schedules say, until they run again. */
export class MissedRuns {
  readonly #options: MissedRunsOptions
  readonly #gate: BurstGate<string>
  /** Those that have not come since, by the id of their toast. */
  readonly #missing = new Map<string, Missed>()
  /** The ids of those that the summary tells of. */
  readonly #together = new Set<string>()

  constructor(options: MissedRunsOptions) {
    this.#options = options
    this.#gate = new BurstGate(
      options.burst,
      (id) => this.#tell([id]),
      (ids) => this.#tell(ids),
    )
  }

  onMissed(serverId: string, run: MissedRun): void {
    const id = idOf(serverId, run.workflowId)
    this.#missing.set(id, { ...run, serverId })
    this.#gate.push(id)
  }

  onCame(serverId: string, workflowId: number): void {
    const { outbox } = this.#options
    const id = idOf(serverId, workflowId)
    this.#missing.delete(id)
    outbox.withdraw(id)
    if (this.#together.delete(id) && this.#together.size === 0) outbox.withdraw(summaryId)
  }

  /** Tells those of these runs together that have not come since, as the desktop did not take their toast. */
  tellAgain(ids: readonly string[]): void {
    this.#gate.sendTogether(ids.filter((id) => this.#missing.has(id)))
  }

  /** Tells at once, together, what waits for the end of a burst, and what was held back if notifications are shown again. */
  flush(): void {
    this.#gate.flush()
  }

  #tell(ids: readonly string[]): void {
    const { outbox, texts, settings, serverOf, onMissedClick } = this.#options
    const chosen = settings()
    if (!chosen.missedRuns) return
    const told = ids
      .flatMap((id) => {
        const run = this.#missing.get(id)
        return run === undefined ? [] : [{ id, run, rule: ruleForMissed(run, chosen) }]
      })
      .filter(({ rule }) => rule.notify)
    const [first, second] = told
    if (first === undefined) return
    const { t, locale, times } = texts()
    const runs = told.map(({ run }) => run)
    if (second !== undefined) for (const { id } of told) this.#together.add(id)
    const toast: Toast = {
      ...(second === undefined
        ? { id: first.id, ...missedRunToast(first.run, serverOf(first.run.serverId), t, times) }
        : { id: summaryId, ...missedSummaryToast(runs, t, locale, serverOf) }),
      icon: 'notStarted',
      ...mannerOf(told.map(({ rule }) => rule)),
      onClick: onMissedClick,
      ...noActions,
    }
    void outbox.send(
      toast,
      told.map(({ id }) => id),
    )
  }
}
