import type { ServerTime } from './server-time.ts'

/** A message of the server to a user. */
interface SimMessage {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly text: string
  readonly sentAt: number
  isRead: boolean
}

/** What the server tells its users: that a record waits for them, or was approved. They outlive its restarts. */
export class Messages {
  readonly #all: SimMessage[] = []

  add(from: string, to: string, text: string): void {
    const id = String(this.#all.length + 1)
    this.#all.push({ id, from, to, text, sentAt: Date.now(), isRead: false })
  }

  hasUnread(username: string): boolean {
    return this.#all.some(({ to, isRead }) => to === username && !isRead)
  }

  /** The messages to a user, as the server answers them, newest first. */
  found(username: string, search: string, time: ServerTime): object[] {
    return this.#all
      .filter(({ to, text }) => to === username && text.toLowerCase().includes(search.toLowerCase()))
      .toReversed()
      .map(({ id, from, to, text, sentAt, isRead }) => ({
        Id: id,
        AssignedBy: from,
        AssignedOn: time.dateText(sentAt),
        AssignedTo: to,
        Message: text,
        IsRead: isRead,
      }))
  }

  /** Answers as the server does: false for what its SQL can't hold, true also for ids that nobody knows. */
  markRead(ids: readonly string[]): boolean {
    if (ids.length === 0 || !ids.every((id) => /^\d+$/u.test(id))) return false
    for (const message of this.#all) if (ids.includes(message.id)) message.isRead = true
    return true
  }
}
