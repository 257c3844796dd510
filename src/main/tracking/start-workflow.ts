import type { FailureKind } from '../../shared/failure.ts'
import type { Reason } from '../../shared/outcome.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord, isStrangers, isStumble } from '../wexflow/failures.ts'
import type { StartVariable, WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import type { EntryMark } from './entry-mark.ts'
import type { Fact } from './facts.ts'
import type { HistorySearch } from './reads/history-search.ts'
import { starting } from './policy.ts'

/** What a start that the server did not carry out is told as. */
const reasonOf: Readonly<Record<FailureKind, Reason>> = {
  badAddress: 'unreachable',
  noSuchHost: 'unreachable',
  refused: 'unreachable',
  timedOut: 'unreachable',
  unreachable: 'unreachable',
  notHttps: 'unreachable',
  tlsUntrusted: 'unreachable',
  tlsExpired: 'unreachable',
  tlsOtherName: 'unreachable',
  tlsTooOld: 'unreachable',
  tlsChanged: 'unreachable',
  badCaFile: 'unreachable',
  badClientCertificate: 'unreachable',
  clientCertificateNeeded: 'unreachable',
  badProxyAddress: 'unreachable',
  proxyUnreachable: 'unreachable',
  proxySignIn: 'unreachable',
  proxyRefused: 'unreachable',
  proxyUnsupported: 'unreachable',
  frontSignIn: 'unreachable',
  frontSignInPassedOn: 'unreachable',
  notWexflow: 'serverError',
  portal: 'unreachable',
  gateway: 'unreachable',
  busy: 'unreachable',
  badCredentials: 'signInExpired',
  signInExpired: 'signInExpired',
  keychainLocked: 'signInExpired',
  keychainAway: 'signInExpired',
  forbidden: 'forbidden',
  noStream: 'serverError',
  serverError: 'serverError',
  badAnswer: 'serverError',
  wishRefused: 'serverError',
  tooLarge: 'serverError',
}

function refusal(error: unknown, { onRefused }: Pick<StartOptions, 'onRefused'>): Fact {
  if (!(error instanceof WexflowError)) throw error
  onRefused?.(error)
  return { kind: 'startRefused', reason: reasonOf[error.failure.kind], detail: error.failure.kind }
}

export interface StartOptions {
  readonly server: WexflowServer
  readonly history: HistorySearch
  readonly entryMark: EntryMark
  readonly variables?: readonly StartVariable[]
  /** Puts the intent, with what ran before, on disk; resolves when it is there. */
  readonly remember: (before: BeforeStart) => Promise<void>
  /** Called as the request goes out, and again where it goes out anew. */
  readonly onSend?: () => void
  /** Called with why nothing was started, where it was not the server that said so. */
  readonly onRefused?: (error: WexflowError) => void
}

/** What is known of a workflow before a start of it. */
export interface BeforeStart {
  readonly runningBefore: readonly string[]
  /** The newest row of the history; empty: there was none; null: not known. */
  readonly historyMark: string | null
  /** The greatest id of an entry; null: not known, or ids are no numbers. */
  readonly entryMark: string | null
  /** When the marks were asked for, in milliseconds since 1970; null where that of the entries is an older one. */
  readonly markedAt: number | null
  readonly isParallel: boolean
  /** Whether the server has the workflow, and lets this user see it. */
  readonly isThere: boolean
}

/**
 * What the all-zero job id means: the server says it for three different things. Told by the workflow as it was read
 * before the start; null: there is none. One that was disabled since is held for queued, and
 * then for one whose queue stands still.
 */
function withoutJobId(workflow: WorkflowInfo | null): Fact {
  if (workflow === null) return { kind: 'startRefused', reason: 'unknownWorkflow', detail: '' }
  if (workflow.enableParallelJobs) return { kind: 'startRefused', reason: 'refused', detail: '' }
  return { kind: 'startQueued' }
}

/**
 * What it means that a start which may have reached the server has no answer. What is not there was not started, whatever
 * the answer (an administrator's is a 500) would have been.
 */
export const withoutAnswer = ({ isThere }: Pick<BeforeStart, 'isThere'>, detail: string): Fact =>
  isThere ? { kind: 'startAnswerLost', detail } : withoutJobId(null)

/**
 * The jobs that can't be this start: those that run, and those in the history up to its mark. Asked in this order, so
 * that one which ends in between is among both rather than none.
 */
async function whatWentBefore(
  workflow: Pick<WorkflowInfo, 'id'>,
  { server, history, entryMark: entries }: StartOptions,
): Promise<Omit<BeforeStart, 'isParallel' | 'isThere'>> {
  const askedAt = performance.now()
  const running = await patiently(() => server.runningJobs(workflow.id))
  // Where that answer was slow these will be, and it is worth waiting for them.
  const withinMs = Math.max(starting.optionalWithin, 2 * (performance.now() - askedAt))
  const markedAt = Date.now()
  const [historyMark, entryMark] = await Promise.all([
    optional(() => history.mark(), withinMs),
    optional(() => entries.read(), withinMs),
  ])
  return {
    runningBefore: (running ?? []).flatMap(({ jobId }) => jobId ?? []),
    historyMark,
    entryMark: entryMark ?? entries.recent,
    markedAt: entryMark === null ? null : markedAt,
  }
}

/**
 * Asks again a little later where the server stumbled: that alone must not refuse a start. Where no answer came in time
 * it does: nobody shall wait for that long three times over.
 */
async function patiently<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  for (let left: number = starting.mostRepeats; ; left -= 1) {
    try {
      return await question()
    } catch (error) {
      if (left === 0 || !(error instanceof WexflowError) || !isStumble(error.failure)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, starting.repeatAfter))
  }
}

/** What a start can do without must not hold it: null where it does not come in time, or not at all. */
const optional = <Answer>(question: () => Promise<Answer>, withinMs: number): Promise<Answer | null> =>
  Promise.race([patiently(question).catch(withoutMark), nothingAfter(withinMs)])

const nothingAfter = (ms: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref()
  })

/**
 * Without a mark a lost start is not looked for in the history; the start itself does not need it. Whatever answers in
 * the server's place there, as a firewall that refuses such calls: the other reads tell whether the server is there.
 */
function withoutMark(error: unknown): null {
  if (!(error instanceof WexflowError)) throw error
  const { failure } = error
  if (isServersWord(failure) || isStrangers(failure) || failure.kind === 'timedOut') return null
  throw error
}

/**
 * Starts a workflow, once: what the server is asked before, the intent on disk, the request, and what its answer
 * means. Never rejects on a failure of the server, and never sends the request again: a start whose answer was lost
 * may have been carried out.
 */
export async function startWorkflow(
  workflow: Pick<WorkflowInfo, 'id' | 'name'>,
  options: StartOptions,
): Promise<Fact> {
  const { server, remember, variables = [], onSend } = options
  // Only for speed: the stream of the job that is to come need not wait for a connection.
  void server.warmUp()
  let known: WorkflowInfo | null
  try {
    const [read, before] = await Promise.all([
      patiently(() => server.workflow(workflow.id)),
      whatWentBefore(workflow, options),
    ])
    // Nothing is known of a workflow that is gone and of one that is no longer permitted: the start tells which.
    if (read?.isEnabled === false) return { kind: 'startRefused', reason: 'disabled', detail: '' }
    known = read
    await remember({ ...before, isParallel: read?.enableParallelJobs ?? false, isThere: read !== null })
  } catch (error) {
    return refusal(error, options)
  }

  try {
    const answer = await server.start(workflow.id, variables, onSend)
    return answer.kind === 'started' ? { kind: 'startAnswered', jobId: answer.jobId } : withoutJobId(known)
  } catch (error) {
    if (!(error instanceof WexflowError) || !error.mayHaveReached) return refusal(error, options)
    return withoutAnswer({ isThere: known !== null }, error.failure.kind)
  }
}
