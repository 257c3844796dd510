import type { Call, Route } from './call.ts'
import { type DatabaseName, databases } from './databases.ts'
import { type FaultSettings, Faults } from './faults.ts'
import type { Random } from './random.ts'
import { Records, type Storage } from './records.ts'
import {
  jsonAnswer,
  notSignedIn,
  type SimAnswer,
  type SimRequest,
  serverError,
  textAnswer,
} from './requests.ts'
import { Messages } from './messages.ts'
import { routes } from './routes.ts'
import { ServerRun } from './server-run.ts'
import { ServerTime } from './server-time.ts'
import type { SimStream } from './streams.ts'
import { Tokens } from './tokens.ts'
import { type RecordKind, type StartTruth, type Truth, TruthBook } from './truth.ts'
import { demoUsers, type SimUser } from './users.ts'
import { type StoredWorkflow, storedVersions } from './stored-workflows.ts'
import type { JobFate, SimWorkflow } from './workflows.ts'

/** How long a polite stop lets open streams live, in milliseconds. */
const politeStopMs = 30_000

/** `stopping`: nobody new gets in, open streams live on. */
export type Power = 'up' | 'stopping' | 'down'

export interface SimOptions {
  readonly workflows: readonly SimWorkflow[]
  readonly users?: readonly SimUser[]
  readonly random?: Random
  /** From which the faults are drawn that have chances of their own; by default `random`. */
  readonly randomApart?: Random
  readonly faults?: Partial<FaultSettings>
  /** How far the server's local time is ahead of UTC, in milliseconds. */
  readonly serverTimeOffsetMs?: number
  /** What the server keeps its records in; by default SQLite. */
  readonly database?: DatabaseName
  /** What a new job of a workflow does; by default always what the workflow says. */
  readonly fateOf?: (workflow: SimWorkflow) => JobFate
}

/** What a server says without its database, where that is not an error. */
const withoutDatabase: Readonly<Record<string, SimAnswer>> = {
  entry: jsonAnswer(false),
  'entry-logs': jsonAnswer(false),
  'history-entry-logs': jsonAnswer(''),
}

/** The user of calls that need no sign-in: nobody, who may nothing. */
const nobody: SimUser = { username: '', password: '', profile: 'restricted' }

/**
 * A Wexflow server that behaves as the recorded one does, on the global clock and on injected randomness.
 * `handle` is its wire, whatever carries it; the rest is what a test may do to it and ask about it.
 */
export class WexflowSim {
  readonly faults: Faults
  readonly users: readonly SimUser[]
  readonly tokens: Tokens
  readonly messages = new Messages()
  readonly #random: Random
  readonly #storage: Storage
  readonly #entries: Records
  readonly #history: Records
  readonly #truths = new TruthBook()
  #workflows: readonly SimWorkflow[]
  #stored: StoredWorkflow[]
  readonly #requests = new Map<string, number>()
  readonly #starts = new Map<number, number>()
  readonly #powerListeners = new Set<(power: Power) => void>()
  readonly #fateOf: (workflow: SimWorkflow) => JobFate
  #run: ServerRun
  #power: Power = 'up'
  #nextPower: ReturnType<typeof setTimeout> | undefined

  constructor(options: SimOptions) {
    this.#random = options.random ?? Math.random
    this.faults = new Faults(this.#random, options.faults, options.randomApart ?? this.#random)
    this.#workflows = options.workflows
    this.users = options.users ?? demoUsers
    this.tokens = new Tokens(this.#random)
    const database = databases[options.database ?? 'sqlite']
    this.#storage = { database, time: new ServerTime(options.serverTimeOffsetMs ?? 0) }
    this.#entries = new Records(this.#storage)
    this.#history = new Records(this.#storage, 100)
    this.#fateOf = options.fateOf ?? ((workflow) => workflow)
    this.#stored = storedVersions(options.workflows)
    this.#run = this.#newRun(database.firstRunId)
  }

  get workflows(): readonly SimWorkflow[] {
    return this.#workflows
  }

  get power(): Power {
    return this.#power
  }

  /** The number of the server's run, which its change stream says. */
  get runId(): number {
    return this.#run.runId
  }

  /** Takes a request and carries it out at once; the answer says when it is to be given. */
  handle(request: SimRequest): SimAnswer {
    if (this.#power !== 'up') return { kind: 'refused' }
    const found = findRoute(request)
    if (!found) return textAnswer('', 404)
    const { route, places } = found
    this.#requests.set(route.path, (this.#requests.get(route.path) ?? 0) + 1)
    const isStart = route.path === 'start' || route.path === 'start-with-variables'
    if (isStart && this.faults.happens('startNotReceived')) return { kind: 'reset', delayMs: 1 }
    if (route.isStream && this.faults.happens('noSse')) return textAnswer('', 404)
    if (!route.isStream && this.faults.happens('restStatus500')) return serverError
    const user = this.#userOf(request.token)
    if (!user && !route.isOpen) return notSignedIn
    const needsDatabase = !route.isStream && route.path !== 'hello'
    if (needsDatabase && this.faults.happens('databaseAway'))
      return withoutDatabase[route.path] ?? serverError
    const answer = this.#slowed(
      this.#withExtraFields(route.answer(this.#call(request, user ?? nobody, places))),
    )
    if (
      isStart &&
      answer.kind === 'answer' &&
      answer.status === 200 &&
      this.faults.happens('startAnswerLost')
    ) {
      return { kind: 'reset', delayMs: answer.delayMs }
    }
    return answer
  }

  /** Calls a listener at every change of power; the answer removes it. */
  onPower(listener: (power: Power) => void): () => void {
    this.#powerListeners.add(listener)
    return () => this.#powerListeners.delete(listener)
  }

  /** Ends the server's process: at once, or politely with time for open streams. */
  shutDown(how: 'polite' | 'killed', graceMs: number = politeStopMs): void {
    this.#shutDown(how, graceMs, () => undefined)
  }

  /** Starts the server again, as another run; whatever was still stopping is gone then. */
  startUp(): void {
    if (this.#power === 'up') return
    clearTimeout(this.#nextPower)
    if (this.#power === 'stopping') this.#goDown()
    const { database } = this.#storage
    const repeatsNumbers = this.faults.happens('runRepeatsNumbers')
    this.#entries.clear(repeatsNumbers || database.entryIdsBeginAnew)
    const { runId } = this.#run
    const isSameNumber = repeatsNumbers || !database.numbersRuns
    this.#run = this.#newRun(isSameNumber ? runId : runId + 1 + Math.floor(this.#random() * 2))
    this.#setPower('up')
  }

  /** Ends the process and starts it again `downMs` milliseconds after it is gone. */
  restart(how: 'polite' | 'killed', downMs = 1000, graceMs: number = politeStopMs): void {
    this.#shutDown(how, graceMs, () => {
      this.#nextPower = setTimeout(() => this.startUp(), downMs)
    })
  }

  /** The server's local time jumps, forward or (negative) back, as where summer time begins or ends; in milliseconds. */
  moveClock(byMs: number): void {
    this.#storage.time.move(byMs)
  }

  /** Replaces all workflows, as an administrator does who edits them; jobs that run go on as they began. */
  saveWorkflows(workflows: readonly SimWorkflow[]): void {
    this.#workflows = workflows
    this.#stored = storedVersions(workflows)
    for (const { id } of workflows) this.#run.saves.revive(id)
  }

  /** Gives a workflow another name, as an administrator may between its listing and a start. */
  renameWorkflow(workflowId: number, name: string): void {
    this.saveWorkflows(
      this.#workflows.map((workflow) => (workflow.id === workflowId ? { ...workflow, name } : workflow)),
    )
  }

  /** Lets a workflow take every start, with an id, and begin none: until the server restarts or it is saved. */
  deadenWorkflow(workflowId: number): void {
    this.#run.dead.add(workflowId)
  }

  /** The jobs that run, and are listed, while starts wait in the queue behind them. */
  jobsBeforeQueues(): { readonly workflowId: number; readonly jobId: string }[] {
    const { queue, table } = this.#run
    const firsts = queue.workflowIds().flatMap((id) => table.runningOf(id).slice(0, 1))
    return firsts.map(({ workflow, jobId }) => ({ workflowId: workflow.id, jobId }))
  }

  /** The workflows whose queues stand still, each with since when. */
  standstills(): ReadonlyMap<number, number> {
    return this.#run.queue.standstills
  }

  /** Starts a workflow as its trigger, or another user, would: no call of ours. Answers the job that really runs. */
  startElsewhere(workflowId: number): string {
    return this.#run.starts.take(this.#workflow(workflowId)).jobId
  }

  /** Saves a workflow as it is, as an administrator may while its jobs run. */
  saveElsewhere(workflowId: number): void {
    this.#run.saves.replace(workflowId)
  }

  /** Whether a workflow's jobs would all end by themselves if it were saved now: none waits, and two or more run. */
  mayBeSaved(workflowId: number): boolean {
    const running = this.#run.table.runningOf(workflowId)
    const isFree = ({ isPaused, workflow }: (typeof running)[number]): boolean =>
      !isPaused && workflow.waitsForApprovalAfterMs === null && workflow.enableParallelJobs
    return running.length > 1 && running.every(isFree)
  }

  /** Stops a job as another user would. */
  stopElsewhere(workflowId: number, jobId: string): boolean {
    return this.#run.stops.stop(workflowId, jobId)
  }

  /** Suspends or resumes a job as another user would. */
  suspendElsewhere(workflowId: number, jobId: string): boolean {
    return this.#run.jobs.suspend(workflowId, jobId)
  }

  resumeElsewhere(workflowId: number, jobId: string): void {
    this.#run.jobs.resume(workflowId, jobId)
  }

  /** Approves or rejects a job that waits for it, as another user would. */
  decideElsewhere(workflowId: number, jobId: string, isApproved: boolean): boolean {
    return this.#run.jobs.decide(workflowId, jobId, isApproved)
  }

  /** Resets the open streams of a kind, or leaves them open without another byte. */
  breakStreams(kind: 'jobStream' | 'changeStream', how: 'reset' | 'silent'): void {
    const breakOne: (stream: SimStream) => void =
      how === 'reset' ? (one) => one.reset() : (one) => one.goSilent()
    for (const stream of this.#run.streams.open(kind)) breakOne(stream)
  }

  openStreams(kind: 'jobStream' | 'changeStream'): number {
    return this.#run.streams.open(kind).length
  }

  /** How often a call arrived, by its path (`start`, `sse/:workflow/:job` …). */
  requests(path: string): number {
    return this.#requests.get(path) ?? 0
  }

  /** How often any call arrived. */
  get requestsInAll(): number {
    return [...this.#requests.values()].reduce((sum, count) => sum + count, 0)
  }

  /** How many starts of a workflow a client asked for and got: as jobs or in the queue. */
  startsCarriedOut(workflowId: number): number {
    return this.#starts.get(workflowId) ?? 0
  }

  truth(jobId: string): Truth | null {
    return this.#truths.of(jobId)
  }

  /** The job that a record is of which had been written by then (milliseconds since 1970); null where there is none. */
  jobOfRecord(kind: RecordKind, id: string, until: number): string | null {
    return this.#truths.jobOfRecord(kind, id, until)
  }

  /** What became of a start that was asked for under this name; null where the server never took it. */
  startTruth(name: string): StartTruth | null {
    return this.#truths.start(name)
  }

  truths(): Truth[] {
    return this.#truths.all()
  }

  #workflow(workflowId: number): SimWorkflow {
    const found = this.workflows.find((workflow) => workflow.id === workflowId)
    if (!found) throw new Error(`No workflow ${workflowId} in this simulation`)
    return found
  }

  #call(request: SimRequest, user: SimUser, places: readonly string[]): Call {
    return {
      query: request.query,
      body: request.body,
      startName: request.startName ?? null,
      places,
      user,
      users: this.users,
      workflows: this.#stored,
      run: this.#run,
      entries: this.#entries,
      history: this.#history,
      messages: this.messages,
      tokens: this.tokens,
      faults: this.faults,
      time: this.#storage.time,
      start: (workflow, variables) => {
        if (workflow.isEnabled) this.#starts.set(workflow.id, this.startsCarriedOut(workflow.id) + 1)
        return this.#run.starts.take(workflow, request.startName, variables).answeredId
      },
    }
  }

  #userOf(token: string | null): SimUser | null {
    const username = this.tokens.username(token)
    return this.users.find((user) => user.username === username) ?? null
  }

  #withExtraFields(answer: SimAnswer): SimAnswer {
    if (answer.kind !== 'answer' || !this.faults.happens('extraFields')) return answer
    const body = answer.body.replaceAll('{"', '{"AddedLater":{},"')
    return { ...answer, body }
  }

  #slowed(answer: SimAnswer): SimAnswer {
    if (answer.kind !== 'answer') return answer
    return { ...answer, delayMs: answer.delayMs + this.faults.delay('slowCallMs') }
  }

  #newRun(runId: number): ServerRun {
    return new ServerRun(runId, this.workflows, {
      faults: this.faults,
      random: this.#random,
      storage: this.#storage,
      entries: this.#entries,
      history: this.#history,
      truths: this.#truths,
      fateOf: this.#fateOf,
    })
  }

  #shutDown(how: 'polite' | 'killed', graceMs: number, whenGone: () => void): void {
    if (this.#power === 'down') return
    clearTimeout(this.#nextPower)
    const leave = () => {
      this.#goDown()
      whenGone()
    }
    if (how === 'killed') {
      leave()
      return
    }
    this.#setPower('stopping')
    this.#nextPower = setTimeout(leave, graceMs)
  }

  #goDown(): void {
    this.#run.end()
    this.#truths.serverGone(Date.now())
    this.#setPower('down')
  }

  #setPower(power: Power): void {
    this.#power = power
    for (const listener of this.#powerListeners) listener(power)
  }
}

function findRoute(request: SimRequest): { route: Route; places: string[] } | null {
  const parts = request.path.replace(/^\//, '').split('/')
  for (const route of routes) {
    const wanted = route.path.split('/')
    const fits =
      wanted.length === parts.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at])
    if (fits && route.method === request.method) {
      return { route, places: parts.filter((_, at) => wanted[at]?.startsWith(':')) }
    }
  }
  return null
}
