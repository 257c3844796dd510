import type { Faults } from './faults.ts'
import type { Messages } from './messages.ts'
import { isGuid } from './random.ts'
import type { Records } from './records.ts'
import { jsonAnswer, notPermitted, type PlainAnswer, type SimAnswer, serverError } from './requests.ts'
import type { ServerRun } from './server-run.ts'
import type { ServerTime } from './server-time.ts'
import type { Tokens } from './tokens.ts'
import { maySee, type SimUser } from './users.ts'
import type { StoredWorkflow } from './stored-workflows.ts'
import type { SimWorkflow, Variables } from './workflows.ts'

/** One call of a user with everything that an answer may need. */
export interface Call {
  readonly query: URLSearchParams
  readonly body: string
  /** What a test calls this start. */
  readonly startName: string | null
  /** The parts of the path that the route leaves open. */
  readonly places: readonly string[]
  readonly user: SimUser
  readonly users: readonly SimUser[]
  readonly workflows: readonly StoredWorkflow[]
  readonly run: ServerRun
  readonly entries: Records
  readonly history: Records
  readonly messages: Messages
  readonly tokens: Tokens
  readonly faults: Faults
  readonly time: ServerTime
  /** Starts a workflow for this user, and counts it. */
  start(workflow: SimWorkflow, variables?: Variables): string
}

/** A call that the server knows. */
export interface Route {
  readonly method: string
  /** Below `/api/v1/`; a part that begins with a colon is left open. */
  readonly path: string
  /** Needs no sign-in. */
  readonly isOpen?: true
  readonly isStream?: true
  answer(call: Call): SimAnswer
}

/** The workflow that a call names, by default in its query. */
export function findWorkflow(
  { query, workflows }: Call,
  text: string | null | undefined = query.get('w'),
): StoredWorkflow | 'notANumber' | 'unknown' {
  if (!text || !/^-?\d+$/.test(text)) return 'notANumber'
  return workflows.find(({ workflow }) => workflow.id === Number(text)) ?? 'unknown'
}

export function readable({ user }: Call, workflow: SimWorkflow): boolean {
  return maySee(user, workflow)
}

/** `search` looks into name and description. */
export function textFound({ name, description }: SimWorkflow, text: string): boolean {
  return `${name}\n${description}`.toUpperCase().includes(text.toUpperCase())
}

/** Does something with the named workflow if the user may; a restricted user may not even where it is unknown. */
export function withWorkflow(
  call: Call,
  unknown: PlainAnswer,
  work: (workflow: SimWorkflow) => SimAnswer,
): SimAnswer {
  const found = findWorkflow(call)
  if (found === 'notANumber') return serverError
  if (call.user.profile === 'restricted') return notPermitted
  if (found === 'unknown') return call.user.profile === 'administrator' ? serverError : unknown
  return readable(call, found.workflow) ? work(found.workflow) : notPermitted
}

/** Does something with the named job; false where there is none. */
export function withJob(call: Call, work: (workflowId: number, jobId: string) => SimAnswer): SimAnswer {
  const jobId = call.query.get('i') ?? ''
  return withWorkflow(call, jsonAnswer(false), ({ id }) =>
    isGuid(jobId) ? work(id, jobId) : jsonAnswer(false),
  )
}
