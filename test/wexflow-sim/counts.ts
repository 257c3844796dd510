import type { StatusName } from './status.ts'

/** The counts of one server run, as `status-count` and its stream say them. They start at 0 with every run. */
export class Counts {
  readonly #runId: number
  readonly #counts: Record<StatusName, number>

  constructor(runId: number, disabledWorkflows: number) {
    this.#runId = runId
    this.#counts = {
      Pending: 0,
      Running: 0,
      Done: 0,
      Failed: 0,
      Warning: 0,
      Disabled: disabledWorkflows,
      Stopped: 0,
      Rejected: 0,
    }
  }

  /** A job goes from one status (null: it is new) to another (null: its end is counted later). */
  move(from: StatusName | null, to: StatusName | null): void {
    if (from) this.#counts[from] -= 1
    if (to) this.#counts[to] += 1
  }

  /** The answer of the call; it orders the last two differently from the stream. */
  answer(): Record<string, number> {
    const { RejectedCount, StoppedCount, ...others } = this.#fields()
    return { ...others, RejectedCount, StoppedCount }
  }

  /** The data of a stream's message; its `Id` is the number of the server's run. */
  message(): Record<string, number> {
    return { Id: this.#runId, ...this.#fields() }
  }

  #fields() {
    const counts = this.#counts
    return {
      PendingCount: counts.Pending,
      RunningCount: counts.Running,
      DoneCount: counts.Done,
      FailedCount: counts.Failed,
      WarningCount: counts.Warning,
      DisabledCount: counts.Disabled,
      StoppedCount: counts.Stopped,
      RejectedCount: counts.Rejected,
    }
  }
}
