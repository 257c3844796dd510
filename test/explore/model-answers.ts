import { entryPage } from '../entry-page.ts'
import type { Entry, WexflowServer, WireStatus, WorkflowInfo } from '../../src/main/wexflow/server.ts'
import type { ModelRun, ServerState } from './server-model.ts'

/** What the model of the server answers when it is asked. */

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

const entryOf = (id: number, status: WireStatus, date: number): Entry => ({
  id: String(id),
  workflowId: 1,
  name: 'Import orders',
  status,
  rawStatus: statusNumber[status],
  statusDate: String(date),
})

const rowOf = ({ entry }: ModelRun): Entry[] =>
  entry === null ? [] : [entryOf(entry.id, entry.status, entry.change)]

function linesOf(run: ModelRun | undefined): string[] {
  if (run === undefined || run.log === 'empty') return []
  const begun = run.log.names === null ? 'Task started.' : `Workflow started - Instance Id: ${run.log.names}`
  return [`2026-11-25 21:00:00.000  INFO - [Import orders / 1] ${begun}`]
}

/** What changes something is an event of the model. */
function unasked(): never {
  throw new Error('not asked for by the model’s app')
}

const isListed = ({ phase, isHidden }: ModelRun): boolean => phase === 'running' && !isHidden

/**
 * The server as the app asks it. What changes something is an event of the model and can't be asked for.
 * @param onAsked called when an answer, other than a log, is on its way: something may happen before it arrives
 */
export function serverOf(state: ServerState, onAsked: () => void): WexflowServer {
  /** What is answered is what was true when it was asked. */
  const told = <Answer>(answer: Answer): Promise<Answer> => {
    onAsked()
    return Promise.resolve(answer)
  }
  const infoOf = (run: ModelRun): WorkflowInfo => ({
    id: 1,
    name: 'Import orders',
    description: '',
    isEnabled: true,
    isApproval: false,
    enableParallelJobs: state.kind === 'parallel',
    launchType: 'trigger',
    schedule: null,
    lastStart: null,
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
    answeredAt: Number.NEGATIVE_INFINITY,
    workflows: () => Promise.resolve([]),
    workflow: () => told(toWorkflow(last(), infoOf)),
    runningJobs: () => told(state.runs.filter(isListed).map(infoOf)),
    job: (_, jobId) => {
      const run = state.runs.find(({ id }) => id === jobId)
      const isKept = run !== undefined && (run.phase === 'running' || run === last())
      const isStuck = run?.phase === 'ended' && run.entry?.status !== run.fate
      return told(isKept && !isStuck ? infoOf(run) : null)
    },
    entry: (_, jobId) => told(state.runs.filter(({ id }) => id === jobId).flatMap(rowOf)[0] ?? null),
    entryLog: (entryId) =>
      Promise.resolve(linesOf(state.runs.find(({ entry }) => String(entry?.id) === entryId))),
    entries: (page, count) => {
      const newestFirst = state.runs
        .flatMap(rowOf)
        .toSorted((x, y) => Number(y.statusDate) - Number(x.statusDate))
      return told(entryPage(newestFirst, page, count))
    },
    history: (_, page, count) => {
      const rows = state.runs.flatMap(({ history }) =>
        history === null ? [] : [entryOf(history.id, history.status, history.id)],
      )
      const newestFirst = rows.toSorted((x, y) => Number(y.id) - Number(x.id))
      return told(entryPage(newestFirst, page, count))
    },
    historyLog: (rowId) =>
      Promise.resolve(linesOf(state.runs.find(({ history }) => String(history?.id) === rowId))),
    wholeLog: unasked,
    statusCounts: unasked,
    start: unasked,
    stop: unasked,
    suspend: unasked,
    resume: unasked,
    approve: unasked,
    reject: unasked,
    warmUp: () => Promise.resolve(),
    onRefused: () => undefined,
    hello: () => Promise.resolve(),
    openJobStream: unasked,
    openChangeStream: unasked,
  }
}

const toWorkflow = (
  run: ModelRun | undefined,
  infoOf: (run: ModelRun) => WorkflowInfo,
): WorkflowInfo | null => (run === undefined ? null : infoOf(run))
