import type { LogLines } from './log-lines.ts'
import type { WorkflowDefinition } from './definition.ts'

/**
 * One Wexflow server as the rest of the app sees it: what can be asked, and what it says by itself.
 * Every call rejects with a `WexflowError` (errors.ts) and nothing else. `client.ts` speaks it on the wire.
 */

/** The server's words for a job's status, in the order of the numbers that entries carry for them. */
export const wireStatuses = [
  'Pending',
  'Running',
  'Done',
  'Failed',
  'Warning',
  'Disabled',
  'Stopped',
  'Rejected',
] as const
/** A job's status in the server's words; where it may be `null`, that is one which this version does not know. */
export type WireStatus = (typeof wireStatuses)[number]

/** By what a server starts a workflow by itself; `trigger`: by nothing, only on demand. */
export const launchTypes = ['startup', 'trigger', 'periodic', 'cron'] as const
type LaunchType = (typeof launchTypes)[number]

/** When a server starts a workflow by itself: by a cron expression in Quartz's words, or after each period. */
export type Schedule =
  | { readonly kind: 'cron'; readonly expression: string }
  | { readonly kind: 'period'; readonly ms: number }

/** A workflow, or one of its running jobs: the server answers both with the same shape. */
export interface WorkflowInfo {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly isEnabled: boolean
  readonly isApproval: boolean
  readonly enableParallelJobs: boolean
  /** Of the workflow: whoever starts one by hand that has a schedule leaves no other trace than its schedule does. */
  readonly launchType: LaunchType
  /** Null where the server does not start it by the clock. */
  readonly schedule: Schedule | null
  /**
   * When it last began in this run of the server, by the server's clock (server-clock.ts); null where it has not, or that
   * can't be read. A job that runs beside another of its workflow does not count.
   */
  readonly lastStart: number | null
  readonly isRunning: boolean
  readonly isPaused: boolean
  readonly isWaitingForApproval: boolean
  /** The job's id; null where the server says the all-zero guid (no job yet in this run). */
  readonly jobId: string | null
  readonly status: WireStatus | null
}

/** A stored record of a job: an entry of this server run, or a row of the history. */
export interface Entry {
  readonly id: string
  readonly workflowId: number
  readonly name: string
  readonly status: WireStatus | null
  /** The number or text that the server sent, for the evidence. */
  readonly rawStatus: string
  /** The server's own text, its zone and format: compare it, don't read it. */
  readonly statusDate: string
}

/** A page of entries, or of the history's rows. */
export interface EntryPage {
  /** Those that can be read. */
  readonly rows: readonly Entry[]
  /** Whether fewer came than were asked for: there are no more. */
  readonly isLast: boolean
}

/** The one message of a job stream. */
export interface JobFrame {
  readonly status: WireStatus | null
  readonly rawStatus: string
}

/** Listeners of a job stream. Exactly one of them is called, once, and never before `openJobStream` has returned. */
export interface JobStreamListener {
  onFrame(frame: JobFrame): void
  /** The stream ended without a frame, or could not be had. */
  onClosed(error: unknown): void
}

/** Listeners of the change stream. */
export interface ChangeStreamListener {
  /** Bytes came, whatever they say: the connection lives. */
  onAlive(): void
  /** A keep-alive comment, every 15 s: the time to read what announces nothing by itself. */
  onKeepAlive(): void
  /** A job started, ended, was suspended or resumed; `run` is the number of the server's run, null where it can't be read. */
  onChange(run: string | null): void
  /** Called once, at the end; never after `close()`. */
  onClosed(error: unknown): void
}

/** Closes a stream; its listeners are not called any more. */
export type CloseStream = () => void

/** A value that the server puts in the place of `$name`. */
export interface StartVariable {
  readonly name: string
  readonly value: string
}

/** What `start` said. `noJobId`: the all-zero guid, which means queued, disabled or unknown. */
export type StartAnswer = { readonly kind: 'started'; readonly jobId: string } | { readonly kind: 'noJobId' }

/** A part of the server's calendar, both ends included; milliseconds as in server-clock.ts. */
export interface ServerTimeRange {
  readonly from: number
  readonly to: number
}

/** What is asked of the history, for a person who looks through it. */
export interface HistoryQuestion {
  readonly search: string
  /** Null for all times. */
  readonly range: ServerTimeRange | null
  /** Counts from 1. */
  readonly page: number
  readonly count: number
}

/** Which log is meant: that of an entry or of a history row. */
export interface LogPlace {
  readonly kind: 'entry' | 'history'
  readonly id: string
}

/** The history as a person looks through it. */
export interface ServerHistory {
  /** As `WexflowServer.history`, of a part of the calendar. */
  historyBetween(question: HistoryQuestion): Promise<EntryPage>
  /** How many rows there are, of every workflow that `search` finds. */
  historyCount(search: string, range: ServerTimeRange): Promise<number>
  /** When the newest row's job ended by the server's clock; the time there now where there is no row. */
  historyNewestAt(): Promise<number>
  wholeLog(place: LogPlace): LogLines
}

/** A message that Wexflow, or another user by way of it, has for a user. */
export interface ServerMessage {
  readonly id: string
  /** The user name of whom it is from; empty where the server no longer knows them. */
  readonly from: string
  readonly text: string
  /** When it was sent, in the server's own text. */
  readonly sentText: string
  readonly isRead: boolean
}

/** The messages of a user. Users that are no administrators have none. */
export interface ServerMessages {
  /** Whether there are any that were not read: a count in the database, which costs the server little. */
  hasUnreadMessages(username: string): Promise<boolean>
  /** All of them, newest first. */
  messages(username: string): Promise<ServerMessage[]>
  /** Marks messages as read whose ids the server has given. False where it did not. */
  markMessagesRead(ids: readonly string[]): Promise<boolean>
}

/** What workflows are made of. */
export interface WorkflowDefinitions {
  /** Null for a workflow that is unknown or not permitted. */
  definition(workflowId: number): Promise<WorkflowDefinition | null>
}

export interface WexflowServer {
  /**
   * When the server itself last answered a call that needs a sign-in, be it with a refusal; milliseconds of
   * `performance.now()`.
   */
  readonly answeredAt: number
  /** All workflows that this user may see, one for each id: of two stored versions the first, which the server runs. */
  workflows(): Promise<WorkflowInfo[]>
  /**
   * One workflow; null when it is unknown or not permitted. After a stop with starts in the queue it alone names the
   * job that runs next (`jobId`, `isRunning`): `runningJobs` does not list that one, and stopping it says false.
   */
  workflow(workflowId: number): Promise<WorkflowInfo | null>
  /**
   * The running jobs of a workflow, without the hidden one that `workflow` names; null when the workflow is unknown or
   * not permitted (the server's empty body).
   */
  runningJobs(workflowId: number): Promise<WorkflowInfo[] | null>
  /** A job while it runs or is the workflow's last; null otherwise. */
  job(workflowId: number, jobId: string): Promise<WorkflowInfo | null>
  /** The stored record of a job; null when unknown, not yet begun, of an earlier server run, or not readable for this user. */
  entry(workflowId: number, jobId: string): Promise<Entry | null>
  /**
   * How many jobs of each status the server has counted, as a text to be compared with another one: it changes with every
   * job that starts, ends, is suspended or resumed. The numbers drift and mean nothing.
   */
  statusCounts(): Promise<string>
  /** The lines of an entry's log that tell most (`tellingLines`); empty while the job runs. */
  entryLog(entryId: string): Promise<string[]>
  /** Entries of this server run, of every user, newest change first. `page` counts from 1. */
  entries(page: number, count: number): Promise<EntryPage>
  /**
   * Finished jobs of every user and server run, newest first. `search` narrows by the workflow's name; an empty one
   * finds all. That a search finds nothing proves nothing: LiteDB finds no name with a capital letter, and on the
   * others `%`, `_` and a backslash have a meaning of their own. Rows of one second may come in any order.
   */
  history(search: string, page: number, count: number): Promise<EntryPage>
  /** The lines of a history row's log that tell most; the first one names the job id. */
  historyLog(historyId: string): Promise<string[]>
  /** The lines of a log; of one that is very long without those in its middle. Rejects with a `WexflowError`. */
  wholeLog(place: LogPlace): LogLines
  /**
   * Starts a workflow, with values for its variables if there are any. Not repeated on any failure: see
   * `mayHaveReached` in errors.ts.
   * @param onSend called as the request goes out, and again where it had certainly not been carried out and goes out anew:
   * before that it may wait for a connection
   */
  start(workflowId: number, variables?: readonly StartVariable[], onSend?: () => void): Promise<StartAnswer>
  /** Whether the server says that it stopped the job; false can be untrue. */
  stop(workflowId: number, jobId: string): Promise<boolean>
  /**
   * Whether the server suspends the job, which it does before its next task; also true where it was suspended already.
   */
  suspend(workflowId: number, jobId: string): Promise<boolean>
  /** True, also where the job is not there or not suspended: the server does not say. */
  resume(workflowId: number, jobId: string): Promise<true>
  approve(workflowId: number, jobId: string): Promise<boolean>
  reject(workflowId: number, jobId: string): Promise<boolean>
  /**
   * Whether the server is there, asked over a new connection with a question that costs it nothing and needs no sign-in.
   * Rejects with a `WexflowError` where it does not answer within so many milliseconds.
   */
  hello(withinMs: number): Promise<void>
  /** Whom to tell of each connection that was refused while others were in use: the way to the server bears no more. */
  onRefused(listener: () => void): void
  /** Opens a connection for the next job stream, so that it need not wait for one. Never rejects. */
  warmUp(): Promise<void>
  openJobStream(workflowId: number, jobId: string, listener: JobStreamListener): CloseStream
  openChangeStream(listener: ChangeStreamListener): CloseStream
}
