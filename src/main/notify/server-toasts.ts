import type { LinkState } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { AppModel } from '../state/app-model.ts'
import { Outages } from './outages.ts'
import type { Outbox } from './outbox.ts'
import { serversInToast, type ToastText } from './texts.ts'
import type { ToastIcon } from './toast-icon.ts'
import { noActions } from './toaster.ts'

export interface ServerToastsOptions {
  readonly outbox: Outbox
  readonly model: AppModel
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  /** Brings the list of jobs to the front. */
  readonly onOutageClick: () => void
  /** Brings the server's sign-in form to the front. */
  readonly onSignInClick: (serverId: string) => void
}

/** Links by which a sign-in that was asked for is there, or no longer wanted. */
const settledLinks: ReadonlySet<LinkState> = new Set(['online', 'slow', 'signedOut'])

const signInId = (serverId: string): string => `signIn:${serverId}`

/** Tells what stands between the app and its servers, a lasting outage and an expired sign-in, once each. */
export class ServerToasts {
  readonly #options: ServerToastsOptions
  readonly #outages = new Outages((what, serverIds, outage) => this.#tellOutage(what, serverIds, outage))
  /** The ids of the servers of which it was told that they want a new sign-in. */
  readonly #signInTold = new Set<string>()

  constructor(options: ServerToastsOptions) {
    this.#options = options
  }

  /** To be called with each change of a server's link. */
  onLink(serverId: string, link: LinkState): void {
    this.#outages.onLink(serverId, link)
    if (link === 'signInNeeded') this.#tellSignIn(serverId)
    // Attempts with the old sign-in pass by "connecting".
    else if (settledLinks.has(link) && this.#signInTold.delete(serverId))
      this.#options.outbox.withdraw(signInId(serverId))
  }

  #tellSignIn(serverId: string): void {
    if (this.#signInTold.has(serverId)) return
    this.#signInTold.add(serverId)
    const { model, texts, onSignInClick } = this.#options
    const { t } = texts()
    const failure = model.state.servers.find(({ id }) => id === serverId)?.failure ?? null
    const isLocked = failure?.kind === 'keychainLocked' || failure?.kind === 'keychainAway'
    const why = isLocked ? [failureText(t, failure)] : []
    const text = {
      title: t(isLocked ? 'toast.keychainNeeded' : 'toast.signInNeeded'),
      body: [this.#serverNames([serverId]), ...why].join('\n'),
    }
    this.#say(signInId(serverId), text, 'app', () => onSignInClick(serverId))
  }

  #tellOutage(what: 'away' | 'back', serverIds: readonly string[], outage: string): void {
    const id = `server:${outage}`
    const { outbox, texts, onOutageClick } = this.#options
    // What was to be told before, and is the contrary, nobody has seen: the desktop did not take it, or notifications are
    // held back. Nothing is to be told then.
    if (outbox.takeBack(id)) return
    const title = texts().t(`toast.server.${what}`, { count: serverIds.length })
    const text = { title, body: this.#serverNames(serverIds) }
    this.#say(id, text, what === 'away' ? 'serverAway' : 'app', onOutageClick)
  }

  #say(id: string, text: ToastText, icon: ToastIcon, onClick: () => void): void {
    this.#options.outbox.say({
      id,
      ...text,
      icon,
      isSilent: true,
      isStaying: false,
      onClick,
      ...noActions,
    })
  }

  #serverNames(serverIds: readonly string[]): string {
    const { model, texts } = this.#options
    const { t, locale } = texts()
    const servers = model.state.servers.filter(({ id }) => serverIds.includes(id))
    return serversInToast(
      servers.map(({ name }) => name),
      t,
      locale,
    )
  }
}
