import { z } from 'zod'
import { pages, type RequestOutput, type Result, signInFormSchema, viewSchema } from './ipc.ts'
import { type Settings, settingsSchema } from './settings.ts'

const serverId = z.string().max(100)
const key = z.string().max(100)
const workflowId = z.number().int()

/** What a person can wish for, and what each wish has to say. What concerns a server names it by its profile's id. */
const details = {
  /** Signs in to one server more, or anew to one that is known, and shows the jobs. */
  signIn: { form: signInFormSchema },
  /** Signs out and forgets the password. */
  signOut: { serverId },
  /** Starts a workflow. What goes wrong is the job's outcome; without a sign-in there is no job, but the form. */
  startWorkflow: { serverId, workflowId },
  /** Puts a workflow among the favourites or takes it away from them. */
  setFavourite: { serverId, workflowId, isFavourite: z.boolean() },
  /** The workflows are about to be looked at: reads them anew. */
  refreshWorkflows: {},
  stopJob: { key },
  approveJob: { key },
  rejectJob: { key },
  /** Reads a job's log; what it tells about the job is kept. Empty while the job runs. */
  jobLog: { key },
  /** Answers the settings as they hold from now on. */
  saveSettings: { settings: settingsSchema },
  /** Remembers where in the window the person is. */
  saveView: { view: viewSchema },
  /** Rejects where the system has nothing that opens it. */
  openLogFile: {},
  copyDiagnostics: {},
  /** Brings the window to the front at the page where it was left. */
  showWindow: {},
  /** Brings the window to the front at a page, and there at a job. */
  show: { page: z.enum(pages), key: key.nullable() },
  quit: {},
} as const satisfies Record<string, Readonly<Record<string, z.ZodType>>>

export type CommandKind = keyof typeof details

/** A wish of a person; of one kind where that is given. */
export type Command<Kind extends CommandKind = CommandKind> = {
  readonly [One in Kind]: { readonly kind: One } & {
    readonly [Name in keyof (typeof details)[One]]: (typeof details)[One][Name] extends z.ZodType<infer Value>
      ? Value
      : never
  }
}[Kind]

/** What is answered to a command; `void` to one that can't go wrong, or whose failure is told elsewhere. */
export interface CommandAnswers {
  readonly signIn: Result
  readonly signOut: void
  readonly startWorkflow: void
  readonly setFavourite: void
  readonly refreshWorkflows: void
  readonly stopJob: Result
  readonly approveJob: Result
  readonly rejectJob: Result
  readonly jobLog: RequestOutput<'jobLog'>
  readonly saveSettings: Settings
  readonly saveView: void
  readonly openLogFile: void
  readonly copyDiagnostics: void
  readonly showWindow: void
  readonly show: void
  readonly quit: void
}

/** Carries out a command. Rejects only for a fault of the app, or where the command says so. */
export type Run = <Kind extends CommandKind>(command: Command<Kind>) => Promise<CommandAnswers[Kind]>
