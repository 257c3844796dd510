import { AskedNotes } from '../../src/main/tracking/asked.ts'
import { JobIndex } from '../../src/main/job-store/job-index.ts'
import { JobContext } from '../../src/main/tracking/conclude-context.ts'
import { withConclusion } from '../../src/main/tracking/commit.ts'
import { conclude } from '../../src/main/tracking/conclude.ts'
import type { Fact } from '../../src/main/tracking/facts.ts'
import { HistorySearch } from '../../src/main/tracking/reads/history-search.ts'
import { greatest } from '../../src/main/tracking/ids.ts'
import {
  answeredAt,
  awaitsRun,
  isInDoubt,
  isOpen,
  type Job,
  jobIdOf,
  wireIdOf,
} from '../../src/main/tracking/job.ts'
import { newJob } from '../../src/main/tracking/new-job.ts'
import { observe } from '../../src/main/tracking/observe/observe.ts'
import type { ReadKind } from '../../src/main/tracking/plan/rule.ts'
import { asking, sweeps } from '../../src/main/tracking/policy.ts'
import { ProfileJobs } from '../../src/main/tracking/profile-jobs.ts'
import { inDoubtBy } from '../../src/main/tracking/sweeps/in-doubt.ts'
import { restartedBy, takenOf } from '../../src/main/tracking/sweeps/restart.ts'
import { JobReads } from '../../src/main/tracking/reads/job-reads.ts'
import { noUsualTimes } from '../../src/main/tracking/reads/usual-read.ts'
import { EntryPages } from '../../src/main/tracking/sweeps/entry-pages.ts'
import type { Entry, WexflowServer } from '../../src/main/wexflow/server.ts'
import { LastPlans } from './last-plans.ts'
import { type AppState, RestoredRun, type Sweep, workflowId } from './app-state.ts'

/**
 * The app's side: the real observe, conclude, plan and reads, joined as the tracker, the reconciler and the sweeps join
 * them, without timers. What is due is told, and made when the model says so. Times are milliseconds since 1970 of `Date.now()`.
 */

const keepAliveEvery = 15_000

const plans = new LastPlans()

/** Something that the app does by itself, and when. */
export interface Due {
  readonly at: number
  readonly what: string
  /** Whether the server is asked. */
  readonly isRead: boolean
  readonly run: () => Promise<void>
}

/** An end that was told and is another one now. */
export type OnCorrected = (before: Job, after: Job) => void

export class App {
  readonly #jobs = new Map<string, Job>()
  readonly #index = new JobIndex()
  readonly #profile: ProfileJobs
  readonly #asked = new AskedNotes()
  readonly #serverRun: RestoredRun
  readonly #server: WexflowServer
  readonly #history: HistorySearch
  readonly #reads: JobReads
  readonly #onCorrected: OnCorrected
  readonly #notBefore: Map<string, number>
  readonly #sweep: Sweep
  #followedSince: number
  #keepAliveAt: number

  constructor(state: AppState, server: WexflowServer, onCorrected: OnCorrected) {
    this.#server = server
    this.#onCorrected = onCorrected
    for (const job of state.jobs) this.#put(job)
    this.#profile = new ProfileJobs(
      { all: () => this.jobs, get: (key) => this.#jobs.get(key), index: this.#index },
      'server',
    )
    for (const [key, of] of Object.entries(state.asked)) this.#asked.note(key, of)
    this.#asked.noteWorkflow(workflowId, state.workflow)
    this.#serverRun = RestoredRun.of(state.serverRun, () => true)
    this.#followedSince = state.followedSince
    this.#notBefore = new Map(Object.entries(state.notBefore))
    this.#sweep = { ...state.sweep }
    this.#keepAliveAt = state.keepAliveAt
    this.#history = new HistorySearch(server)
    this.#reads = new JobReads(server, this.#history, {
      jobs: this.#profile,
      serverRun: this.#serverRun,
      asked: this.#asked,
      usual: noUsualTimes,
      followedSince: () => this.#followedSince,
      isServerSlow: () => false,
      apply: (key, fact) => this.apply(key, fact),
    })
  }

  save(): AppState {
    return {
      jobs: this.jobs,
      asked: Object.fromEntries(
        this.jobs.map(({ key }) => {
          const { jobsAt: _, jobsWantedAt: __, ...of } = this.#asked.of(key, workflowId)
          return [key, of]
        }),
      ),
      workflow: this.#asked.workflow(workflowId),
      serverRun: {
        number: this.#serverRun.number,
        members: [...this.#serverRun.members].sort(),
        seen: [...this.#serverRun.seen].sort(),
      },
      followedSince: this.#followedSince,
      notBefore: Object.fromEntries(
        [...this.#notBefore].filter(([, at]) => at > Date.now()).sort(([x], [y]) => (x < y ? -1 : 1)),
      ),
      sweep: { ...this.#sweep },
      keepAliveAt: this.#keepAliveAt,
    }
  }

  get jobs(): Job[] {
    return [...this.#jobs.values()]
  }

  job(key: string): Job | undefined {
    return this.#jobs.get(key)
  }

  /** The job that follows a stream of that run now. */
  streamOf(jobId: string): Job | undefined {
    return this.jobs.find((job) => isOpen(job) && wireIdOf(job) === jobId)
  }

  #put(job: Job): void {
    this.#index.put(job, this.#jobs.get(job.key))
    this.#jobs.set(job.key, job)
  }

  /** As the tracker does: what is known, what follows, and whether an end that was told is another one now. */
  apply(key: string, fact: Fact): void {
    const before = this.#jobs.get(key)
    if (before === undefined) return
    const now = Date.now()
    const seen = observe(before, fact, now)
    const sources = {
      jobs: this.#profile,
      asked: this.#asked,
      serverRun: this.#serverRun,
      running: () => 1,
      followedSince: () => this.#followedSince,
    }
    const conclusion = conclude(seen, new JobContext(seen, sources), now)
    const job = conclusion === null ? seen : withConclusion(seen, conclusion, now)
    this.#put(job)
    if (fact.kind === 'noEntry' && before.restartedAt === null && job.restartedAt !== null)
      this.#onRestartProven()
    if (job.end !== null && !isInDoubt(job)) this.#serverRun.forget(key)
    if (before.end !== null && job.end?.outcome !== before.end.outcome) this.#onCorrected(before, job)
  }

  #onRestartProven(): void {
    for (const job of this.#profile.open()) {
      const since = answeredAt(job)
      const isOlder = since !== null && since < this.#followedSince
      if (isOlder && !this.#serverRun.isMember(job.key)) this.apply(job.key, { kind: 'serverRestarted' })
    }
  }

  /** The process starts: what was being sent has no answer any more. */
  start(): void {
    for (const { key, start } of this.#profile.open())
      if (start.answer.kind === 'awaited' && start.sentAt !== null)
        this.apply(key, { kind: 'startAnswerLost', detail: 'restart' })
    this.connect(true)
  }

  /** A change stream lives, another one than before. `wasAway`: the server could not be asked meanwhile. */
  connect(wasAway: boolean): void {
    const now = Date.now()
    if (wasAway) this.#followedSince = Number.POSITIVE_INFINITY
    this.#serverRun.begin()
    this.#reads.forgetEntries()
    this.#sweep.rows = []
    if (this.#followedSince === Number.POSITIVE_INFINITY) this.#followedSince = now
    this.#catchUp()
    this.#keepAliveAt = now + keepAliveEvery
  }

  #catchUp(): void {
    const now = Date.now()
    const open = this.#profile.open()
    if (open.length === 0 && inDoubtBy(this.#profile, 'awaiting').length === 0) return
    if (open.length > 0) this.#requestSweep()
    for (const { key } of [...open, ...inDoubtBy(this.#profile, 'awaiting')])
      this.#asked.note(key, { wantedAt: now })
    if (open.length > 0) this.#asked.noteWorkflow(workflowId, { jobsWantedAt: now })
  }

  /** The streams of these jobs are gone. */
  loseStreams(): void {
    const now = Date.now()
    for (const job of this.#profile.open())
      if (wireIdOf(job) !== null) this.#asked.note(job.key, { wantedAt: now })
  }

  /** The change stream told of a change in the server's run of that number. */
  onChange(number: string): void {
    this.#spoken()
    if (this.#serverRun.tell(number)) {
      for (const key of this.#serverRun.members) this.apply(key, { kind: 'serverRunKnown', number })
      for (const job of this.#profile.open())
        if (job.serverRun !== null && job.serverRun !== number)
          this.apply(job.key, { kind: 'serverRestarted' })
    }
    const now = Date.now()
    this.#sweep.lastChangeAt = now
    if (this.#isSweepWanted()) this.#requestSweep()
    this.#sweep.trailingAt = now + sweeps.afterLastChange
  }

  #spoken(): void {
    const { number } = this.#serverRun
    for (const key of this.#serverRun.spoken())
      if (number !== null) this.apply(key, { kind: 'serverRunKnown', number })
  }

  /** A person wishes to start the workflow: what is asked before, and the intent on disk. */
  async send(key: string, isParallel: boolean): Promise<void> {
    const job = newJob('server', { id: workflowId, name: 'Import orders', isApproval: false }, Date.now())
    this.#put({ ...job, key })
    const running = (await this.#server.runningJobs(workflowId)) ?? []
    const own = new Set(this.jobs.map(jobIdOf))
    const markedAt = Date.now()
    const { rows } = await this.#server.entries(1, 20)
    this.apply(key, {
      kind: 'startSent',
      runningBefore: running.flatMap(({ jobId }) => (jobId === null || own.has(jobId) ? [] : jobId)),
      historyMark: await this.#history.mark(),
      entryMark: rows.length === 0 ? '0' : greatest(rows.map(({ id }) => id)),
      markedAt,
      isParallel,
    })
  }

  /** The answer of a start came: the job's id, or null for the all-zero one. */
  answer(key: string, jobId: string | null): void {
    this.apply(key, jobId === null ? { kind: 'startQueued' } : { kind: 'startAnswered', jobId })
    this.#serverRun.seenAlive(key)
  }

  stopAnswered(key: string, isStopped: boolean): void {
    this.#asked.note(key, { stopAnsweredAt: Date.now() })
    this.apply(key, { kind: 'stopAnswered', isStopped })
  }

  /** What the app does by itself, the first first. `isDeaf`: no keep-alive comes. */
  due(isDeaf: boolean): Due[] {
    const { dueAt, trailingAt } = this.#sweep
    const dues: Due[] = this.#dueReads()
    if (dueAt !== null)
      dues.push({ at: dueAt, what: 'the newest entries', isRead: true, run: () => this.#sweepNow() })
    if (trailingAt !== null)
      dues.push({
        at: trailingAt,
        what: 'one more sweep is wanted',
        isRead: false,
        run: () => {
          this.#sweep.trailingAt = null
          if (this.#isSweepWanted()) this.#requestSweep()
          return Promise.resolve()
        },
      })
    if (!isDeaf && this.#profile.open().length > 0)
      dues.push({
        at: Math.max(this.#keepAliveAt, Date.now()),
        what: 'keep-alive',
        isRead: false,
        run: () => {
          this.#keepAlive()
          return Promise.resolve()
        },
      })
    return dues.sort((x, y) => x.at - y.at)
  }

  /** The reads that are planned, and which jobs want each. */
  #dueReads(): Due[] {
    const wishes = new Map<string, { kind: ReadKind; at: number; why: string; wants: [string, number][] }>()
    for (const job of this.jobs) {
      const reads = plans.of(job, this.#asked.of(job.key, workflowId), {
        isOfThisRun: this.#serverRun.isMember(job.key),
        followedSince: this.#followedSince,
        isBusy: this.#asked.workflow(workflowId).isBusy,
        isServerSlow: false,
        needsUsual: false,
      })
      for (const { kind, dueAt, why } of reads) {
        const id = kind === 'jobs' || kind === 'history' ? kind : `${kind} ${job.key}`
        const wish = wishes.get(id) ?? { kind, at: dueAt, why, wants: [] }
        wish.wants.push([job.key, dueAt])
        if (dueAt < wish.at) Object.assign(wish, { at: dueAt, why })
        wishes.set(id, wish)
      }
    }
    return [...wishes].map(([id, { kind, at, why, wants }]): Due => {
      const from = Math.max(at, this.#notBefore.get(id) ?? 0)
      const run = async (): Promise<void> => {
        const now = Date.now()
        const keys = wants.flatMap(([key, dueAt]) => (dueAt <= now ? key : []))
        await this.#make({ kind, workflowId, keys, why })
        this.#notBefore.set(id, now + asking.atLeastApart)
      }
      return { at: from, what: `${id}: ${why}`, isRead: true, run }
    })
  }

  async #make(read: { kind: ReadKind; workflowId: number; keys: string[]; why: string }): Promise<void> {
    // The reads go through the pages that they remember once more before each list of running jobs.
    if (read.kind === 'jobs' && this.#sweep.hasPages) await this.#reads.onPages(this.#sweep.rows)
    await this.#reads.make(read)
  }

  #keepAlive(): void {
    const now = Date.now()
    this.#keepAliveAt = now + keepAliveEvery
    this.#spoken()
    if (this.#profile.open().length === 0) return
    this.#requestSweep()
    this.#asked.noteWorkflow(workflowId, { jobsWantedAt: now })
  }

  #isSweepWanted(): boolean {
    return (
      this.#profile.open().length > 0 ||
      inDoubtBy(this.#profile, 'awaiting').length > 0 ||
      inDoubtBy(this.#profile, 'concluded').length > 0
    )
  }

  #requestSweep(): void {
    this.#sweep.dueAt ??= Math.max(Date.now(), this.#sweep.endedAt + sweeps.betweenPages)
  }

  async #sweepNow(): Promise<void> {
    const sweep = this.#sweep
    const now = Date.now()
    sweep.dueAt = null
    const isWitnessed = now - sweep.lastChangeAt < sweeps.afterLastChange
    const taken = [...takenOf(this.#profile.open())]
    const result = await new EntryPages(this.#server).read()
    const last = sweep.last && { result: sweep.last, taken: new Set(sweep.takenBefore) }
    const { members } = this.#serverRun
    const restart = restartedBy({ result, askedAt: now }, last, this.#profile.open(), members)
    for (const { key } of restart.jobs) this.apply(key, { kind: 'serverRestarted' })
    sweep.last = result
    sweep.takenBefore = taken
    this.#takeRows(result.rows, now, isWitnessed)
    sweep.rows = result.rows
    sweep.hasPages = true
    await this.#reads.onPages(result.rows)
    sweep.endedAt = now
    const { jobsAt, jobsWantedAt } = this.#asked.workflow(workflowId)
    if (Math.max(jobsAt, jobsWantedAt) < now && this.#profile.open().some(awaitsRun))
      this.#asked.noteWorkflow(workflowId, { jobsWantedAt: now })
  }

  #takeRows(rows: readonly Entry[], now: number, isWitnessed: boolean): void {
    const concluded = inDoubtBy(this.#profile, 'concluded')
    for (const job of [...this.#profile.open(), ...inDoubtBy(this.#profile, 'awaiting'), ...concluded]) {
      const row = rows.find(({ id }) => id === job.run?.entry?.id)
      const isOwn = this.#serverRun.isMember(job.key) || this.#serverRun.isNumbered(job.serverRun)
      if (row === undefined || !isOwn) {
        if (!concluded.includes(job)) this.#wantEntry(job)
        continue
      }
      this.#asked.note(job.key, { entryAt: now })
      this.#serverRun.seenAlive(job.key)
      this.apply(job.key, { kind: 'entry', entry: row, isWitnessed })
    }
  }

  #wantEntry(job: Job): void {
    const now = Date.now()
    const { entryAt, wantedAt } = this.#asked.of(job.key, workflowId)
    if (wireIdOf(job) !== null && Math.max(entryAt, wantedAt) < now)
      this.#asked.note(job.key, { wantedAt: now })
  }
}
