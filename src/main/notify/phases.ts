import type { Translator } from '../../shared/i18n.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import type { JobStore } from '../job-store/store.ts'
import { viewOf } from '../tracking/job-view.ts'
import { BurstGate, type BurstWindow } from './burst.ts'
import type { Outbox } from './outbox.ts'
import { begunToast, phaseSummaryToast, phaseToast, type ServerOf } from './texts.ts'
import type { Toast } from './toaster.ts'
import { type ToldPhase, type ToldRecord, toldPhases } from './told-record.ts'

/** What can be done about a job that waits for approval. */
const decisions = ['approve', 'reject'] as const
export type Decision = (typeof decisions)[number]

export interface PhasesOptions {
  readonly outbox: Outbox
  readonly burst: BurstWindow
  readonly store: JobStore
  readonly told: ToldRecord
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  readonly serverOf: ServerOf
  /** Brings the list to the front, and there the job of this key. */
  readonly onClick: (key: string | null) => void
  /** A button was pressed. */
  readonly onDecision: (key: string, decision: Decision) => void
}

const idOf = (key: string): string => `phase:${key}`
const summaryIdOf = (phase: ToldPhase): string => `phase:${phase}`
const toldPhaseOf = ({ state }: JobView): ToldPhase | null =>
  toldPhases.find((phase) => phase === state.phase) ?? null
const noAction = (): void => {}

/**
 * Tells that a job waits for approval, or that the server has taken a start and begins nothing: once for each time that
 * it comes to that, and no longer than it lasts.
 */
export class Phases {
  readonly #options: PhasesOptions
  readonly #gate: BurstGate<string>
  /** Keys of jobs that wait for the end of a burst, of a mute or of quiet hours, or for the desktop's answer. */
  readonly #underWay = new Set<string>()
  /** The answers of the desktop that are still to come. */
  readonly #pending = new Set<Promise<void>>()

  constructor(options: PhasesOptions) {
    this.#options = options
    this.#gate = new BurstGate(
      options.burst,
      (key) => this.#tell([key]),
      (keys) => this.#tell(keys),
    )
  }

  /** A job may have come to another phase, or what it came to was not told yet. */
  onJob(job: JobView): void {
    const { outbox, told } = this.#options
    // That it has begun after all says nothing any more.
    if (hasEnded(job)) outbox.takeBack(idOf(job.key))
    const phase = toldPhaseOf(job)
    const before = told.phaseOf(job.key)
    if (before !== null && before !== phase) this.#end(job, before)
    if (phase === null || phase === before || this.#underWay.has(job.key)) return
    this.#underWay.add(job.key)
    this.#gate.push(job.key)
  }

  /** Tells what is still to be told of the jobs of these keys. */
  tellUntold(keys: readonly string[]): void {
    for (const key of keys) {
      const job = this.#job(key)
      if (job !== null) this.onJob(job)
    }
  }

  /** The jobs of these keys are no longer there: nothing can be done about what was told of them. */
  onGone(keys: readonly string[]): void {
    const { told, outbox } = this.#options
    for (const key of keys) if (told.phaseOf(key) !== null) outbox.withdraw(idOf(key))
  }

  /** The list is before the person, and in it the job of this key. */
  onLookedAt(key: string | null): void {
    const { outbox } = this.#options
    if (key !== null) outbox.withdraw(idOf(key))
    outbox.withdraw(...toldPhases.map(summaryIdOf))
  }

  /** Notifications are shown again: tells together what came meanwhile and still holds. */
  onQuietOver(): void {
    this.#gate.flush()
  }

  /** Tells at once what waits for the end of a burst. Resolves when the desktop has answered for everything. */
  async flush(): Promise<void> {
    this.#gate.flush()
    await Promise.all(this.#pending)
  }

  /** The job has left a phase that was told. */
  #end(job: JobView, before: ToldPhase): void {
    const { outbox, told, texts, serverOf, onClick } = this.#options
    told.setPhase(job.key, null)
    if (!told.isPhaseTold(before)) outbox.withdraw(summaryIdOf(before))
    const hasBegun = job.state.phase === 'running' || job.state.phase === 'suspended'
    if (before !== 'notBegun' || !hasBegun) {
      outbox.withdraw(idOf(job.key))
      return
    }
    outbox.say({
      id: idOf(job.key),
      ...begunToast(job, texts().t, serverOf),
      icon: 'app',
      isSilent: true,
      isStaying: false,
      actions: [],
      onClick: () => onClick(job.key),
      onAction: noAction,
    })
  }

  #tell(keys: readonly string[]): void {
    const jobs = keys.flatMap((key) => this.#job(key) ?? [])
    for (const key of keys) this.#underWay.delete(key)
    for (const phase of toldPhases) {
      const those = jobs.filter(({ state }) => state.phase === phase)
      if (those.length > 0) this.#track(this.#tellPhase(those, phase))
    }
  }

  async #tellPhase(jobs: readonly JobView[], phase: ToldPhase): Promise<void> {
    const { outbox, told } = this.#options
    const keys = jobs.map(({ key }) => key)
    for (const key of keys) this.#underWay.add(key)
    const isShown = await outbox.send(this.#toastOf(jobs, phase), keys)
    for (const key of keys) this.#underWay.delete(key)
    if (!isShown) return
    for (const key of keys) {
      told.setPhase(key, phase)
      // It may have left the phase before the desktop answered.
      const job = this.#job(key)
      if (job !== null) this.onJob(job)
    }
  }

  #toastOf(jobs: readonly JobView[], phase: ToldPhase): Toast {
    const { texts, serverOf, onClick, onDecision } = this.#options
    const { t, locale } = texts()
    const [first, second] = jobs
    if (first === undefined || second !== undefined) {
      const text = phaseSummaryToast(jobs, phase, t, locale, serverOf)
      const id = summaryIdOf(phase)
      return {
        id,
        ...text,
        icon: phase,
        isSilent: false,
        isStaying: false,
        actions: [],
        onClick: () => onClick(null),
        onAction: noAction,
      }
    }
    const { key } = first
    return {
      id: idOf(key),
      ...phaseToast(first, phase, t, serverOf),
      icon: phase,
      isSilent: false,
      isStaying: false,
      actions:
        phase === 'waiting'
          ? decisions.map((decision) => ({ id: decision, label: t(`job.action.${decision}`) }))
          : [],
      onClick: () => onClick(key),
      onAction: (id) => {
        const decision = decisions.find((one) => one === id)
        if (decision !== undefined) onDecision(key, decision)
      },
    }
  }

  #track(telling: Promise<void>): void {
    this.#pending.add(telling)
    void telling.finally(() => this.#pending.delete(telling))
  }

  #job(key: string): JobView | null {
    const job = this.#options.store.get(key)
    return job === undefined ? null : viewOf(job)
  }
}
