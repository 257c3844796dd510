import type { Variable } from '../../shared/variables.ts'
import type { JobView } from '../../shared/job-view.ts'
import type { ChangeWish } from '../../shared/wish.ts'
import type { JobStore } from '../job-store/store.ts'
import type { Log } from '../platform/log.ts'
import type { LogLines } from '../wexflow/log-lines.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import type { DueRead } from './agenda.ts'
import { AskedNotes } from './asked.ts'
import { HistorySearch } from './reads/history-search.ts'
import { isOpen } from './job.ts'
import { JobStreams } from './job-streams.ts'
import type { Circumstance } from './job-view.ts'
import { history } from './policy.ts'
import { ProfileJobs } from './profile-jobs.ts'
import { JobReads } from './reads/job-reads.ts'
import { Reconciler } from './reconcile.ts'
import { type TrackerForSweeps, Sweeps } from './sweeps/sweeps.ts'
import type { LinkedJobs } from './link/linked-jobs.ts'
import type { LinkListener } from './link/link-status.ts'
import { ServerLink } from './link/server-link.ts'
import { ServerRun } from './server-run.ts'
import { type Watching, watchingNothing } from './watch/watch.ts'
import { WatchedRuns } from './watch/watched-runs.ts'
import { noUsualTimes, type UsualTimesOf } from './reads/usual-read.ts'
import { Wishes } from './wishes.ts'

/** What the tracker tells the rest of the app. Called synchronously, at the moment it is known. */
export interface TrackerListener extends LinkListener {
  /** A job ended, or its outcome was corrected. Those of `away` are to be told as one summary once `onCaughtUp` is called. */
  onEnded(job: JobView, circumstance: Circumstance): void
  /**
   * The run of the first key's job is that of the second one's from now on: a start turned out to own a watched run,
   * which is no job of its own any more, or has given one back. Null: it is none that is followed. What was told of the
   * run goes along.
   */
  onRunMoved(fromKey: string, toKey: string | null): void
}

export interface TrackerOptions {
  readonly serverId: string
  readonly server: WexflowServer
  readonly store: JobStore
  readonly listener: TrackerListener
  /** A text that changes when the machine's network does; read only while reconnecting. */
  readonly networkFingerprint: () => string
  /** What is wanted of runs that others began; by default nothing. */
  readonly watching?: Watching
  /** What is kept of how long workflows usually take; by default nobody wants to know. */
  readonly usual?: UsualTimesOf
  /** Told of each planned read, with why it is made. */
  readonly log: Pick<Log, 'debug'>
}

/**
 * Follows every job of one server profile until its end is known: joins what the server says by itself (the link, the
 * streams), what it is asked (the sweeps, the reads) and what a person wishes with the reconciler.
 */
export class JobTracker {
  readonly #store: JobStore
  readonly #log: Pick<Log, 'debug'>
  readonly #jobs: ProfileJobs
  readonly #link: ServerLink
  readonly #streams: JobStreams
  readonly #history: HistorySearch
  readonly #reads: JobReads
  readonly #reconciler: Reconciler
  readonly #sweeps: Sweeps
  readonly #watched: WatchedRuns
  readonly #asked = new AskedNotes()
  readonly #serverRun = new ServerRun(() => this.#link.hasChangeStream)
  readonly #wishes: Wishes

  constructor(options: TrackerOptions) {
    const { server, store, serverId, usual = noUsualTimes } = options
    this.#store = store
    this.#log = options.log
    this.#jobs = new ProfileJobs(store, serverId)
    this.#history = new HistorySearch(server)
    const needed = this.#forSweeps(usual)
    this.#reads = new JobReads(server, this.#history, needed)
    this.#watched = new WatchedRuns(server, this.#history, options.watching ?? watchingNothing, {
      ...needed,
      store,
      requestEntries: () => this.#sweeps.requestAll(),
      onRunMoved: (fromKey, toKey) => options.listener.onRunMoved(fromKey, toKey),
    })
    this.#sweeps = new Sweeps(server, this.#reads, this.#watched, needed)
    this.#streams = new JobStreams(server, {
      onFrame: (key, frame) => {
        this.#link.noteFrame()
        this.#reconciler.apply(key, { kind: 'frame', frame })
      },
      onLost: (key, error) => this.#onStreamLost(key, error),
      onRoom: () => this.#openStreams(),
    })
    this.#reconciler = new Reconciler({
      jobs: this.#jobs,
      asked: this.#asked,
      serverRun: this.#serverRun,
      store,
      streams: this.#streams,
      usual,
      make: (read) => this.#make(read),
      mayAsk: () => this.#link.mayAsk,
      isStopped: () => this.#link.isStopped,
      isCatchingUp: () => this.#link.isCatchingUp,
      onEnded: (job, circumstance) => options.listener.onEnded(job, circumstance),
      onChanged: (before, job) => {
        this.#watched.onStartChanged(before, job)
        this.#wishes.onChanged(job)
      },
      onRestartProven: () => this.#reads.forgetEntries(),
    })
    this.#link = new ServerLink({
      server,
      networkFingerprint: options.networkFingerprint,
      listener: {
        onLink: (link, failure) => options.listener.onLink(link, failure),
        onWorkflows: (workflows) => {
          options.listener.onWorkflows(workflows)
          this.#watched.onWorkflows(workflows)
        },
        onCaughtUp: () => options.listener.onCaughtUp(),
      },
      jobs: this.#linkedJobs(),
    })
    this.#wishes = new Wishes({
      server,
      store,
      jobs: this.#jobs,
      link: this.#link,
      reconciler: this.#reconciler,
      reads: this.#reads,
      history: this.#history,
      entryMark: this.#sweeps.entryMark,
      asked: this.#asked,
      serverRun: this.#serverRun,
    })
  }

  /** Connects and goes on following what the store holds. */
  start(): void {
    const recent = this.#jobs.all().filter(({ start }) => Date.now() - start.requestedAt < history.clockBack)
    this.#history.noteIds(
      recent.flatMap(({ start, run }) => [start.historyMark ?? '', run?.history?.id ?? '']),
    )
    this.#watched.removeUnwanted()
    this.#link.start()
    for (const job of this.#jobs.all()) {
      if (isOpen(job) && job.start.answer.kind === 'awaited') {
        // The app died between the wish and the answer.
        if (job.start.sentAt === null)
          this.#reconciler.apply(job.key, { kind: 'startRefused', reason: 'notSent', detail: '' })
        else this.#reconciler.apply(job.key, { kind: 'startAnswerLost', detail: 'restart' })
      }
    }
    this.#reconciler.takeUp(this.#jobs.all())
  }

  /** Closes every stream and timer; the jobs stay in the store as they are. */
  stop(): void {
    this.#link.stop()
    this.#streams.stop()
    this.#reconciler.stop()
    this.#sweeps.stop()
    this.#watched.stop()
  }

  /** From now on this is wanted of runs that others began; what is wanted no more leaves the list. */
  watch(watching: Watching): void {
    this.#watched.set(watching)
  }

  /**
   * Asks the server to start a workflow and follows the job: its key, once the server has answered. Never rejects: what
   * goes wrong is the job's outcome.
   */
  startWorkflow(
    workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>,
    variables: readonly Variable[] = [],
  ): Promise<string> {
    return this.#wishes.start(workflow, variables)
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  stopJob(key: string): Promise<void> {
    return this.#wishes.stop(key)
  }

  /**
   * Suspends a job between two of its tasks, has a suspended one go on, or decides on one that waits for approval. Rejects
   * with a `WexflowError`: `wishRefused` where the server says that it did not.
   */
  changeJob(key: string, wish: ChangeWish): Promise<void> {
    return this.#wishes.change(key, wish)
  }

  /** Reads the job's log from the server; empty while it runs. Rejects with a `WexflowError`. */
  jobLog(key: string): LogLines {
    return this.#wishes.log(key)
  }

  /** Resolves once what an ended job's log tells is known, or the tracker stops; at once where it tells nothing. */
  logKnown(key: string): Promise<void> {
    return this.#reconciler.logKnown(key)
  }

  /** Whether the runs that others began are known, as far as they are wanted. */
  get knowsWatchedRuns(): boolean {
    return this.#watched.areKnown
  }

  /** The machine woke up, was unlocked or changed its network: reconnects at once and catches up. */
  wake(): void {
    this.#streams.closeAll()
    this.#wishes.giveUpAnswers()
    this.#link.wake()
  }

  /** The tray menu opens: reads the workflows anew. */
  refreshWorkflows(): void {
    void this.#link.refreshWorkflows()
  }

  /** What the sweeps, the reads and the watched runs need of the tracker's other parts. */
  #forSweeps(usual: UsualTimesOf): TrackerForSweeps {
    return {
      jobs: this.#jobs,
      serverRun: this.#serverRun,
      asked: this.#asked,
      usual,
      followedSince: () => this.#reconciler.followedSince,
      isServerSlow: () => this.#reconciler.isServerSlow,
      apply: (key, fact) => this.#reconciler.apply(key, fact),
      isCatchingUp: () => this.#link.isCatchingUp,
      isStopped: () => this.#link.isStopped,
      mayAsk: () => this.#link.mayAsk,
      fail: (error) => this.#link.callFailed(error),
      replan: (jobs) => this.#reconciler.replan(jobs),
      idle: (withinMs) => this.#reconciler.idle(withinMs),
    }
  }

  /** What the link sets going. */
  #linkedJobs(): LinkedJobs {
    return {
      // Without streams, ends of what others run are told within the minute.
      hasOpen: () => this.#jobs.openStarts().length > 0,
      onStream: () => this.#onStream(),
      onNetworkChange: () => this.#streams.closeAll(),
      onSpoken: () => this.#onSpoken(),
      onChange: (number) => this.#onChange(number),
      onKeepAlive: () => {
        this.#reconciler.followClock()
        this.#sweeps.onKeepAlive()
      },
      catchUp: () => this.#catchUp(),
      onAway: () => this.#reconciler.loseSight(),
      onSignInOver: () => this.stop(),
    }
  }

  async #make(read: DueRead): Promise<boolean> {
    if (this.#link.isStopped) return true
    this.#log.debug(`reads ${read.kind} of workflow ${read.workflowId}: ${read.why}`, read.keys)
    try {
      await this.#reads.make(read)
      return true
    } catch (error) {
      this.#link.callFailed(error)
      return false
    }
  }

  #catchUp(): Promise<void> {
    this.#reconciler.followClock()
    this.#reconciler.follow()
    return this.#sweeps.catchUp()
  }

  /** The change stream spoke. */
  #onSpoken(): void {
    const { number } = this.#serverRun
    for (const key of this.#serverRun.spoken())
      if (number !== null) this.#reconciler.apply(key, { kind: 'serverRunKnown', number })
  }

  #onStreamLost(key: string, error: unknown): boolean {
    if (this.#link.isStopped) return false
    this.#asked.note(key, { wantedAt: Date.now() })
    const job = this.#store.get(key)
    if (job !== undefined) this.#reconciler.replan([job])
    const { kind } = this.#link.failureOf(error)
    // A new change stream opens all job streams again; what was refused is refused again.
    return (
      this.#link.hasChangeStream && (kind === 'unreachable' || kind === 'timedOut' || kind === 'serverError')
    )
  }

  /** Another change stream lives. Job streams that still do go on: to open them anew would miss the ends that they carry. */
  #onStream(): void {
    this.#serverRun.begin()
    this.#reads.forgetEntries()
    this.#sweeps.entryMark.onStream()
    this.#watched.onStream()
    this.#streams.beginAnew()
    this.#openStreams()
  }

  #openStreams(): void {
    if (!this.#link.hasChangeStream) return
    for (const job of this.#jobs.openStarts()) this.#streams.open(job)
  }

  #onChange(number: string | null): void {
    this.#reconciler.followClock()
    this.#onSpoken()
    if (number !== null && this.#serverRun.tell(number)) this.#onServerRun(number)
    this.#sweeps.onChange()
  }

  /** Another number of the server's run than a job was seen in proves that the server has restarted. */
  #onServerRun(number: string): void {
    for (const key of this.#serverRun.members) this.#reconciler.apply(key, { kind: 'serverRunKnown', number })
    for (const job of this.#jobs.open())
      if (job.serverRun !== null && job.serverRun !== number)
        this.#reconciler.apply(job.key, { kind: 'serverRestarted' })
  }
}
