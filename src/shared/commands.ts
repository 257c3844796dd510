import { z } from 'zod'
import { certificateSchema } from './certificate.ts'
import { connectionSchema, connectionSecretsSchema } from './connection.ts'
import { noticeKindSchema, watchSchema } from './app-state.ts'
import { longestDeepLink } from './deep-link.ts'
import { failureSchema } from './failure.ts'
import { handOnResultSchema, targetIdSchema, targetSchema } from './hand-on.ts'
import { historyDaySchema, historyPageSchema, historyQuerySchema } from './history.ts'
import { muteChoices } from './mute.ts'
import { messageListSchema, messageSchema } from './message.ts'
import { transferReadSchema } from './settings-transfer.ts'
import { chosenSoundSchema, settingsSchema } from './settings.ts'
import { startAtLoginChangeSchema } from './start-at-login.ts'
import { updateStateSchema } from './update.ts'
import { mostVariables } from './variable-limits.ts'
import { takenVariablesSchema, variableSchema } from './variables.ts'
import { pageSchema, viewSchema } from './view.ts'
import { webManagerPages } from './web-manager.ts'

const serverId = z.string().max(100)
const key = z.string().max(100)
const workflowId = z.number().int()

const signInFormSchema = z.object({
  address: z.string().max(2000),
  username: z.string().max(500),
  password: z.string().max(2000),
  staySignedIn: z.boolean(),
  /** The known server that the form is for: what is not said here of its connection is as it was. */
  serverId: serverId.optional(),
  connection: connectionSchema.optional(),
  /** An empty one is as it was, where what it is for is as it was. */
  secrets: connectionSecretsSchema.optional(),
})
export type SignInForm = z.infer<typeof signInFormSchema>

/** A part of the screens, in pixels of all of them together. */
const rectangleSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A kind of command, and what it has to say. */
const command = <Kind extends string, Details extends z.core.$ZodShape>(kind: Kind, details: Details) =>
  z.object({ kind: z.literal(kind), ...details })

/** What a person can wish for, and what each wish has to say. What concerns a server names it by its profile's id. */
const commandSchemas = [
  /** Signs in to one server more, or anew to one that is known, and shows the jobs. */
  command('signIn', { form: signInFormSchema }),
  /** Looks at the certificate that a server shows now, trusted or not. */
  command('serverCertificate', { serverId }),
  /** Trusts the certificate with this fingerprint for a server, in the place of one that was trusted before. */
  command('trustCertificate', { serverId, fingerprint: connectionSchema.shape.trustedFingerprint }),
  /** Has the person choose a file; null where they chose none. */
  command('chooseFile', {}),
  /** Shows the sign-in form: for a server that is known or, without one, for one more. */
  command('showSignIn', { serverId: serverId.nullable() }),
  /** Signs out and forgets the password. Whoever asks for it has said what becomes of the jobs under way. */
  command('signOut', { serverId }),
  /** Calls a server by another name; by its address again where that is empty. */
  command('renameServer', { serverId, name: z.string().max(500) }),
  /** Signs out and forgets all that is kept of a server but its jobs. */
  command('forgetServer', { serverId }),
  /**
   * Starts a workflow. Answers the job's key, once the server has answered: what goes wrong is the job's outcome. Without
   * a sign-in, and for a workflow that is gone, there is no job (null); without a sign-in the form is shown.
   */
  command('startWorkflow', {
    serverId,
    workflowId,
    variables: z.array(variableSchema).max(mostVariables).optional(),
  }),
  /** Reads which variables a workflow takes; empty where the workflow is not there any more. */
  command('readVariables', { serverId, workflowId }),
  /** Starts a job's workflow once more, with the same variables; without a sign-in leads to the form. */
  command('runAgain', { key }),
  /** Takes ended jobs from the list, and runs of others that go on. Answers how many went: one whose end is still to be told or corrected stays. */
  command('removeJobs', { keys: z.array(key).max(10_000) }),
  /** Brings back what the last `removeJobs` took. Answers the key of one of them; null where there is nothing. */
  command('restoreJobs', {}),
  /** Puts a workflow among the favourites or takes it away from them. */
  command('setFavourite', { serverId, workflowId, isFavourite: z.boolean() }),
  /** Follows on a server from now on these jobs: what is wanted no more leaves the list. */
  command('setWatch', { serverId, watch: watchSchema }),
  /** The workflows are about to be looked at: reads them anew. */
  command('refreshWorkflows', {}),
  command('stopJob', { key }),
  /** Suspends a job that runs, before its next task. */
  command('suspendJob', { key }),
  command('resumeJob', { key }),
  command('approveJob', { key }),
  command('rejectJob', { key }),
  /** Reads a job's log as the server stores it, its first part. Empty while the job runs. */
  command('jobLog', { key }),
  /** Reads a page of a server's history, the first one or a `next` that was answered. */
  command('readHistory', { serverId, query: historyQuerySchema, page: z.number().int().min(1) }),
  /** Counts what ended on each of the last days. */
  command('countHistory', { serverId, text: historyQuerySchema.shape.text }),
  /** Reads the log of a history row, its first part. */
  command('historyLog', { serverId, rowId: z.string().max(255) }),
  /** Reads another part of a log, by the `next` that was answered with the one before it. */
  command('logPart', { next: z.string().max(100) }),
  /** Reads Wexflow's own messages to the user of a server. */
  command('readMessages', { serverId }),
  /** Marks messages as read. */
  command('markMessagesRead', { serverId, ids: z.array(messageSchema.shape.id).min(1).max(10_000) }),
  /** Opens a page of a server's own web manager in the browser. Rejects where the system has nothing that opens it. */
  command('openWebManager', { serverId, page: z.enum(webManagerPages) }),
  /** Asks where a text shall be saved, and saves it there. `name`: what the file is called, if nobody says otherwise. */
  command('saveText', { name: z.string().max(500), text: z.string() }),
  /** Asks where, and saves there the settings and servers without anything secret. */
  command('exportSettings', {}),
  /** Has the person choose a file that was saved so, and answers what `importSettings` would change. */
  command('readSettingsFile', {}),
  /** Takes over the file that was read last; nothing where none was. Answers the settings as they hold from now on. */
  command('importSettings', {}),
  /** Adds a target to hand ends on to, or changes one. `address`: that of a URL; empty where it is as it was. */
  command('saveTarget', { target: targetSchema, address: z.string().max(4000) }),
  /** Forgets a target. Answers the settings as they hold from now on. */
  command('removeTarget', { id: targetIdSchema }),
  /** Hands a test on to a target. */
  command('testTarget', { id: targetIdSchema }),
  /** Answers the settings as they hold from now on. What ends are handed on to stays as it is. */
  command('saveSettings', { settings: settingsSchema }),
  /** Has the system start the app at login, or not any more. */
  command('setStartAtLogin', { isOn: z.boolean() }),
  /** Holds all notifications back from now on; until when, the app's state tells. */
  command('mute', { choice: z.enum(muteChoices) }),
  /** Ends that, and tells together what was held back. */
  command('unmute', {}),
  /** Has the window no longer say what a notice informs of, as long as the app runs and it stays the same. */
  command('closeNotice', { notice: noticeKindSchema }),
  /** Remembers where in the window the person is. */
  command('saveView', { view: viewSchema }),
  /** Shows a notification that says nothing but that it is one. Answers what the desktop said to it. `sound`: null for the system's usual one. */
  command('testNotification', { sound: chosenSoundSchema.nullable() }),
  /** Has these keys find a workflow from anywhere, or none. Answers whether the system lets the app have them. */
  command('setShortcut', { accelerator: z.string().max(100).nullable() }),
  /** Opens the system's own settings of notifications, where there is a way to. Rejects where it failed. */
  command('openNotificationSettings', {}),
  /** Rejects where the system has nothing that opens it. */
  command('openLogFile', {}),
  command('copyDiagnostics', {}),
  /** Brings the window to the front at the page where it was left. */
  command('showWindow', {}),
  /** The tray icon was clicked: opens what the settings say, or closes the small window. `icon`: where it is, if known. */
  command('clickIcon', { icon: rectangleSchema.nullable() }),
  /** Opens the window in the place of the small one. */
  command('expandWindow', {}),
  command('closeWindow', {}),
  /** Brings the window to the front at a page, and there at a job. */
  command('show', { page: pageSchema, key: key.nullable() }),
  /** Brings the window to the front with the list of workflows open in it. */
  command('findWorkflow', {}),
  /** Shows what a deep link asks for, whoever made it; starts nothing. */
  command('openDeepLink', { address: z.string().max(longestDeepLink) }),
  /** Looks for a newer version of the app, and fetches it. */
  command('checkForUpdates', {}),
  /** Restarts as the newer version that was fetched; does nothing without one. */
  command('restartToUpdate', {}),
  command('quit', {}),
] as const

/** A command that comes from outside, such as the window's page. Fields that its kind does not know are dropped. */
export const commandSchema = z.discriminatedUnion('kind', commandSchemas)
type AnyCommand = z.infer<typeof commandSchema>

export type CommandKind = AnyCommand['kind']
type ByKind = { readonly [One in AnyCommand as One['kind']]: One }

/** A wish of a person; of one kind where that is given. */
export type Command<Kind extends CommandKind = CommandKind> = {
  readonly [One in Kind]: { readonly kind: One } & Readonly<ByKind[One]>
}[Kind]

/** The answer to a wish that the server may refuse. */
const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])
export type Result = z.infer<typeof resultSchema>

/** What the desktop said to a test. `silent`: nothing so far. `reason`: a technical word for a refusal, else empty. */
const notificationTestSchema = z.object({
  status: z.enum(['shown', 'refused', 'silent']),
  reason: z.string(),
})
export type NotificationTest = z.infer<typeof notificationTestSchema>

/** What was read, or why it could not be. */
const readOf = <Fields extends z.core.$ZodShape>(fields: Fields) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), ...fields }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ])

/**
 * A part of a log, and what its next part is asked for by; null after the last. Its lines are one text, parted by `\n`:
 * hundreds of thousands of texts would take a second to reach the page.
 */
const logPart = readOf({ text: z.string(), next: z.string().nullable() })

const nothing = z.void()

/** What came of a person's choice of a place for a file. */
const saved = z.enum(['saved', 'cancelled', 'failed'])

/** What is answered to each kind of command; nothing to one that can't go wrong, or whose failure is told elsewhere. */
export const answers = {
  signIn: resultSchema,
  serverCertificate: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), certificate: certificateSchema }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]),
  trustCertificate: nothing,
  chooseFile: z.string().nullable(),
  showSignIn: nothing,
  signOut: nothing,
  renameServer: nothing,
  forgetServer: nothing,
  startWorkflow: z.string().nullable(),
  readVariables: readOf(takenVariablesSchema.shape),
  runAgain: z.string().nullable(),
  removeJobs: z.number().int(),
  restoreJobs: z.string().nullable(),
  setFavourite: nothing,
  setWatch: nothing,
  refreshWorkflows: nothing,
  stopJob: resultSchema,
  suspendJob: resultSchema,
  resumeJob: resultSchema,
  approveJob: resultSchema,
  rejectJob: resultSchema,
  jobLog: logPart,
  readHistory: readOf({ page: historyPageSchema }),
  countHistory: readOf({ days: z.array(historyDaySchema) }),
  historyLog: logPart,
  logPart,
  readMessages: readOf(messageListSchema.shape),
  markMessagesRead: resultSchema,
  openWebManager: nothing,
  saveText: saved,
  exportSettings: saved,
  readSettingsFile: transferReadSchema,
  importSettings: settingsSchema,
  saveTarget: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), settings: settingsSchema }),
    handOnResultSchema.options[1],
  ]),
  removeTarget: settingsSchema,
  testTarget: handOnResultSchema,
  saveSettings: settingsSchema,
  setStartAtLogin: startAtLoginChangeSchema,
  mute: nothing,
  unmute: nothing,
  closeNotice: nothing,
  saveView: nothing,
  testNotification: notificationTestSchema,
  setShortcut: z.boolean(),
  openNotificationSettings: nothing,
  openLogFile: nothing,
  copyDiagnostics: nothing,
  showWindow: nothing,
  clickIcon: nothing,
  expandWindow: nothing,
  closeWindow: nothing,
  show: nothing,
  findWorkflow: nothing,
  openDeepLink: nothing,
  checkForUpdates: updateStateSchema,
  restartToUpdate: nothing,
  quit: nothing,
} as const satisfies Record<CommandKind, z.ZodType>
export type CommandAnswer<Kind extends CommandKind> = z.infer<(typeof answers)[Kind]>

/** Any of the answers. */
export const answerSchema = z.union(Object.values(answers))

/** Carries out a command. Rejects only for a fault of the app, or where the command says so. */
export type Run = <Kind extends CommandKind>(command: Command<Kind>) => Promise<CommandAnswer<Kind>>

/** One function for each kind of command: one that is missing does not compile. */
export type CommandHandlers = {
  readonly [Kind in CommandKind]: (
    command: Command<Kind>,
  ) => CommandAnswer<Kind> | Promise<CommandAnswer<Kind>>
}
