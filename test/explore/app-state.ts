import { AskedNotes } from '../../src/main/tracking/asked.ts'
import type { SweepResult } from '../../src/main/tracking/sweeps/entry-pages.ts'
import type { Job } from '../../src/main/tracking/job.ts'
import { type Asked, never } from '../../src/main/tracking/asked.ts'
import { ServerRun } from '../../src/main/tracking/server-run.ts'
import type { Entry } from '../../src/main/wexflow/server.ts'

/** What the app knows, as a state that can be kept and gone back to. */

/** The one workflow there is. */
export const workflowId = 1

type OfJob = Omit<Asked, 'jobsAt' | 'jobsWantedAt'>

/** All that the app knows: the jobs survive a crash, the rest does not. */
export interface AppState {
  readonly jobs: readonly Job[]
  readonly asked: Readonly<Record<string, OfJob>>
  readonly workflow: ReturnType<AskedNotes['workflow']>
  readonly serverRun: { readonly number: string | null; readonly members: string[]; readonly seen: string[] }
  readonly followedSince: number
  /** From when on a read may be made again, by its id. */
  readonly notBefore: Readonly<Record<string, number>>
  readonly sweep: Sweep
  readonly keepAliveAt: number
}

/** What is kept between two reads of the newest entries. */
export interface Sweep {
  dueAt: number | null
  /** The one more that follows the last announcement. */
  trailingAt: number | null
  endedAt: number
  lastChangeAt: number
  last: SweepResult | null
  takenBefore: readonly string[]
  /** The rows that the reads remember for their claims. */
  rows: readonly Entry[]
  hasPages: boolean
}

const noSweep: Sweep = {
  dueAt: null,
  trailingAt: null,
  endedAt: never,
  lastChangeAt: never,
  last: null,
  takenBefore: [],
  rows: [],
  hasPages: false,
}

/** An app that knows only its jobs, as after a start of the app. */
export const freshApp = (jobs: readonly Job[]): AppState => ({
  jobs,
  asked: {},
  workflow: new AskedNotes().workflow(workflowId),
  serverRun: { number: null, members: [], seen: [] },
  followedSince: Number.POSITIVE_INFINITY,
  notBefore: {},
  sweep: noSweep,
  keepAliveAt: Number.POSITIVE_INFINITY,
})

/** Remembers what it can't be asked for. */
export class RestoredRun extends ServerRun {
  seen = new Set<string>()

  static of({ number, members, seen }: AppState['serverRun'], hasStream: () => boolean): RestoredRun {
    const run = new RestoredRun(hasStream)
    for (const key of members) run.seenAlive(key)
    run.spoken()
    if (number !== null) run.tell(number)
    for (const key of seen) run.seenAlive(key)
    return run
  }

  override seenAlive(key: string): void {
    super.seenAlive(key)
    if (!this.members.has(key)) this.seen.add(key)
  }

  override spoken(): readonly string[] {
    this.seen.clear()
    return super.spoken()
  }

  override begin(): void {
    this.seen.clear()
    super.begin()
  }
}
