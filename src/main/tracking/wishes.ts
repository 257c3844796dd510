import type { Variable } from '../../shared/variables.ts'
import type { ChangeWish } from '../../shared/wish.ts'
import type { JobStore } from '../job-store/store.ts'
import { WexflowError } from '../wexflow/errors.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import type { AskedNotes } from './asked.ts'
import type { EntryMark } from './entry-mark.ts'
import type { HistorySearch } from './reads/history-search.ts'
import { isBeingSent, type Job, jobIdOf, wireIdOf } from './job.ts'
import { newJob } from './new-job.ts'
import { observe } from './observe/observe.ts'
import { changing, starting } from './policy.ts'
import type { ProfileJobs } from './profile-jobs.ts'
import type { JobReads } from './reads/job-reads.ts'
import type { Reconciler } from './reconcile.ts'
import type { ServerLink } from './link/server-link.ts'
import type { ServerRun } from './server-run.ts'
import { StartTurns } from './start-turns.ts'
import { startWorkflow, withoutAnswer } from './start-workflow.ts'

export interface WishesOptions {
  readonly server: WexflowServer
  readonly store: JobStore
  readonly jobs: ProfileJobs
  readonly link: ServerLink
  readonly reconciler: Reconciler
  readonly reads: JobReads
  readonly history: HistorySearch
  readonly entryMark: EntryMark
  readonly asked: AskedNotes
  readonly serverRun: ServerRun
}

/** Carries out what a person wishes of one server's jobs, and makes what the server says to it known as facts. */
export class Wishes {
  readonly #options: WishesOptions
  /** Keys of the starts under way whose workflow the server does not have. */
  readonly #ofNoWorkflow = new Set<string>()
  readonly #turns = new StartTurns()

  constructor(options: WishesOptions) {
    this.#options = options
  }

  /**
   * Asks the server to start a workflow: the job's key, once the server has answered. Never rejects: what goes wrong is
   * the job's outcome.
   */
  async start(
    workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>,
    variables: readonly Variable[],
  ): Promise<string> {
    const { server, store, jobs, link, reconciler, history, entryMark, serverRun } = this.#options
    reconciler.followClock()
    const job = newJob(jobs.serverId, workflow, Date.now(), variables)
    store.put(job)
    if (jobs.openStarts().length === 1) link.pollSooner()
    await this.#turns.take(job.key, workflow.id)
    // The next tracker tells a start that it finds unsent as not sent.
    if (link.isStopped) return job.key
    const fact = await startWorkflow(workflow, {
      server,
      variables,
      history,
      entryMark,
      remember: async ({ runningBefore, isThere, ...before }) => {
        // This tracker was stopped meanwhile: the next one tells a start that it finds unsent as not sent.
        if (link.isStopped) throw new WexflowError('unreachable', 'stopped', false)
        // The app's own jobs are left out: they are known to belong to other starts, and each record would grow with the
        // jobs that run beside it. But a run that was only claimed may yet be given back.
        const own = jobs.ofWorkflow(workflow.id).filter(({ maybeOthers }) => !maybeOthers)
        const ownIds = new Set(own.map(jobIdOf))
        const others = runningBefore.filter((jobId) => !ownIds.has(jobId))
        if (!isThere) this.#ofNoWorkflow.add(job.key)
        reconciler.apply(job.key, { kind: 'startSent', runningBefore: others, ...before })
        await store.flush()
      },
      onSend: () => reconciler.apply(job.key, { kind: 'startWentOut' }),
      // A sign-in that is over, or a locked keychain, may show here first.
      onRefused: (error) => void link.failureOf(error),
    })
    this.#ofNoWorkflow.delete(job.key)
    const sent = store.get(job.key)
    // The sign-in may be over meanwhile: whoever follows the jobs next must not guess what the server has said.
    if (link.isStopped && fact.kind !== 'startRefused' && sent !== undefined && isBeingSent(sent))
      store.put(observe(sent, fact, Date.now()))
    reconciler.apply(job.key, fact)
    // An answer that was given up can come after all, when another start has claimed its run.
    if (fact.kind === 'startAnswered')
      for (const { key, serverId } of jobs.withJobId(fact.jobId))
        if (key !== job.key && serverId === jobs.serverId) reconciler.apply(key, { kind: 'claimRefuted' })
    if (fact.kind !== 'startRefused') serverRun.seenAlive(job.key)
    if (fact.kind === 'startAnswered' || fact.kind === 'startQueued') link.noteTaken()
    return job.key
  }

  /** Something else is known of a job than before. */
  onChanged(job: Job): void {
    this.#turns.note(job)
  }

  /**
   * The machine woke up: the connections on which the answers to starts were to come may be dead. Should one come
   * after all, it counts.
   */
  giveUpAnswers(): void {
    const { jobs, reconciler } = this.#options
    const now = Date.now()
    for (const job of jobs.open()) {
      const { sentAt } = job.start
      if (isBeingSent(job) && sentAt !== null && now - sentAt > starting.answerUsuallyWithin)
        reconciler.apply(job.key, withoutAnswer({ isThere: !this.#ofNoWorkflow.has(job.key) }, 'sleep'))
    }
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  async stop(key: string): Promise<void> {
    const { server, store, reconciler, asked } = this.#options
    const job = store.get(key)
    const jobId = job === undefined ? null : wireIdOf(job)
    if (job === undefined || jobId === null) return
    reconciler.apply(key, { kind: 'stopAsked' })
    try {
      const isStopped = await this.#heard(server.stop(job.workflowId, jobId))
      asked.note(key, { stopAnsweredAt: Date.now() })
      reconciler.apply(key, { kind: 'stopAnswered', isStopped })
    } catch (error) {
      if (error instanceof WexflowError && !error.mayHaveReached)
        reconciler.apply(key, { kind: 'stopNotSent' })
      throw error
    }
  }

  /**
   * Asks the server to suspend, resume, approve or reject a job. Rejects with a `WexflowError`: `wishRefused` where the
   * server says that it did not.
   */
  async change(key: string, wish: ChangeWish): Promise<void> {
    const { server, store, reconciler, asked } = this.#options
    const job = store.get(key)
    const jobId = job === undefined ? null : wireIdOf(job)
    if (job === undefined || jobId === null) return
    reconciler.apply(key, { kind: 'changeAsked', wish })
    try {
      const isDone = await this.#heard(server[wish](job.workflowId, jobId))
      asked.note(key, { changeShownAt: Date.now() + changing.shownAfter[wish] })
      reconciler.replan([job])
      if (!isDone) throw new WexflowError('wishRefused', wish, false)
    } catch (error) {
      if (error instanceof WexflowError && !error.mayHaveReached)
        reconciler.apply(key, { kind: 'changeRefused' })
      throw error
    }
  }

  /** Reads a job's log from the server; empty while it runs. Rejects with a `WexflowError`. */
  async *log(key: string): AsyncGenerator<readonly string[], void, void> {
    const { server, store, reads, link } = this.#options
    const job = store.get(key)
    if (job === undefined) return
    try {
      const place = await reads.placeOfLog(job)
      if (place !== null) yield* server.wholeLog(place)
    } catch (error) {
      link.callFailed(error)
      throw error
    }
  }

  /** What a wish ran into counts for the link as well; the error goes on to the person. */
  async #heard<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer
    } catch (error) {
      this.#options.link.callFailed(error)
      throw error
    }
  }
}
