import type { Translator } from '../../shared/i18n.ts'
import type { Message } from '../../shared/message.ts'
import type { MessagesRead } from '../servers/messages.ts'
import type { Outbox } from './outbox.ts'
import { Pending } from './pending.ts'
import { messageSummaryToast, messageToast, type ServerOf } from './texts.ts'
import type { Toast } from './toaster.ts'

/** Which messages of a server were told, kept across restarts of the app; `AppStore` is one. */
export interface ToldMessages {
  toldMessages(serverId: string): ReadonlySet<string>
  setToldMessages(serverId: string, ids: readonly string[]): void
}

export interface MessageToastsOptions {
  readonly outbox: Outbox
  readonly toldMessages: ToldMessages
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  /** Whether notifications are held back just now. */
  readonly isQuiet: () => boolean
  readonly serverOf: ServerOf
  /** Brings the messages to the front. */
  readonly onMessagesClick: () => void
  /** The button was pressed. */
  readonly onMarkRead: (serverId: string, ids: readonly string[]) => void
}

const idOf = (serverId: string, messageId: string): string => `message:${serverId}:${messageId}`
const summaryIdOf = (serverId: string): string => `messages:${serverId}`
const markRead = 'markRead'

/**
 * Tells the messages that a server has for its user, once each, and no longer than they are unread. While notifications
 * are held back they wait.
 */
export class MessageToasts {
  readonly #options: MessageToastsOptions
  /** By the server's id, what it said last. */
  readonly #unread = new Map<string, readonly Message[]>()
  /** The toasts' ids of messages that wait for the desktop's answer. */
  readonly #underWay = new Set<string>()
  readonly #pending = new Pending()

  constructor(options: MessageToastsOptions) {
    this.#options = options
  }

  /** A server has said which messages are not read. */
  onUnread(serverId: string, unread: readonly Message[], how: MessagesRead): void {
    const { toldMessages } = this.#options
    this.#withdrawAllBut(serverId, how === 'shown' ? [] : unread)
    this.#unread.set(serverId, unread)
    const told = toldMessages.toldMessages(serverId)
    const ids = unread.map(({ id }) => id)
    toldMessages.setToldMessages(serverId, how === 'shown' ? ids : ids.filter((id) => told.has(id)))
    this.#tell(serverId)
  }

  /** Nobody is signed in to a server any more: nothing can be done about its messages. */
  onSignedOut(serverId: string): void {
    this.#withdrawAllBut(serverId, [])
    this.#unread.delete(serverId)
  }

  /** Tells what the desktop has refused, or what was held back. */
  tellAgain(): void {
    for (const serverId of this.#unread.keys()) this.#tell(serverId)
  }

  /** Resolves when the desktop has answered for everything. */
  flush(): Promise<void> {
    return this.#pending.settled()
  }

  #withdrawAllBut(serverId: string, unread: readonly Message[]): void {
    const { outbox } = this.#options
    const left = new Set(unread.map(({ id }) => id))
    const gone = (this.#unread.get(serverId) ?? []).filter(({ id }) => !left.has(id))
    outbox.withdraw(...gone.map(({ id }) => idOf(serverId, id)))
    if (gone.length > 0 && left.size === 0) outbox.withdraw(summaryIdOf(serverId))
  }

  #tell(serverId: string): void {
    const { toldMessages, isQuiet } = this.#options
    if (isQuiet()) return
    const told = toldMessages.toldMessages(serverId)
    const fresh = (this.#unread.get(serverId) ?? []).filter(
      ({ id }) => !told.has(id) && !this.#underWay.has(idOf(serverId, id)),
    )
    if (fresh.length === 0) return
    this.#pending.add(this.#send(serverId, fresh))
  }

  async #send(serverId: string, fresh: readonly Message[]): Promise<void> {
    const { outbox, toldMessages } = this.#options
    const keys = fresh.map(({ id }) => idOf(serverId, id))
    for (const key of keys) this.#underWay.add(key)
    const isTaken = await outbox.send(this.#toastOf(serverId, fresh), keys)
    for (const key of keys) this.#underWay.delete(key)
    if (!isTaken) return
    // What was read meanwhile is news again should somebody mark it as unread.
    const unread = new Set((this.#unread.get(serverId) ?? []).map(({ id }) => id))
    const ids = fresh.map(({ id }) => id).filter((id) => unread.has(id))
    toldMessages.setToldMessages(serverId, [...toldMessages.toldMessages(serverId), ...ids])
  }

  #toastOf(serverId: string, fresh: readonly Message[]): Toast {
    const { texts, serverOf, onMessagesClick, onMarkRead } = this.#options
    const { t, locale } = texts()
    const [first, second] = fresh
    const server = serverOf(serverId)
    const isOne = first !== undefined && second === undefined
    return {
      id: isOne ? idOf(serverId, first.id) : summaryIdOf(serverId),
      ...(isOne ? messageToast(first, server, t) : messageSummaryToast(fresh, server, t, locale)),
      icon: 'app',
      isSilent: false,
      isStaying: false,
      actions: [{ id: markRead, label: t('messages.markRead') }],
      onClick: onMessagesClick,
      onAction: (action) => {
        if (action !== markRead) return
        onMarkRead(
          serverId,
          fresh.map(({ id }) => id),
        )
      },
    }
  }
}
