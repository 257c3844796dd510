import type { Entry, WexflowServer, WireStatus, WorkflowInfo } from '../../src/main/wexflow/server.ts'

/**
 * A small Wexflow server with one workflow, as pure state: what it knows, and what can happen to it. What stands in
 * docs/job-ends.md of real servers is what it can do; nothing here has a clock.
 */

/** How the workflow runs its jobs: one at a time with a queue, or side by side. */
export type WorkflowKind = 'queue' | 'parallel'

/** Whose wish a run carries out: the first or the second start of the app, or somebody else's. */
export type Owner = 'a' | 'b' | 'other'

/** Each run ends in its owner's own way, so that an end that is told of the wrong run shows. */
const endOf: Readonly<Record<Owner, WireStatus>> = { a: 'Done', b: 'Failed', other: 'Warning' }

/** What the first line of a run's log names: its own id, nothing, another run's id; or there is no line at all. */
type LogName = { readonly names: string | null } | 'empty'

/** One run, and what the server stored of it. */
export interface ModelRun {
  readonly id: string
  readonly owner: Owner
  /** `waiting`: taken, and not begun; `dropped`: it never began; `killed`: it died with the server. */
  phase: 'waiting' | 'running' | 'ended' | 'dropped' | 'killed'
  /** How it truly ended; null while it did not, and where nobody can know. */
  fate: WireStatus | null
  /** The record in this run of the server. */
  entry: { id: number; status: WireStatus; change: number } | null
  history: { readonly id: number; readonly status: WireStatus } | null
  log: LogName
  isHidden: boolean
  /** Whether its stop has still to be written down. */
  isRecordDue: boolean
}

/** What became of the request that a start of the app is. */
interface ModelRequest {
  /** `dropped`: it never reached the server. */
  state: 'unsent' | 'onTheWay' | 'served' | 'over' | 'dropped'
  /** The answer: a job's id, or null for the all-zero one. */
  answer: string | null
}

export interface ServerState {
  readonly kind: WorkflowKind
  /** The number of the server's run. */
  serverRun: number
  runs: ModelRun[]
  queue: Owner[]
  /** Ids of jobs, entries and rows, and changes, are counted. */
  nextId: number
  nextEntry: number
  nextRow: number
  nextChange: number
  /** The workflow begins nothing any more. */
  isDead: boolean
  requests: Record<'a' | 'b', ModelRequest>
}

export const newServer = (kind: WorkflowKind): ServerState => ({
  kind,
  serverRun: 1,
  runs: [],
  queue: [],
  nextId: 1,
  nextEntry: 1,
  nextRow: 1,
  nextChange: 1,
  isDead: false,
  requests: { a: { state: 'unsent', answer: null }, b: { state: 'unsent', answer: null } },
})

/** How the server takes a start that reaches it. */
export type Taking =
  /** As it should: with an id, or, behind a running job, with the all-zero one. */
  | 'plainly'
  /** With an id that never exists: the run has another one, or waits in the queue without a word. */
  | 'underAnotherId'
  /** With an id although another job is about to run: it waits for that one's end. */
  | 'atTheSameMoment'

/** What comes of a stop where starts wait in the queue; without one it is always `true`. */
export type Stopping =
  /** It says true, and nothing else happens. */
  | 'true'
  /** It says true, and the queue's next job is listed nowhere. */
  | 'hidesNext'
  /** It says false, and the record of the stopped job says Running for ever. */
  | 'false'
  /** It says true, and the queue's next job is stopped too as soon as it has begun, with an empty log. */
  | 'stopsNextToo'
  /** It says false, the record says Running for ever; the next is stopped too, and its log names the one before. */
  | 'stopsNextInItsName'

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function takeId(state: ServerState): string {
  const id = idOf(state.nextId)
  state.nextId += 1
  return id
}

function addRun(state: ServerState, owner: Owner, id: string): ModelRun {
  const run: ModelRun = {
    id,
    owner,
    phase: 'waiting',
    fate: null,
    entry: null,
    history: null,
    log: { names: id },
    isHidden: false,
    isRecordDue: false,
  }
  state.runs.push(run)
  return run
}

const isAlive = ({ phase }: ModelRun): boolean => phase === 'waiting' || phase === 'running'

/** Whether a start would be queued now. */
export const isBusy = (state: ServerState): boolean =>
  state.kind === 'queue' && (state.queue.length > 0 || state.runs.some(isAlive)) && !state.isDead

/** A start of the app reaches the server. */
export function serve(state: ServerState, owner: 'a' | 'b', taking: Taking): void {
  const request = state.requests[owner]
  request.state = 'served'
  if (taking === 'plainly') request.answer = take(state, owner)
  else {
    request.answer = takeId(state)
    if (taking === 'atTheSameMoment') addRun(state, owner, request.answer)
    else take(state, owner)
  }
}

/** Answers the id of the run, or null where the start was queued. */
export function take(state: ServerState, owner: Owner): string | null {
  if (!isBusy(state)) return addRun(state, owner, takeId(state)).id
  state.queue.push(owner)
  return null
}

/** The runs that may begin now. */
export const beginnable = (state: ServerState): ModelRun[] => {
  if (state.isDead) return []
  const waiting = state.runs.filter(({ phase }) => phase === 'waiting')
  if (state.kind === 'parallel') return waiting
  return state.runs.some(({ phase }) => phase === 'running') ? [] : waiting.slice(0, 1)
}

/** A run begins: its entry is there. */
export function begin(state: ServerState, run: ModelRun): void {
  run.phase = 'running'
  run.entry = { id: state.nextEntry, status: 'Running', change: 0 }
  state.nextEntry += 1
  mark(state, run, 'Running')
}

function mark(state: ServerState, { entry }: ModelRun, status: WireStatus): void {
  if (entry === null) return
  entry.status = status
  entry.change = state.nextChange
  state.nextChange += 1
}

function writeHistory(state: ServerState, run: ModelRun, status: WireStatus): void {
  run.history = { id: state.nextRow, status }
  state.nextRow += 1
}

/** A run ends by itself: its record is complete before anybody hears of it. */
export function end(state: ServerState, run: ModelRun): void {
  run.phase = 'ended'
  run.fate = endOf[run.owner]
  mark(state, run, run.fate)
  writeHistory(state, run, run.fate)
  takeNext(state)
}

/** The queue's next start gets a run. */
function takeNext(state: ServerState): ModelRun | null {
  if (state.isDead || state.runs.some(isAlive)) return null
  const owner = state.queue.shift()
  return owner === undefined ? null : addRun(state, owner, takeId(state))
}

/** A running job is stopped. Answers what the server says of it. */
export function stop(state: ServerState, run: ModelRun, stopping: Stopping): boolean {
  run.phase = 'ended'
  run.fate = 'Stopped'
  run.isRecordDue = stopping !== 'false' && stopping !== 'stopsNextInItsName'
  // Another start that was taken at the same moment waits for a turn that nobody gives it any more.
  state.isDead = state.kind === 'queue' && state.runs.some(({ phase }) => phase === 'waiting')
  const next = takeNext(state)
  if (next === null) return true
  if (stopping === 'hidesNext') {
    next.isHidden = true
    next.log = { names: null }
  }
  if (stopping === 'stopsNextToo' || stopping === 'stopsNextInItsName') {
    begin(state, next)
    next.phase = 'ended'
    next.fate = 'Stopped'
    next.log = stopping === 'stopsNextToo' ? 'empty' : { names: run.id }
    mark(state, next, 'Stopped')
    writeHistory(state, next, 'Stopped')
    takeNext(state)
  }
  return stopping === 'true' || stopping === 'hidesNext' || stopping === 'stopsNextToo'
}

/** The record of a stop is written, a little after the stop. */
export function writeStop(state: ServerState, run: ModelRun): void {
  run.isRecordDue = false
  mark(state, run, 'Stopped')
  writeHistory(state, run, 'Stopped')
}

/** The server restarts: only the history stays. */
export function restart(state: ServerState): void {
  state.serverRun += 1
  state.queue = []
  state.isDead = false
  for (const run of state.runs) {
    if (run.phase === 'waiting') run.phase = 'dropped'
    if (run.phase === 'running') run.phase = 'killed'
    run.entry = null
    run.isRecordDue = false
  }
}

const isListed = ({ phase, isHidden }: ModelRun): boolean => phase === 'running' && !isHidden

const entryOf = (id: number, status: WireStatus, date: number): Entry => ({
  id: String(id),
  workflowId: 1,
  name: 'Import orders',
  status,
  rawStatus: statusNumber[status],
  statusDate: String(date),
})

const linesOf = (run: ModelRun | undefined): string[] => {
  if (run === undefined || run.log === 'empty') return []
  const begun = run.log.names === null ? 'Task started.' : `Workflow started - Instance Id: ${run.log.names}`
  return [`2026-11-25 21:00:00.000  INFO - [Import orders / 1] ${begun}`]
}
const unasked = (): never => {
  throw new Error('an event of the model')
}

const rowOf = ({ entry }: ModelRun): Entry[] =>
  entry === null ? [] : [entryOf(entry.id, entry.status, entry.change)]

/** The server as the app asks it. What changes something is an event of the model and can't be asked for. */
export function serverOf(state: ServerState): WexflowServer {
  const infoOf = (run: ModelRun): WorkflowInfo => ({
    id: 1,
    name: 'Import orders',
    description: '',
    isEnabled: true,
    isApproval: false,
    enableParallelJobs: state.kind === 'parallel',
    isRunning: run.phase === 'running',
    isPaused: false,
    isWaitingForApproval: false,
    jobId: run.id,
    status: run.phase === 'running' ? 'Running' : run.fate,
  })
  const last = (): ModelRun | undefined =>
    state.runs
      .filter(({ entry }) => entry !== null)
      .toSorted((x, y) => (x.entry?.id ?? 0) - (y.entry?.id ?? 0))
      .at(-1)
  return {
    workflows: () => Promise.resolve([]),
    workflow: () => Promise.resolve(toWorkflow(last(), infoOf)),
    runningJobs: () => Promise.resolve(state.runs.filter(isListed).map(infoOf)),
    job: (_, jobId) => {
      const run = state.runs.find(({ id }) => id === jobId)
      const isKept = run !== undefined && (run.phase === 'running' || run === last())
      const isStuck = run?.phase === 'ended' && run.entry?.status !== run.fate
      return Promise.resolve(isKept && !isStuck ? infoOf(run) : null)
    },
    entry: (_, jobId) =>
      Promise.resolve(state.runs.filter(({ id }) => id === jobId).flatMap(rowOf)[0] ?? null),
    entryLog: (entryId) =>
      Promise.resolve(linesOf(state.runs.find(({ entry }) => String(entry?.id) === entryId))),
    entries: (page) =>
      Promise.resolve(
        page > 1
          ? []
          : state.runs.flatMap(rowOf).toSorted((x, y) => Number(y.statusDate) - Number(x.statusDate)),
      ),
    history: (_, page, count) => {
      const rows = state.runs.flatMap(({ history }) =>
        history === null ? [] : [entryOf(history.id, history.status, history.id)],
      )
      const newestFirst = rows.toSorted((x, y) => Number(y.id) - Number(x.id))
      return Promise.resolve(newestFirst.slice((page - 1) * count, page * count))
    },
    historyLog: (rowId) =>
      Promise.resolve(linesOf(state.runs.find(({ history }) => String(history?.id) === rowId))),
    start: unasked,
    stop: unasked,
    approve: unasked,
    reject: unasked,
    warmUp: () => Promise.resolve(),
    openJobStream: unasked,
    openChangeStream: unasked,
  }
}

const toWorkflow = (
  run: ModelRun | undefined,
  infoOf: (run: ModelRun) => WorkflowInfo,
): WorkflowInfo | null => (run === undefined ? null : infoOf(run))

/** Statuses as entries say them. */
const statusNumber: Readonly<Record<WireStatus, string>> = {
  Pending: '0',
  Running: '1',
  Done: '2',
  Failed: '3',
  Warning: '4',
  Disabled: '5',
  Stopped: '6',
  Rejected: '7',
}
