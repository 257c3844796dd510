import { z } from 'zod'
import { appStateSchema } from './app-state.ts'
import { answerSchema, commandSchema, type Run } from './commands.ts'
import { shownDeepLinkSchema } from './deep-link.ts'
import { desktopKinds } from './desktop-kind.ts'
import { jobViewSchema } from './job-view.ts'
import { evidenceSchema } from './outcome.ts'
import { settingsSchema } from './settings.ts'
import { startAtLoginSchema } from './start-at-login.ts'
import { systemFormatsSchema } from './system-formats.ts'
import { toldSchema } from './told.ts'
import { updateStateSchema } from './update.ts'
import { pageSchema, viewSchema } from './view.ts'

/**
 * The contract between the window and main. Every channel is named here once, with the schema of what goes in and
 * what comes out; the preload's functions and main's handlers are derived from it, so that a missing or misspelt
 * channel does not compile.
 */

const jobKeySchema = z.object({ key: z.string().max(100) })

/** What workflows usually take, in milliseconds, by `workflowKeyOf`. */
const usualSchema = z.record(z.string(), z.number())

/** Some of the jobs. */
const jobPartSchema = z.object({
  /** Newest first. */
  jobs: z.array(jobViewSchema),
  /** All that were asked for before this time are still to be read, by `olderJobs`; null where there are none. */
  olderThan: z.number().nullable(),
})

export type JobPartView = z.infer<typeof jobPartSchema>

/** Everything the window needs for its first picture, in one call: the newest jobs, and all that are under way. */
export const snapshotSchema = jobPartSchema.extend({
  state: appStateSchema,
  usual: usualSchema,
  settings: settingsSchema,
  view: viewSchema,
  version: z.string(),
  formats: systemFormatsSchema,
  desktop: z.enum(desktopKinds),
})
export type Snapshot = z.infer<typeof snapshotSchema>

const nothing = z.undefined()

/** What else the window may ask of main: channel -> schema of the request and of the answer. */
export const requests = {
  /** The next of the jobs that the snapshot left out: a `JobPartView` as JSON. */
  olderJobs: { in: z.object({ olderThan: z.number() }), out: z.string() },
  /** What was observed of the job, oldest first: the reasoning behind its outcome. Empty where the job is not known. */
  jobEvidence: { in: jobKeySchema, out: z.array(evidenceSchema) },
  /** What the person was told last of how the job ended; null where nothing was. */
  jobTold: { in: jobKeySchema, out: toldSchema.nullable() },
  /** When the workflows of a server run next by their schedules, as far as that is known: milliseconds since 1970, by id. */
  nextRuns: {
    in: z.object({ serverId: z.string().max(100) }),
    out: z.record(z.string(), z.number()),
  },
  /** What the authors of the bundled packages want to be said with them. */
  licences: { in: nothing, out: z.string() },
  /** Whether notifications have sounds here; false where the desktop says that it plays none. */
  hasSounds: { in: nothing, out: z.boolean() },
  /** Asks the system whether it starts the app at login. */
  startAtLogin: { in: nothing, out: startAtLoginSchema },
  /** How it stands with newer versions of the app. */
  updateState: { in: nothing, out: updateStateSchema },
  /** Carries out a command; the answer is that of its kind. */
  run: { in: commandSchema, out: answerSchema },
} as const satisfies Record<string, { in: z.ZodType; out: z.ZodType }>

/** What main tells the window. */
const events = {
  stateChanged: appStateSchema,
  /** What some workflows usually take now; null where that is not known any more. */
  usualChanged: z.record(z.string(), z.number().nullable()),
  /** Jobs that are new or changed, and the keys of those that the list no longer keeps. */
  jobsChanged: z.object({ changed: z.array(jobViewSchema), removed: z.array(z.string()) }),
  /** A notification or the tray asks for a page, or for one job on the jobs page. */
  show: z.object({ page: pageSchema, key: z.string().nullable() }),
  /** The person has turned to something else than the small window. */
  focusLost: z.undefined(),
  /** The person has chosen another language; the tag that the window's texts are to be in. */
  languageChanged: z.object({ locale: z.string() }),
  /** The tray asks for the list of workflows, on the jobs page. */
  findWorkflow: z.undefined(),
  /** A deep link was opened: what there is to show of it, on the jobs page. */
  deepLink: shownDeepLinkSchema,
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type RequestInput<Name extends RequestName> = z.infer<(typeof requests)[Name]['in']>
type RequestOutput<Name extends RequestName> = z.infer<(typeof requests)[Name]['out']>
export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>

/** What main implements: one function a request. */
export type RequestHandlers = {
  [Name in RequestName]: (input: RequestInput<Name>) => RequestOutput<Name> | Promise<RequestOutput<Name>>
}

/** And the snapshot as JSON. */
export type WindowHandlers = RequestHandlers & { readonly snapshot: () => string }

/** What the preload offers to the window's pages as `window.wexflowTray`. */
export type Bridge = {
  [Name in Exclude<RequestName, 'run'>]: (
    ...input: RequestInput<Name> extends undefined ? [] : [RequestInput<Name>]
  ) => Promise<RequestOutput<Name>>
} & {
  readonly run: Run
  /** Waits for main's answer: a `Snapshot` as JSON. Null where main has none. */
  readonly snapshot: () => string | null
  /** Has the page give back soon what it no longer uses: by itself it does so only once there is several times as much. */
  readonly freeMemory: () => void
  /** Listens to an event of main; returns the function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}
