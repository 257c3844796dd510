import { type EndedJobView, hasEnded } from '../../shared/job-view.ts'
import type { Settings } from '../../shared/settings.ts'
import { workflowKeyOf } from '../../shared/usual.ts'
import type { JobStore } from '../job-store/store.ts'
import { dropOldest } from '../platform/drop-oldest.ts'
import { viewOf } from '../tracking/job-view.ts'
import { ruleFor } from './rules.ts'
import { keptToasts } from './toaster.ts'
import type { ToldRecord } from './told-record.ts'

/** How an end follows on earlier ones of its workflow. */
export interface Sequel {
  /** Whether the workflow is done after it had failed. */
  readonly isFix: boolean
  /** How often it has failed so, with this one, since somebody looked. */
  readonly times: number
}

export const noSequel: Sequel = { isFix: false, times: 1 }

interface Known {
  readonly store: JobStore
  readonly told: ToldRecord
}

/**
 * The failure that a job puts an end to: it is done, and its workflow had failed the time before, as far as this app
 * knows. A failure that the settings kept from the person is nothing to be told the end of.
 */
function failureBefore(
  { key, serverId, workflowId, state }: EndedJobView,
  { store, told }: Known,
): EndedJobView | null {
  if (state.outcome !== 'done') return null
  let last: string | null = null
  let lastEndedAt = Number.NEGATIVE_INFINITY
  for (const { key: other, end } of store.index.ofWorkflow(serverId, workflowId)) {
    if (other === key || end === null || end.endedAt > state.learntAt || end.endedAt < lastEndedAt) continue
    last = other
    lastEndedAt = end.endedAt
  }
  const known = last === null ? undefined : store.get(last)
  const failure = known === undefined ? null : viewOf(known)
  if (failure === null || !hasEnded(failure) || failure.state.outcome !== 'failed') return null
  return told.get(failure.key)?.how === 'muted' ? null : failure
}

/** Whether a job puts an end to a failure. */
export const isFix = (job: EndedJobView, known: Known): boolean => failureBefore(job, known) !== null

/** A failure whose notification was handed to the desktop last. */
interface ToldFailure {
  readonly workflow: string
  /** Of the toast. */
  readonly id: string
  readonly times: number
}

/** What stands of a failure: the toast that the next one like it takes the place of, and how many there were. */
export interface Repeated {
  readonly replaces: string | null
  readonly times: number
}

/**
 * How a job follows on a failure that it may put an end to. Its toast takes the place of that one's, unless that was to
 * stay until somebody takes it away.
 */
export function fixOf(
  job: EndedJobView,
  { settings, ...known }: Known & { readonly settings: () => Settings },
): Sequel & Repeated {
  const failure = failureBefore(job, known)
  if (failure === null) return { ...noSequel, replaces: null }
  const isStaying = ruleFor(failure, settings()).stays
  return { isFix: true, times: 1, replaces: isStaying ? null : failure.key }
}

/** Failures of a workflow for the same reason: as long as nobody has looked, they are one notification with a number. */
export class RepeatedFailures {
  readonly #isStanding: (id: string) => boolean
  /** By workflow and reason; as many as there may be toasts that are known to stand. */
  readonly #told = new Map<string, ToldFailure>()

  /** @param isStanding whether a toast of this id is still on the desktop */
  constructor(isStanding: (id: string) => boolean) {
    this.#isStanding = isStanding
  }

  /** A failure is about to be told by a toast that has the job's key for its id. */
  add(job: EndedJobView): Repeated {
    const workflow = workflowKeyOf(job)
    const reason = JSON.stringify([workflow, job.state.errorLine])
    const before = this.#told.get(reason)
    const isRepeated = before !== undefined && before.id !== job.key && this.#isStanding(before.id)
    const times = isRepeated ? before.times + 1 : 1
    // The latest last: of a workflow that fails each time for another reason there would be more and more.
    this.#told.delete(reason)
    this.#told.set(reason, { workflow, id: job.key, times })
    dropOldest(this.#told, keptToasts)
    return { replaces: isRepeated ? before.id : null, times }
  }

  /** The workflow has ended in another way: the failures before that are over. */
  end(job: EndedJobView): void {
    const workflow = workflowKeyOf(job)
    for (const [reason, failure] of this.#told) if (failure.workflow === workflow) this.#told.delete(reason)
  }
}
