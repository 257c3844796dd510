import { countAnswer, newestAnswer, pageAnswer } from './page-routes.ts'
import { type Call, findWorkflow, readable, type Route, textFound, withJob, withWorkflow } from './call.ts'
import { jsonDefinition, tasks, xmlDefinition } from './definition-routes.ts'
import { isGuid, noJobId } from './random.ts'
import { jsonAnswer, noBody, notPermitted, type SimAnswer, serverError, textAnswer } from './requests.ts'
import { login, startWithVariables, validateUser } from './body-routes.ts'
import { hasMessages, markMessagesRead, notifyUser, searchMessages } from './message-routes.ts'
import { jobInfo, recordInfo, workflowInfo } from './wire.ts'

const startTakesMs = 4
const stopTakesMs = 20
const suspendTakesMs = 15

/** Every call that the simulated server knows; transcripts show all of them. */
export const routes: readonly Route[] = [
  { method: 'GET', path: 'hello', isOpen: true, answer: hello },
  { method: 'POST', path: 'login', isOpen: true, answer: login },
  { method: 'POST', path: 'validate-token', isOpen: true, answer: validateToken },
  { method: 'POST', path: 'validate-user', answer: validateUser },
  { method: 'GET', path: 'search', answer: (call) => search(call, false) },
  {
    method: 'GET',
    path: 'search-approval-workflows',
    answer: (call) => search(call, true),
  },
  { method: 'GET', path: 'workflow', answer: workflow },
  { method: 'GET', path: 'xml/:workflow', answer: xmlDefinition },
  { method: 'GET', path: 'json/:workflow', answer: jsonDefinition },
  { method: 'GET', path: 'tasks/:workflow', answer: tasks },
  { method: 'GET', path: 'jobs', answer: jobs },
  { method: 'GET', path: 'job', answer: job },
  { method: 'POST', path: 'start', answer: start },
  { method: 'POST', path: 'start-with-variables', answer: startWithVariables },
  { method: 'POST', path: 'stop', answer: stop },
  { method: 'POST', path: 'suspend', answer: suspend },
  { method: 'POST', path: 'resume', answer: resume },
  { method: 'POST', path: 'approve', answer: (call) => decide(call, true) },
  { method: 'POST', path: 'reject', answer: (call) => decide(call, false) },
  { method: 'GET', path: 'entry', answer: entry },
  {
    method: 'GET',
    path: 'entry-logs',
    answer: ({ entries, query }) => log(entries.byId(query.get('id') ?? '')),
  },
  {
    method: 'GET',
    path: 'history-entry-logs',
    answer: ({ history, query, faults }) =>
      log(faults.happens('historyLogEmpty') ? null : history.byId(query.get('id') ?? '')),
  },
  {
    method: 'GET',
    path: 'search-entries-by-page-order-by',
    answer: (call) => pageAnswer(call, call.entries),
  },
  {
    method: 'GET',
    path: 'search-history-entries-by-page-order-by',
    answer: (call) => pageAnswer(call, call.history),
  },
  { method: 'GET', path: 'history-entries-count-by-date', answer: (call) => countAnswer(call, call.history) },
  {
    method: 'GET',
    path: 'history-entry-status-date-max',
    answer: (call) => newestAnswer(call, call.history),
  },
  { method: 'GET', path: 'has-notifications', answer: hasMessages },
  { method: 'GET', path: 'search-notifications', answer: searchMessages },
  { method: 'POST', path: 'mark-notifications-as-read', answer: markMessagesRead },
  { method: 'POST', path: 'notify', answer: notifyUser },
  {
    method: 'GET',
    path: 'status-count',
    answer: ({ run }) => jsonAnswer(run.counts.answer()),
  },
  { method: 'GET', path: 'sse/status-count', isStream: true, answer: changeStream },
  { method: 'GET', path: 'sse/:workflow/:job', isStream: true, answer: jobStream },
]

function hello(): SimAnswer {
  return jsonAnswer({ message: 'Wexflow Service is running...' })
}

function validateToken(): SimAnswer {
  return textAnswer('Invalid or expired token', 401)
}

function search(call: Call, approvalsOnly: boolean): SimAnswer {
  const text = call.query.get('s') ?? ''
  const found = call.workflows.filter(
    (stored) =>
      readable(call, stored.workflow) &&
      textFound(stored.workflow, text) &&
      (!approvalsOnly || stored.workflow.isApproval),
  )
  const twice = call.faults.happens('duplicateWorkflowIds')
  const listed = twice ? [...found, ...found] : found
  return jsonAnswer(listed.map((stored) => workflowInfo(stored, call.run, call.time)))
}

function workflow(call: Call): SimAnswer {
  const found = findWorkflow(call)
  if (found === 'notANumber') return serverError
  if (found === 'unknown') return textAnswer('', 204)
  return readable(call, found.workflow)
    ? jsonAnswer(workflowInfo(found, call.run, call.time))
    : textAnswer('')
}

function jobs(call: Call): SimAnswer {
  const found = findWorkflow(call)
  if (found === 'notANumber') return serverError
  if (found === 'unknown' || !readable(call, found.workflow)) return textAnswer('')
  const running = call.run.table.runningOf(found.workflow.id)
  return jsonAnswer(running.map((one) => jobInfo(found, one, call.time)))
}

function job(call: Call): SimAnswer {
  const found = findWorkflow(call)
  if (found === 'notANumber') return serverError
  if (found === 'unknown' || !readable(call, found.workflow)) return textAnswer('')
  const one = call.run.table.find(found.workflow.id, call.query.get('i') ?? '')
  return one ? jsonAnswer(jobInfo(found, one, call.time)) : textAnswer('')
}

function start(call: Call): SimAnswer {
  const takesMs = startTakesMs + call.faults.delay('slowStartMs')
  return withWorkflow(call, jsonAnswer(noJobId, 200, takesMs), (found) =>
    jsonAnswer(call.start(found), 200, takesMs),
  )
}

function stop(call: Call): SimAnswer {
  return withJob(call, (id, jobId) => jsonAnswer(call.run.stops.stop(id, jobId), 200, stopTakesMs))
}

function suspend(call: Call): SimAnswer {
  return withJob(call, (id, jobId) => jsonAnswer(call.run.jobs.suspend(id, jobId), 200, suspendTakesMs))
}

function resume(call: Call): SimAnswer {
  return withWorkflow(call, noBody, (found) => {
    call.run.jobs.resume(found.id, call.query.get('i') ?? '')
    return noBody
  })
}

function decide(call: Call, isApproved: boolean): SimAnswer {
  return withJob(call, (id, jobId) => jsonAnswer(call.run.jobs.decide(id, jobId, isApproved)))
}

/** Answered to an administrator for every workflow, granted or not; to a restricted user for none. */
function entry(call: Call): SimAnswer {
  const jobId = call.query.get('i')
  if (jobId !== null && !isGuid(jobId)) return jsonAnswer(false)
  if (call.faults.happens('entrySaysFalse')) return jsonAnswer(false)
  if (call.user.profile === 'restricted') return jsonAnswer(null)
  const record = call.entries.ofJob(Number(call.query.get('w')), jobId?.toLowerCase() ?? null)
  return jsonAnswer(record && recordInfo(record, call.entries))
}

function log(record: { log: string } | null): SimAnswer {
  return jsonAnswer(record?.log ?? '')
}

function changeStream({ run }: Call): SimAnswer {
  return { kind: 'changeStream', open: (sink) => run.streams.openChangeStream(sink) }
}

function jobStream(call: Call): SimAnswer {
  const [workflowId, jobId] = call.places
  const found = findWorkflow(call, workflowId)
  if (found === 'notANumber') return textAnswer('', 404)
  if (found === 'unknown') {
    return {
      kind: 'answer',
      delayMs: 0,
      status: 400,
      headers: { 'Content-Length': '0', Connection: 'close' },
      body: '',
    }
  }
  if (!readable(call, found.workflow)) return notPermitted
  return {
    kind: 'jobStream',
    open: (sink) => call.run.streams.openJobStream(found.workflow.id, jobId ?? '', sink),
  }
}
