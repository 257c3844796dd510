import { z } from 'zod'
import { appStateSchema } from './app-state.ts'
import { failureSchema } from './failure.ts'
import { jobViewSchema } from './job-view.ts'
import { evidenceSchema } from './outcome.ts'
import { settingsSchema } from './settings.ts'
import { toldSchema } from './told.ts'

/**
 * The contract between the window and main. Every channel is named here once, with the schema of what goes in and
 * what comes out; the preload's functions and main's handlers are derived from it, so that a missing or misspelt
 * channel does not compile.
 */

/** The answer to a wish that the server may refuse. */
const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])
export type Result = z.infer<typeof resultSchema>

const jobKeySchema = z.object({ key: z.string().max(100) })

export const pages = ['connect', 'jobs', 'settings'] as const
/** What the window remembers of itself while it is destroyed. */
export const viewSchema = z.object({
  page: z.enum(pages),
  selectedKey: z.string().max(100).nullable(),
  scrollTop: z.number().min(0),
})
export type View = z.infer<typeof viewSchema>

export const signInFormSchema = z.object({
  address: z.string().max(2000),
  username: z.string().max(500),
  password: z.string().max(2000),
  staySignedIn: z.boolean(),
})
export type SignInForm = z.infer<typeof signInFormSchema>

const nothing = z.undefined()
const noAnswer = z.void()

/** What the window may ask of main: channel -> schema of the request and of the answer. */
export const requests = {
  /** Everything the window needs for its first picture, in one call. */
  snapshot: {
    in: nothing,
    out: z.object({
      state: appStateSchema,
      jobs: z.array(jobViewSchema),
      settings: settingsSchema,
      view: viewSchema,
      version: z.string(),
    }),
  },
  connect: { in: signInFormSchema, out: resultSchema },
  signOut: { in: nothing, out: noAnswer },
  startWorkflow: { in: z.object({ workflowId: z.number().int() }), out: noAnswer },
  setFavourite: { in: z.object({ workflowId: z.number().int(), isFavourite: z.boolean() }), out: noAnswer },
  stopJob: { in: jobKeySchema, out: resultSchema },
  approveJob: { in: jobKeySchema, out: resultSchema },
  rejectJob: { in: jobKeySchema, out: resultSchema },
  /** What was observed of the job, oldest first: the reasoning behind its outcome. Empty where the job is not known. */
  jobEvidence: { in: jobKeySchema, out: z.array(evidenceSchema) },
  /** What the person was told last of how the job ended; null where nothing was. */
  jobTold: { in: jobKeySchema, out: toldSchema.nullable() },
  /** The job's log as the server stores it; empty while it runs. */
  jobLog: {
    in: jobKeySchema,
    out: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), lines: z.array(z.string()) }),
      z.object({ ok: z.literal(false), failure: failureSchema }),
    ]),
  },
  saveSettings: { in: settingsSchema, out: settingsSchema },
  saveView: { in: viewSchema, out: noAnswer },
  openLogFile: { in: nothing, out: noAnswer },
  copyDiagnostics: { in: nothing, out: noAnswer },
} as const satisfies Record<string, { in: z.ZodType; out: z.ZodType }>

/** What main tells the window. */
const events = {
  stateChanged: appStateSchema,
  /** Jobs that are new or changed, and the keys of those that the list no longer keeps. */
  jobsChanged: z.object({ changed: z.array(jobViewSchema), removed: z.array(z.string()) }),
  /** A notification or the tray asks for a page, or for one job on the jobs page. */
  show: z.object({ page: z.enum(pages), key: z.string().nullable() }),
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['in']>
export type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['out']>
export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>

/** What main implements: one function a request. */
export type RequestHandlers = {
  [Name in RequestName]: (input: RequestInput<Name>) => RequestOutput<Name> | Promise<RequestOutput<Name>>
}

/** What the preload offers to the window's pages as `window.wexflowTray`. */
export type Bridge = {
  [Name in RequestName]: (
    ...input: RequestInput<Name> extends undefined ? [] : [RequestInput<Name>]
  ) => Promise<RequestOutput<Name>>
} & {
  /** Listens to an event of main; returns the function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}
