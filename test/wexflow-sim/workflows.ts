/** How a job of a workflow ends when nobody interferes. */
type SimOutcome = 'Done' | 'Failed' | 'Warning'

/** The launch types of Wexflow, in the order of their numbers on the wire. */
export const launchTypes = ['startup', 'trigger', 'periodic', 'cron'] as const

type LaunchType = (typeof launchTypes)[number]

/** How long a job works, in milliseconds, and how it ends when nobody interferes. */
export interface JobFate {
  readonly durationMs: number
  readonly outcome: SimOutcome
}

/** The values of a start's variables, by their names. */
export type Variables = Readonly<Record<string, string>>

/** What a task writes into the log, its name in brackets first, `$name` for a variable: an INFO, or an ERROR (of warnings, too). */
export type LogLine = string | { readonly error: string }

/** A task of a workflow's definition. What its settings say changes nothing; a `$name` in them is a variable of a start. */
export interface SimTask {
  readonly name: string
  readonly description: string
  readonly settings: Readonly<Record<string, string>>
}

/** A workflow of the simulated server: what it says about itself and what its jobs do. */
export interface SimWorkflow {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly isEnabled: boolean
  readonly isApproval: boolean
  readonly enableParallelJobs: boolean
  /** A `startup` workflow runs at every start of the server. */
  readonly launchType: LaunchType
  /**
   * How often the server starts it by itself, in milliseconds; null: never. A periodic workflow for the first time as
   * the server starts, a cron workflow when the server's clock shows a multiple of it.
   */
  readonly everyMs: number | null
  /** Of a cron workflow; null for every other. */
  readonly cronExpression: string | null
  /** Of a periodic workflow, `dd.hh:mm:ss`; zero for every other. */
  readonly period: string
  /** Local variables; a REST variable of the same name is ignored by the server. */
  readonly variables: Readonly<Record<string, string>>
  /** From the beginning of the job (or from its approval) to its end, in milliseconds. */
  readonly durationMs: number
  readonly outcome: SimOutcome
  /** What the log says between its first and its last line. */
  readonly logLines: readonly LogLine[]
  /** The job waits for an approval, this many milliseconds after it began; null: it never waits. */
  readonly waitsForApprovalAfterMs: number | null
  /** The administrators who may use it; a super administrator always may, a restricted user never. */
  readonly grantedTo: 'everyone' | readonly string[]
  /** How often `search` lists it: one row for each stored version. */
  readonly storedVersions: number
  /** The names of the later stored versions, where they are others; the server runs the first version. */
  readonly laterVersionNames: readonly string[]
  /** What its definition says it does. */
  readonly tasks: readonly SimTask[]
}

/** A workflow with everything that matters to a test, and the usual values for the rest. */
export function simWorkflow(
  definition: Pick<SimWorkflow, 'id' | 'name'> & Partial<SimWorkflow>,
): SimWorkflow {
  return {
    description: definition.name,
    isEnabled: true,
    isApproval:
      definition.waitsForApprovalAfterMs !== undefined && definition.waitsForApprovalAfterMs !== null,
    enableParallelJobs: true,
    launchType: 'trigger',
    everyMs: null,
    cronExpression: null,
    period: '00.00:00:00',
    variables: {},
    durationMs: 1000,
    outcome: 'Done',
    logLines: [],
    waitsForApprovalAfterMs: null,
    grantedTo: 'everyone',
    storedVersions: 1,
    laterVersionNames: [],
    tasks: [{ name: 'Wait', description: 'Waits', settings: { duration: '00.00:00:01' } }],
    ...definition,
  }
}
