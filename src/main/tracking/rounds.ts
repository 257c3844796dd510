import { doubtForMs, isUnresolved, type Job } from './job.ts'
import type { Entry, WexflowServer } from '../wexflow/server.ts'
import { awaitsJobId } from './adopt.ts'
import { Coalesced } from './coalesced.ts'
import type { FactSink, JobReads } from './job-reads.ts'
import type { Questions } from './questions.ts'
import { hasRestarted, isFinal, Sweeper, type SweepResult } from './sweep.ts'

/** Sweeps follow each other no faster than this, however many wakes come. */
const betweenSweepsMs = 200
/** A wake can come a few milliseconds before the record that it announces: one more sweep follows the last wake. */
const trailingSweepMs = 1000
/**
 * How many jobs are asked for their entry on each beat: few where the pages show every end, more where they can't be
 * had. And how many workflows are asked for their running jobs.
 */
const roundBesidePages = 25
const roundWithoutPages = 100
const roundOfWorkflows = 10
/** Up to this number, the jobs that a sweep did not come across are asked at once. */
const fewJobs = 8
/** A look at everything waits for its answers no longer than this: what comes later is told as it comes. */
const lookWithinMs = 20_000
/** What the stream told is held against the record for this long. */
const correctForMs = 600_000
/** The first look at what was concluded comes after this time. */
const leastDoubtMs = 30_000

/** What the rounds need of the tracker. */
export interface RoundSink extends FactSink {
  /** Whether ends that are learnt now happened while the app, the network or the server was away. */
  isCatchingUp(): boolean
  isStopped(): boolean
  /** A read failed: what that means for the link. */
  fail(error: unknown): void
}

export interface RoundsOptions {
  readonly server: Pick<WexflowServer, 'entries'>
  readonly reads: JobReads
  readonly questions: Questions
  readonly sink: RoundSink
}

/**
 * Which jobs are asked about, and when: at each wake a sweep of the newest entries, on each beat a round over what no
 * sweep came across, and after having been away everything.
 */
export class Rounds {
  readonly #sink: RoundSink
  readonly #reads: JobReads
  readonly #questions: Questions
  readonly #sweeper: Sweeper
  readonly #sweeps = new Coalesced(() => this.#sweepSafely(), betweenSweepsMs)
  #trailing: NodeJS.Timeout | undefined
  #lastSweep: SweepResult | null = null
  /** Whether the last sweep could be made. */
  #hasPages = false
  /** The starts that the server had taken when the last sweep began. */
  #takenBefore: ReadonlySet<string> = new Set()
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #lastChangeAt = Number.NEGATIVE_INFINITY
  /** When the records were last asked for an end that this app had concluded, by the job's key; `performance.now()`. */
  readonly #doubtedAt = new Map<string, number>()

  constructor({ server, reads, questions, sink }: RoundsOptions) {
    this.#sweeper = new Sweeper(server)
    this.#reads = reads
    this.#questions = questions
    this.#sink = sink
  }

  /** The server says that something changed. */
  wake(): void {
    this.#lastChangeAt = performance.now()
    this.#sweepIfWanted()
    clearTimeout(this.#trailing)
    this.#trailing = setTimeout(() => this.#sweepIfWanted(), trailingSweepMs)
  }

  /** The keep-alive's beat: what has no signal of its own is looked at now. */
  beat(): void {
    this.#askDoubted(false)
    const unresolved = this.#sink.jobs.unresolved()
    if (unresolved.length === 0) return
    void this.#sweepAndAsk()
    this.#askBesides(unresolved)
  }

  /** Looks at everything; resolves once the answers are there, or are waited for no longer. */
  async everything(): Promise<void> {
    if (this.#sink.isStopped()) return
    const unresolved = this.#sink.jobs.unresolved()
    // Nobody waits for the pages: no row counts for a job that the present stream has not seen yet.
    if (unresolved.length > 0) this.#sweeps.request()
    this.#askEntries(unresolved, unresolved.length)
    this.#askEntries(this.#doubted('awaiting'), fewJobs)
    this.#askDoubted(true)
    this.#askBesides(unresolved)
    await this.#questions.idle(lookWithinMs)
  }

  stop(): void {
    this.#sweeps.stop()
    clearTimeout(this.#trailing)
  }

  /** A sweep, and a round of `entry` over the jobs that it did not come across and that were asked longest ago. */
  async #sweepAndAsk(): Promise<void> {
    const since = performance.now()
    await this.#sweeps.done()
    if (this.#sink.isStopped()) return
    const unresolved = this.#sink.jobs.unresolved()
    // Without a change stream a row may be of another run.
    const left = this.#sink.run.isWatched ? this.#reads.notReadSince(unresolved, since) : unresolved
    // A few are asked by the sweep itself.
    if (left.length > fewJobs) this.#askEntries(left, this.#hasPages ? roundBesidePages : roundWithoutPages)
  }

  /** What no entry tells: lost starts, and which jobs of a workflow run. */
  #askBesides(unresolved: readonly Job[]): void {
    for (const job of unresolved) {
      if (job.jobId !== null || !job.answerLost) continue
      // A lost start may have become a job that has ended already: then only the history knows it.
      this.#questions.ask(job.key, { kind: 'history', inMs: 0 })
    }
    const others = new Set(unresolved.map((job) => job.workflowId))
    for (const id of this.#readSilent(unresolved, unresolved.length)) others.delete(id)
    for (const id of this.#reads.longestUnread(others, roundOfWorkflows)) this.#readRunningJobs(id)
  }

  /** The ends that a record may still correct: those that await theirs, or those that may never have one of their own. */
  #doubted(which: 'awaiting' | 'doubtful'): Job[] {
    const forMs = which === 'awaiting' ? correctForMs : doubtForMs
    return this.#sink.jobs.inDoubt().filter(({ outcomeFrom, endedAt }) => {
      const isAwaiting = outcomeFrom === 'stream' || outcomeFrom === 'job'
      return isAwaiting === (which === 'awaiting') && Date.now() - (endedAt ?? 0) < forMs
    })
  }

  /** Asks the records for what is doubtful: now, or ever more rarely the longer its end is ago. */
  #askDoubted(isNow: boolean): void {
    const doubted = this.#doubted('doubtful')
    const now = performance.now()
    for (const { key, endedAt } of doubted) {
      const askedAt = this.#doubtedAt.get(key)
      const pauseMs = Math.max(leastDoubtMs, (Date.now() - (endedAt ?? 0)) / 2)
      if (askedAt === undefined) this.#doubtedAt.set(key, now)
      // Streams that are cut each minute are no reason to ask each minute.
      if (askedAt === undefined ? !isNow : now - askedAt < pauseMs) continue
      this.#doubtedAt.set(key, now)
      this.#questions.ask(key, { kind: 'entry', inMs: 0 })
      this.#questions.ask(key, { kind: 'history', inMs: 0 })
    }
    const keys = new Set(doubted.map(({ key }) => key))
    for (const key of this.#doubtedAt.keys()) if (!keys.has(key)) this.#doubtedAt.delete(key)
  }

  #askEntries(unresolved: readonly Job[], most: number): void {
    for (const job of this.#reads.longestUnasked(unresolved, most)) {
      if (job.jobId !== null) this.#questions.ask(job.key, { kind: 'entry', inMs: 0 })
    }
  }

  /**
   * Waiting for approval and the queue's next job have no signal: their workflows are looked at whenever anything is.
   * Answers which ones.
   */
  #readSilent(unresolved: readonly Job[], most: number): readonly number[] {
    const silent = unresolved.filter((job) => job.isApproval || awaitsJobId(job))
    const ids = this.#reads.longestUnread(new Set(silent.map((job) => job.workflowId)), most)
    for (const id of ids) this.#readRunningJobs(id)
    return ids
  }

  #readRunningJobs(workflowId: number): void {
    this.#reads.runningJobs(workflowId).catch((error: unknown) => this.#sink.fail(error))
  }

  #sweepIfWanted(): void {
    // One look is mostly enough, and an end's own message may be right behind the wake.
    const isWanted =
      this.#sink.jobs.unresolved().length > 0 ||
      this.#doubted('awaiting').length > 0 ||
      this.#doubted('doubtful').length > 0
    if (isWanted) this.#sweeps.request()
  }

  async #sweepSafely(): Promise<void> {
    try {
      await this.#sweep()
      this.#hasPages = true
    } catch (error) {
      // The change stream tells when the server is away. Where only the pages are refused, the round remains.
      this.#hasPages = false
      this.#sink.fail(error)
      this.#askEntries(this.#sink.jobs.unresolved(), fewJobs)
    }
    if (!this.#sink.isStopped()) this.#readSilent(this.#sink.jobs.unresolved(), roundOfWorkflows)
  }

  async #sweep(): Promise<void> {
    const witnessed = performance.now() - this.#lastChangeAt < trailingSweepMs && !this.#sink.isCatchingUp()
    const taken = this.#sink.jobs.unresolved().filter(isTaken).map(takenAs)
    const result = await this.#sweeper.read()
    if (this.#sink.isStopped()) return
    if (hasRestarted(this.#lastSweep, result)) {
      for (const job of this.#sink.jobs.unresolved()) {
        if (this.#isOlderThanSweep(job)) this.#sink.apply(job.key, { kind: 'serverRestarted' })
      }
    }
    this.#lastSweep = result
    this.#takenBefore = new Set(taken)

    const rows = new Map(result.rows.map((row) => [row.id, row]))
    const unseen: Job[] = []
    const doubtful = new Set(this.#doubted('doubtful'))
    for (const job of [...this.#sink.jobs.unresolved(), ...this.#doubted('awaiting'), ...doubtful]) {
      const entry = this.#rowOf(job, rows)
      if (entry === undefined) {
        if (job.jobId !== null && !doubtful.has(job)) unseen.push(job)
        continue
      }
      this.#reads.noteEntryRead(job.key)
      this.#sink.run.seenAlive(job.key)
      this.#sink.apply(job.key, { kind: 'entry', entry, witnessed })
    }
    // What has ended, and is only held against its record, must not keep the others from being asked.
    if (unseen.filter(isUnresolved).length <= fewJobs) {
      for (const job of unseen.slice(0, fewJobs)) this.#questions.ask(job.key, { kind: 'entry', inMs: 0 })
    }
  }

  /**
   * The job's row. After a restart some databases give ids anew (source): a row speaks for a job only where the job
   * was seen under the present change stream. Where there is none, it may say that its workflow's job runs, and an end
   * is asked for by the job's id.
   */
  #rowOf(job: Job, rows: ReadonlyMap<string, Entry>): Entry | undefined {
    const row = job.entryId === null ? undefined : rows.get(job.entryId)
    if (row?.workflowId !== job.workflowId) return undefined
    const isOwn = this.#sink.run.isMember(job.key)
    return isOwn || (!this.#sink.run.isWatched && !isFinal(row)) ? row : undefined
  }

  /** Whether the last sweep saw the server in the run that took this start: what began since may be of the next one. */
  #isOlderThanSweep(job: Job): boolean {
    if (this.#sink.run.members.has(job.key)) return false
    return job.answerLost || this.#takenBefore.has(takenAs(job))
  }
}

/** Whether the server has answered that it took the start. */
const isTaken = ({ startedAt, queuedAt }: Job): boolean => startedAt !== null || queuedAt !== null

/** A job from the queue began later than its start was queued. */
const takenAs = ({ jobId, key }: Job): string => jobId ?? key
