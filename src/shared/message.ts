import { z } from 'zod'

/** The ids that servers give to messages: numbers on SQL databases, text of this kind on MongoDB and RavenDB (source). */
export const messageIdPattern = /^[\w/-]{1,255}$/u

/** A message that Wexflow, or another user by way of it, has for the user of a profile. */
export const messageSchema = z.object({
  id: z.string().regex(messageIdPattern),
  /** The user name of whom it is from; empty where the server no longer knows them. */
  from: z.string(),
  text: z.string(),
  /** When it was sent, in milliseconds since 1970 as if the server's clock showed UTC; null where its text can't be read. */
  sentAt: z.number().nullable(),
  /** The server's own text for that. */
  sentText: z.string(),
  isRead: z.boolean(),
})
export type Message = z.infer<typeof messageSchema>

/** The messages of a user, newest first, as the window shows them. */
export const messageListSchema = z.object({
  messages: z.array(messageSchema),
  /** How many older ones are left out. */
  leftOut: z.number().int(),
})
export type MessageList = z.infer<typeof messageListSchema>
