import { isUnresolved, type Job } from '../../shared/job.ts'
import type { Entry, WexflowServer } from '../wexflow/server.ts'
import { awaitsJobId } from './adopt.ts'
import { Coalesced } from './coalesced.ts'
import type { FactSink, JobReads } from './job-reads.ts'
import type { Questions } from './questions.ts'
import { Sweeper, type SweepResult } from './sweep.ts'

/** Sweeps follow each other no faster than this, however many wakes come. */
const betweenSweepsMs = 200
/** A wake can come a few milliseconds before the record that it announces: one more sweep follows the last wake. */
const trailingSweepMs = 1000
/** How many jobs are asked for their entry on each beat, and how many workflows for their running jobs. */
const roundOfEntries = 100
const roundOfWorkflows = 10
/** Up to this number, the jobs that a sweep did not come across are asked at once. */
const fewJobs = 8
/** A look at everything waits for its answers no longer than this: what comes later is told as it comes. */
const lookWithinMs = 60_000
/** What the stream told is held against the record for this long. */
const confirmForMs = 600_000
/** A job that was told as unknown may run on for longer. */
const correctUnknownForMs = 4 * 3_600_000

/** What the rounds need of the tracker. */
export interface RoundSink extends FactSink {
  /** Ended within so many milliseconds, by the word of the stream or of this app: a record may say otherwise. */
  endedOfLate(withinMs: number): Job[]
  /** Whether the job was seen alive under the last change stream, be that open or not. */
  wasSeen(key: string): boolean
  /** Whether a change stream tells of every change. */
  hasChangeStream(): boolean
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
  #lastSweepAt = 0
  #lastChangeAt = 0
  /** Keys of jobs that ended by the word of the stream or of this app: the next row or entry confirms or corrects it. */
  readonly #unconfirmed = new Set<string>()

  constructor({ server, reads, questions, sink }: RoundsOptions) {
    this.#sweeper = new Sweeper(server)
    this.#reads = reads
    this.#questions = questions
    this.#sink = sink
  }

  /** The server says that something changed. */
  wake(): void {
    this.#lastChangeAt = Date.now()
    this.#sweepIfWanted()
    clearTimeout(this.#trailing)
    this.#trailing = setTimeout(() => this.#sweepIfWanted(), trailingSweepMs)
  }

  /** The keep-alive's beat: what has no signal of its own is looked at now. */
  beat(): void {
    const unresolved = this.#sink.unresolved()
    if (unresolved.length === 0) return
    void this.#sweepAndAsk()
    this.#askBesides(unresolved)
  }

  /** Looks at everything; resolves once the answers are there, or are waited for no longer. */
  async everything(): Promise<void> {
    if (this.#sink.unresolved().length > 0 && !this.#sink.isStopped()) await this.#sweeps.done()
    if (this.#sink.isStopped()) return
    const unresolved = this.#sink.unresolved()
    this.#askEntries(unresolved, unresolved.length)
    const endedOfLate = this.#sink.endedOfLate(confirmForMs)
    this.#askEntries(endedOfLate, fewJobs)
    for (const { key, outcome } of endedOfLate)
      if (outcome === 'unknown') this.#questions.ask(key, { kind: 'history', inMs: 0 })
    this.#askBesides(unresolved)
    await this.#questions.idle(lookWithinMs)
  }

  /** How the job ended is to be held against its record. */
  confirmLater(key: string): void {
    this.#unconfirmed.add(key)
  }

  /** The record has spoken. */
  confirmed(key: string): void {
    this.#unconfirmed.delete(key)
  }

  stop(): void {
    this.#sweeps.stop()
    clearTimeout(this.#trailing)
  }

  /** A sweep, and a round of `entry` over the jobs that it did not come across and that were asked longest ago. */
  async #sweepAndAsk(): Promise<void> {
    const since = Date.now()
    await this.#sweeps.done()
    if (this.#sink.isStopped()) return
    const unresolved = this.#sink.unresolved()
    // Without a change stream a row may be of another run.
    const left = this.#sink.hasChangeStream() ? this.#reads.notReadSince(unresolved, since) : unresolved
    // A few are asked by the sweep itself.
    if (left.length > fewJobs) this.#askEntries(left, roundOfEntries)
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
    if (this.#unconfirmed.size > 0 || this.#sink.unresolved().length > 0) this.#sweeps.request()
  }

  async #sweepSafely(): Promise<void> {
    try {
      await this.#sweep()
    } catch (error) {
      // The change stream tells when the server is away. Where only the pages are refused, the round remains.
      this.#sink.fail(error)
      this.#askEntries(this.#sink.unresolved(), fewJobs)
    }
    if (!this.#sink.isStopped()) this.#readSilent(this.#sink.unresolved(), roundOfWorkflows)
  }

  async #sweep(): Promise<void> {
    const witnessed = Date.now() - this.#lastChangeAt < trailingSweepMs && !this.#sink.isCatchingUp()
    const beganAt = Date.now()
    const result = await this.#sweeper.read()
    if (this.#sink.isStopped()) return
    if (Sweeper.lost(this.#lastSweep, result)) {
      for (const job of this.#sink.unresolved()) {
        if (this.#isOlderThanSweep(job)) this.#sink.apply(job.key, { kind: 'serverRestarted' })
      }
    }
    this.#lastSweep = result
    this.#lastSweepAt = beganAt

    const rows = new Map(result.rows.map((row) => [row.id, row]))
    const unseen: Job[] = []
    for (const job of [...this.#sink.unresolved(), ...this.#stillUnconfirmed()]) {
      const entry = this.#rowOf(job, rows)
      if (entry === undefined) {
        if (job.jobId !== null) unseen.push(job)
        continue
      }
      this.#reads.noteEntryRead(job.key)
      this.#sink.confirm(job.key)
      this.#sink.apply(job.key, { kind: 'entry', entry, witnessed })
    }
    // What has ended, and only wants to be confirmed, must not keep the others from being asked.
    if (unseen.filter(isUnresolved).length <= fewJobs) {
      for (const job of unseen.slice(0, fewJobs)) this.#questions.ask(job.key, { kind: 'entry', inMs: 0 })
    }
  }

  /**
   * The job's row. After a restart some databases give ids anew (source): a row speaks for a job only where the job
   * was seen under the present change stream; where there is none, its workflow has to do.
   */
  #rowOf(job: Job, rows: ReadonlyMap<string, Entry>): Entry | undefined {
    const row = job.entryId === null ? undefined : rows.get(job.entryId)
    const isSameRun = !this.#sink.hasChangeStream() || this.#sink.isOfThisRun(job.key)
    return isSameRun && row?.workflowId === job.workflowId ? row : undefined
  }

  /** Whether the last sweep saw the server in the run that took this start: what began since may be of the next one. */
  #isOlderThanSweep({ key, startedAt, answerLost, evidence }: Job): boolean {
    if (this.#sink.wasSeen(key)) return false
    const takenAt = startedAt ?? evidence.find(({ kind }) => kind === 'startQueued')?.at
    return answerLost || (takenAt !== undefined && takenAt < this.#lastSweepAt)
  }

  #stillUnconfirmed(): Job[] {
    const jobs = [...this.#unconfirmed].flatMap((key) => this.#sink.get(key) ?? [])
    const fresh = jobs.filter(({ outcome, endedAt }) => {
      const forMs = outcome === 'unknown' ? correctUnknownForMs : confirmForMs
      return Date.now() - (endedAt ?? 0) < forMs
    })
    this.#unconfirmed.clear()
    for (const job of fresh) this.#unconfirmed.add(job.key)
    return fresh
  }
}
