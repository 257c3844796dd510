import { isDeepStrictEqual } from 'node:util'
import type { AppState, Notice, NoticeKind, Quiet, ServerView } from '../../shared/app-state.ts'
import { apart } from '../platform/apart.ts'

/** A notice that only its owner withdraws: one server that has streams says nothing of another that has none. */
interface OwnedNotice {
  readonly notice: Notice
  readonly owner: string
}

/** Kinds whose owners are servers. */
const serverKinds: ReadonlySet<NoticeKind> = new Set([
  'defaultPasswordOverHttp',
  'noKeychain',
  'keychainNotNow',
  'noStream',
])

/** The latest of each kind, with all the servers that it is about. */
const shownNotices = (owned: readonly OwnedNotice[]): Notice[] => {
  const latest = new Map(owned.map(({ notice }) => [notice.kind, notice]))
  return Array.from(latest.values(), (notice) => {
    if (!serverKinds.has(notice.kind)) return notice
    const serverIds = owned.filter((one) => one.notice.kind === notice.kind).map(({ owner }) => owner)
    return { ...notice, serverIds }
  })
}

/**
 * What the app knows besides its jobs: how it stands with its servers, their workflows, the notices, and which bad ends
 * nobody has looked at yet. Tray and window are drawn from it.
 */
export class AppModel {
  #state: AppState = { servers: [], shownId: null, notices: [], quiet: null }
  #notices: readonly OwnedNotice[] = []
  readonly #unseen = new Set<string>()
  readonly #listeners = new Set<() => void>()

  get state(): AppState {
    return this.#state
  }

  /** Keys of the jobs whose end asks for attention and has not been looked at in the window. */
  get unseen(): ReadonlySet<string> {
    return this.#unseen
  }

  /** @param shownId the one that is shown where there is room for one only */
  setServers(servers: readonly ServerView[], shownId: string | null): void {
    if (shownId === this.#state.shownId && isDeepStrictEqual(servers, this.#state.servers)) return
    this.#state = { ...this.#state, servers: [...servers], shownId }
    this.#tell()
  }

  /** @param quiet null where notifications are shown */
  setQuiet(quiet: Quiet | null): void {
    const before = this.#state.quiet
    if (before?.until === quiet?.until && before?.isMuted === quiet?.isMuted) return
    this.#state = { ...this.#state, quiet }
    this.#tell()
  }

  /**
   * Shows a notice until it is withdrawn; one of each kind.
   * @param owner whose notice it is: a server's id, a file; the same one withdraws it
   */
  addNotice(notice: Notice, owner = ''): void {
    const old = this.#notices.find((one) => one.notice.kind === notice.kind && one.owner === owner)
    if (old?.notice.detail === notice.detail) return
    this.#setNotices([...this.#notices.filter((one) => one !== old), { notice, owner }])
  }

  /** Withdraws a notice that no longer holds. */
  removeNotice(kind: NoticeKind, owner = ''): void {
    this.#setNotices(this.#notices.filter((one) => one.notice.kind !== kind || one.owner !== owner))
  }

  /** The person has read all there is of this kind. */
  closeNotice(kind: NoticeKind): void {
    this.#setNotices(
      this.#notices.map((one) =>
        one.notice.kind === kind ? { ...one, notice: { ...one.notice, isClosed: true } } : one,
      ),
    )
  }

  addUnseen(key: string): void {
    if (this.#unseen.has(key)) return
    this.#unseen.add(key)
    this.#tell()
  }

  /** One bad end turned out to be a good one. */
  removeUnseen(key: string): void {
    if (this.#unseen.delete(key)) this.#tell()
  }

  /** The list of jobs is on the screen: nothing asks for attention any more. */
  markAllSeen(): void {
    if (this.#unseen.size === 0) return
    this.#unseen.clear()
    this.#tell()
  }

  /** Listens to every change; returns the function that stops listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #setNotices(owned: readonly OwnedNotice[]): void {
    if (owned.length === this.#notices.length && owned.every((one, index) => one === this.#notices[index]))
      return
    this.#notices = owned
    this.#state = { ...this.#state, notices: shownNotices(owned) }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) apart(listener)
  }
}
