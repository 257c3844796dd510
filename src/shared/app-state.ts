import { z } from 'zod'
import { connectionSchema } from './connection.ts'
import { failureSchema } from './failure.ts'
import { watches } from './watch.ts'

/**
 * How the app stands with its server.
 * `connecting`: first answer pending. `online`: the change stream lives. `slow`: connected, but streams can't be had
 * (no SSE, or a proxy that buffers), so ends are told more slowly. `offline`: the server does not answer.
 * `signInNeeded`: the sign-in expired and can't be renewed in silence.
 */
export const linkStates = ['signedOut', 'connecting', 'online', 'slow', 'offline', 'signInNeeded'] as const
const linkStateSchema = z.enum(linkStates)
export type LinkState = z.infer<typeof linkStateSchema>

export const watchSchema = z.enum(watches)

/** A server and the user who signs in to it: what every job belongs to. */
export const profileSchema = z.object({
  id: z.string(),
  /** Normalised: scheme, host, port and path up to and without `/api/v1`. */
  baseUrl: z.string(),
  username: z.string(),
  staySignedIn: z.boolean(),
  /** What the person calls it; absent or empty where they gave it no name. */
  name: z.string().optional(),
  /** How it is reached; absent where the person has set nothing. */
  connection: connectionSchema.optional(),
  /** Whose jobs are followed there; absent: the person's own. */
  watch: watchSchema.optional(),
})
export type Profile = z.infer<typeof profileSchema>

/** A workflow as the tray and the window show it. */
const workflowSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  isApproval: z.boolean(),
  isFavourite: z.boolean(),
})
export type Workflow = z.infer<typeof workflowSchema>

/** Something that the person should know once and that stays visible in the window until it no longer holds, or is closed. */
export const noticeKinds = [
  'defaultPasswordOverHttp',
  'noKeychain',
  'keychainNotNow',
  'noStream',
  'noTrayHost',
  'jobsFileDamaged',
  'settingsFileDamaged',
  'cannotRemember',
  'notificationsRefused',
  'notHandedOn',
  'updateReady',
] as const
export const noticeKindSchema = z.enum(noticeKinds)
const noticeSchema = z.object({
  kind: noticeKindSchema,
  /** A file name, an error code, a version or a target's name. */
  detail: z.string(),
  /** The servers that it is about; absent where it is about the app. */
  serverIds: z.array(z.string()).optional(),
  /** Whether the person has closed it: it still holds, and the window says it no more. */
  isClosed: z.boolean().optional(),
})
export type Notice = z.infer<typeof noticeSchema>
export type NoticeKind = Notice['kind']

/** One server profile as the tray and the window show it. */
const serverViewSchema = z.object({
  /** The profile's id. */
  id: z.string(),
  /** What tells it from the other servers: the name that the person gave it, else its address without the scheme. */
  name: z.string(),
  /** The name that the person gave it; empty where they gave none. */
  ownName: z.string(),
  baseUrl: z.string(),
  username: z.string(),
  staySignedIn: z.boolean(),
  connection: connectionSchema.optional(),
  /** Whose jobs are followed. */
  watch: watchSchema,
  /** `signedOut`: known, but nobody follows its jobs. */
  link: linkStateSchema,
  /** Why the link is offline, or why sign-in is needed. */
  failure: failureSchema.nullable(),
  workflows: z.array(workflowSchema),
  /** False until the server has told its workflows once. */
  workflowsKnown: z.boolean(),
  /** Messages of Wexflow to this user that are not read, as far as they were looked for. */
  unreadMessages: z.number().int(),
})
export type ServerView = z.infer<typeof serverViewSchema>

/** Notifications are held back, and told together when that is over. */
const quietSchema = z.object({
  /** Milliseconds since 1970, this machine's clock. */
  until: z.number(),
  /** Whether the person has muted them, and can end that at any time. */
  isMuted: z.boolean(),
})
export type Quiet = z.infer<typeof quietSchema>

/** Everything but the jobs that tray and window are drawn from. */
export const appStateSchema = z.object({
  /** Every known profile, in the order in which they were first signed in to. */
  servers: z.array(serverViewSchema),
  /** The one of them that the sign-in form is filled in with; null for a server that is not known yet. */
  shownId: z.string().nullable(),
  notices: z.array(noticeSchema),
  /** Null where notifications are shown. */
  quiet: quietSchema.nullable(),
})
export type AppState = z.infer<typeof appStateSchema>
