import type { AppState, Notice, NoticeKind } from '../shared/app-state.ts'
import { apart } from './apart.ts'

const initialState: AppState = {
  link: 'signedOut',
  failure: null,
  profile: null,
  workflows: [],
  workflowsKnown: false,
  notices: [],
}

/**
 * What the app knows besides its jobs: how it stands with the server, the workflows, the notices, and which bad ends
 * nobody has looked at yet. Tray and window are drawn from it.
 */
export class AppModel {
  #state = initialState
  readonly #unseen = new Set<string>()
  readonly #listeners = new Set<() => void>()

  get state(): AppState {
    return this.#state
  }

  /** Keys of the jobs whose end asks for attention and has not been looked at in the window. */
  get unseen(): ReadonlySet<string> {
    return this.#unseen
  }

  /** Changes what is given and tells the listeners. */
  update(change: Partial<Omit<AppState, 'notices'>>): void {
    this.#state = { ...this.#state, ...change }
    this.#tell()
  }

  /** Shows a notice until it is withdrawn; one of each kind. */
  addNotice(notice: Notice): void {
    const old = this.#state.notices.find(({ kind }) => kind === notice.kind)
    if (old?.detail === notice.detail) return
    const others = this.#state.notices.filter(({ kind }) => kind !== notice.kind)
    this.#state = { ...this.#state, notices: [...others, notice] }
    this.#tell()
  }

  /** Withdraws a notice that no longer holds. */
  removeNotice(kind: NoticeKind): void {
    const notices = this.#state.notices.filter((notice) => notice.kind !== kind)
    if (notices.length === this.#state.notices.length) return
    this.#state = { ...this.#state, notices }
    this.#tell()
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

  #tell(): void {
    for (const listener of this.#listeners) apart(listener)
  }
}
