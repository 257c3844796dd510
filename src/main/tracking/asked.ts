/** When a read of one job, or of its workflow, that has been answered was last made; `never` where none was. */
export interface Asked {
  readonly entryAt: number
  /** The last such read that found an entry missing which was there before, although no restart was known. */
  readonly entryMissingAt: number
  /** As `entryAt`, for the entry of the id that its start was given, where it has claimed another run. */
  readonly ownEntryAt: number
  readonly memoryAt: number
  readonly logAt: number
  readonly historyAt: number
  /** The last search of the history that held a row which names no job and may be that of its run. */
  readonly strayAt: number
  /** The last page that showed the entry of a run which belongs to nobody and may be its; `never` where it shows none. */
  readonly strayEntryAt: number
  readonly jobsAt: number
  /** When its entry was last wanted by something outside of it: a change, a keep-alive, a lost stream, a catch-up. */
  readonly wantedAt: number
  /** The same for its workflow's running jobs. */
  readonly jobsWantedAt: number
  /** When the answer to a stop came. */
  readonly stopAnsweredAt: number
  /** From when on the list of running jobs shows what another wish has changed. */
  readonly changeShownAt: number
}

/** Before anything. */
export const never = Number.NEGATIVE_INFINITY

/** Whether a search of the history since then held a row that may be that of the job's run. */
export const hasStraySince = ({ strayAt }: Pick<Asked, 'strayAt'>, since: number): boolean =>
  strayAt !== never && strayAt >= since

/** Nothing was asked yet. */
export const nothingAsked: Asked = {
  entryAt: never,
  entryMissingAt: never,
  ownEntryAt: never,
  memoryAt: never,
  logAt: never,
  historyAt: never,
  strayAt: never,
  strayEntryAt: never,
  jobsAt: never,
  wantedAt: never,
  jobsWantedAt: never,
  stopAnsweredAt: never,
  changeShownAt: never,
}

/** What is remembered of one workflow's list of running jobs. */
export interface WorkflowNotes {
  /** When the last read of it that was answered was made. */
  readonly jobsAt: number
  /** When it was last wanted by a change, a keep-alive or a catch-up. */
  readonly jobsWantedAt: number
  /** When it was last seen to run anything. */
  readonly busyAt: number
  /** Whether it ran something when it was last read. */
  readonly isBusy: boolean
  /** Since when the server does not list its running jobs for this user; null while it does. */
  readonly unlistedSince: number | null
}

const nothingNoted: WorkflowNotes = {
  jobsAt: never,
  jobsWantedAt: never,
  busyAt: never,
  isBusy: false,
  unlistedSince: null,
}

type OfJob = Omit<Asked, 'jobsAt' | 'jobsWantedAt'>

/**
 * What was asked of a server and when it was answered, for this process only: an app that starts again asks anew.
 * Times are milliseconds since 1970.
 */
export class AskedNotes {
  readonly #jobs = new Map<string, OfJob>()
  readonly #workflows = new Map<number, WorkflowNotes>()

  /** What was asked about a job and its workflow. */
  of(key: string, workflowId: number): Asked {
    const { jobsAt, jobsWantedAt } = this.workflow(workflowId)
    return { ...nothingAsked, ...this.#jobs.get(key), jobsAt, jobsWantedAt }
  }

  workflow(workflowId: number): WorkflowNotes {
    return this.#workflows.get(workflowId) ?? nothingNoted
  }

  note(key: string, change: Partial<OfJob>): void {
    this.#jobs.set(key, { ...nothingAsked, ...this.#jobs.get(key), ...change })
  }

  noteWorkflow(workflowId: number, change: Partial<WorkflowNotes>): void {
    this.#workflows.set(workflowId, { ...this.workflow(workflowId), ...change })
  }

  /** When a job's entry was last asked for, or seen on a page. */
  entryAt(key: string): number {
    return this.#jobs.get(key)?.entryAt ?? never
  }

  /** Whether a job's entry was missing when it was last asked for, although it had been there and no restart was known. */
  isEntryMissing(key: string): boolean {
    const { entryAt, entryMissingAt } = this.#jobs.get(key) ?? nothingAsked
    return entryMissingAt !== never && entryMissingAt >= entryAt
  }

  /** When the entry of the id that its start was given was last asked for beside that of the run that it has claimed. */
  ownEntryAt(key: string): number {
    return this.#jobs.get(key)?.ownEntryAt ?? never
  }

  forget(key: string): void {
    this.#jobs.delete(key)
  }

  /** The clock was set back: what was noted by it was noted so many milliseconds earlier. */
  moveBack(ms: number): void {
    for (const [key, of] of this.#jobs) this.#jobs.set(key, movedTimes(of, ms))
    for (const [id, notes] of this.#workflows) this.#workflows.set(id, movedTimes(notes, ms))
  }
}

/** The record with every time in it so many milliseconds earlier. */
function movedTimes<Notes extends object>(notes: Notes, ms: number): Notes {
  const moved: Notes = { ...notes }
  for (const [name, value] of Object.entries(notes))
    if (typeof value === 'number') Object.assign(moved, { [name]: value - ms })
  return moved
}
