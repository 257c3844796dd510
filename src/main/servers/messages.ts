import type { Message, MessageList } from '../../shared/message.ts'
import type { Log } from '../platform/log.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { shapeFailure } from '../wexflow/failures.ts'
import { Rest } from '../wexflow/rest.ts'
import type { ServerMessage, ServerMessages } from '../wexflow/server.ts'
import { serverTimeOf } from '../wexflow/server-clock.ts'

/** The server has no pages of them: so many of the newest are more than anybody reads. */
const mostKept = 500
/**
 * Whether any is unread is asked with a read of the workflows, which are read once a minute, where this time has passed:
 * with every second one. While there is one that was not read, their list is read as well.
 */
const askAfterMs = 105_000
/** What was refused is asked for after twice the time before, and after no longer than this. */
const mostPauseMs = 3_600_000

/** `shown`: the window shows them all at this moment. */
export type MessagesRead = 'asked' | 'shown'

export interface MessagesOptions {
  readonly server: ServerMessages
  readonly username: string
  /** Whether the person wants to be told of messages. */
  readonly areWanted: () => boolean
  /** Another number of them is not read. */
  readonly onCount: () => void
  /** Which messages are not read, each time that the server has said it. */
  readonly onUnread: (unread: readonly Message[], how: MessagesRead) => void
  readonly log: Pick<Log, 'debug'>
}

const messageOf = ({ sentText, ...message }: ServerMessage): Message => ({
  ...message,
  sentAt: serverTimeOf(sentText),
  sentText,
})

/** The messages that a server has for the user who is signed in to it: looked for rarely, and read when asked to. */
export class Messages {
  readonly #options: MessagesOptions
  #unread: readonly Message[] = []
  /** Milliseconds of `performance.now()`. */
  #askedAt = Number.NEGATIVE_INFINITY
  #pauseMs = askAfterMs
  readonly #rest = new Rest()
  #isStopped = false

  constructor(options: MessagesOptions) {
    this.#options = options
  }

  /** How many are known that were not read. */
  get unread(): number {
    return this.#unread.length
  }

  /** The server has just answered something else: looks for messages where it is time to. */
  onAnswer(): void {
    const now = performance.now()
    if (!this.#options.areWanted() || now - this.#askedAt < this.#pauseMs || !this.#rest.isOver) return
    this.#askedAt = now
    void this.#ask()
  }

  /** Reads them for a person who looks at them. Rejects with a `WexflowError`. */
  async list(): Promise<MessageList> {
    return this.#read('shown')
  }

  /** Marks messages as read. Rejects with a `WexflowError`. */
  async markRead(ids: readonly string[]): Promise<void> {
    if (!(await this.#options.server.markMessagesRead(ids))) throw shapeFailure('mark-notifications-as-read')
    this.#setUnread(
      this.#unread.filter(({ id }) => !ids.includes(id)),
      'asked',
    )
  }

  /** Nobody is signed in any more: what is still answered is nobody's. */
  stop(): void {
    this.#isStopped = true
  }

  async #ask(): Promise<void> {
    const { server, username, log } = this.#options
    try {
      if (await server.hasUnreadMessages(username)) await this.#read('asked')
      else this.#setUnread([], 'asked')
      this.#pauseMs = askAfterMs
    } catch (error) {
      if (!(error instanceof WexflowError)) throw error
      // A server that knows no messages, or can't read them, has none; all else the link tells.
      this.#pauseMs = Math.min(2 * this.#pauseMs, mostPauseMs)
      this.#rest.note(error)
      log.debug(`no messages: ${error.message}`)
    }
  }

  async #read(how: MessagesRead): Promise<MessageList> {
    const { server, username } = this.#options
    const all = await server.messages(username)
    const messages = all.slice(0, mostKept).map(messageOf)
    this.#setUnread(
      messages.filter(({ isRead }) => !isRead),
      how,
    )
    return { messages, leftOut: all.length - messages.length }
  }

  #setUnread(unread: readonly Message[], how: MessagesRead): void {
    if (this.#isStopped) return
    const before = this.#unread.length
    this.#unread = unread
    if (unread.length !== before) this.#options.onCount()
    this.#options.onUnread(unread, how)
  }
}
