import type { LinkState } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { AppModel } from '../state/app-model.ts'
import { Outages } from './outages.ts'
import type { Outbox } from './outbox.ts'
import { serversInToast } from './texts.ts'
import { plainToast } from './toaster.ts'

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

/** A toast of servers that went away together, or came back. */
interface OutageToast {
  readonly id: string
  readonly what: 'away' | 'back'
  readonly serverIds: readonly string[]
}

/** Links by which a sign-in that was asked for is there, or no longer wanted. */
const settledLinks: ReadonlySet<LinkState> = new Set(['online', 'slow', 'signedOut'])

const signInId = (serverId: string): string => `signIn:${serverId}`

/** Tells what stands between the app and its servers, a lasting outage and an expired sign-in, once each. */
export class ServerToasts {
  readonly #options: ServerToastsOptions
  readonly #outages = new Outages((what, serverIds, outage) => this.#tellOutage(what, serverIds, outage))
  /** The last toast of each id. */
  readonly #outageToasts = new Map<string, OutageToast>()
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
    const { outbox, model, texts, onSignInClick } = this.#options
    const { t } = texts()
    const failure = model.state.servers.find(({ id }) => id === serverId)?.failure ?? null
    const isLocked = failure?.kind === 'keychainLocked' || failure?.kind === 'keychainAway'
    const why = isLocked ? [failureText(t, failure)] : []
    const toast = plainToast({
      id: signInId(serverId),
      title: t(isLocked ? 'toast.keychainNeeded' : 'toast.signInNeeded'),
      body: [this.#serverNames([serverId]), ...why].join('\n'),
      icon: 'app',
      onClick: () => onSignInClick(serverId),
    })
    outbox.say(toast)
  }

  /**
   * Tells an outage, or its end, together with what nobody has seen yet of those before, since the desktop did not take it or
   * notifications are held back. Of servers that are in a kept toast of the contrary nothing is to be told, neither that they
   * went away nor that they came back; a kept toast of the same outage that says the same of other servers is told as one
   * with this.
   */
  #tellOutage(what: OutageToast['what'], serverIds: readonly string[], outage: string): void {
    const id = `server:${outage}`
    const { outbox } = this.#options
    const kept = [...this.#outageToasts.values()].filter((toast) => outbox.isKept(toast.id))
    const contrary = kept.filter((toast) => toast.what !== what)
    const unseen = new Set(contrary.flatMap((toast) => toast.serverIds))
    const same = kept.find((toast) => toast.id === id && toast.what === what)
    const told = new Set([...(same?.serverIds ?? []), ...serverIds.filter((one) => !unseen.has(one))])
    for (const toast of contrary) {
      const rest = toast.serverIds.filter((one) => !serverIds.includes(one))
      const keepsId = toast.id !== id || told.size === 0
      if (keepsId && rest.length === toast.serverIds.length) continue
      outbox.takeBack(toast.id)
      if (rest.length > 0) this.#sayOutage({ ...toast, id: keepsId ? toast.id : `${id}+`, serverIds: rest })
    }
    if (told.size > 0) this.#sayOutage({ id, what, serverIds: [...told] })
  }

  #sayOutage(toast: OutageToast): void {
    const { id, what, serverIds } = toast
    this.#outageToasts.set(id, toast)
    const { outbox, texts, onOutageClick } = this.#options
    const title = texts().t(`toast.server.${what}`, { count: serverIds.length })
    const body = this.#serverNames(serverIds)
    const icon = what === 'away' ? 'serverAway' : 'app'
    outbox.say(plainToast({ id, title, body, icon, onClick: onOutageClick }))
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
