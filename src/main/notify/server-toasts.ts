import type { LinkState } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import { needsSignIn } from '../../shared/followed.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { AppModel } from '../state/app-model.ts'
import { Outages } from './outages.ts'
import type { Outbox } from './outbox.ts'
import { serversInToast } from './texts.ts'
import { plainToast } from './toaster.ts'

export interface ServerToastsOptions {
  readonly outbox: Outbox
  readonly model: AppModel
  /** Whether notifications are held back just now. */
  readonly isQuiet: () => boolean
  /** Those of the language that the app speaks just now. */
  readonly texts: () => Translator
  /** Brings the list of jobs to the front. */
  readonly onOutageClick: () => void
  /** Brings the server's sign-in form to the front. */
  readonly onSignInClick: (serverId: string) => void
}

/** That servers went away together, or came back. */
interface OutageNews {
  readonly what: 'away' | 'back'
  readonly outage: string
}

/** Links by which a sign-in that was asked for is there, or no longer wanted. */
const settledLinks: ReadonlySet<LinkState> = new Set(['online', 'slow', 'signedOut'])

const signInId = (serverId: string): string => `signIn:${serverId}`

/** Tells what stands between the app and its servers, a lasting outage and an expired sign-in, once each. */
export class ServerToasts {
  readonly #options: ServerToastsOptions
  readonly #outages = new Outages((what, serverIds, outage) => {
    for (const id of serverIds) this.#addUnseen(id, { what, outage })
    this.#sendUnseen({ what, outage })
  })
  /** By the server's id: what nobody has seen, since the desktop did not take it or notifications are held back. */
  readonly #unseen = new Map<string, OutageNews>()
  /** By the server's id: what was handed to the desktop last. */
  readonly #handed = new Map<string, OutageNews>()
  /** The ids of the servers of which it was told that they want a new sign-in. */
  readonly #signInTold = new Set<string>()

  constructor(options: ServerToastsOptions) {
    this.#options = options
  }

  /** To be called with each change of a server's link. */
  onLink(serverId: string, link: LinkState): void {
    const wasAway = this.#outages.isAway(serverId)
    this.#outages.onLink(serverId, link)
    const unseen = this.#unseen.get(serverId)
    if (unseen?.what === 'back' && wasAway && !this.#outages.isAway(serverId)) this.#sendUnseen(unseen)
    if (needsSignIn(link) && this.#unseen.get(serverId)?.what === 'away') this.#unseen.delete(serverId)
    if (link === 'signInNeeded') this.#tellSignIn(serverId)
    // Attempts with the old sign-in pass by "connecting".
    else if (settledLinks.has(link) && this.#signInTold.delete(serverId))
      this.#options.outbox.withdraw(signInId(serverId))
  }

  /** Tells what the desktop has refused of outages, or what was held back. */
  tellAgain(): void {
    for (const news of new Set(this.#unseen.values())) this.#sendUnseen(news)
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

  /** Of a server of which nobody has seen the contrary there is nothing to tell: neither that it went away nor that it is back. */
  #addUnseen(serverId: string, news: OutageNews): void {
    const before = this.#unseen.get(serverId)
    if (before === undefined || before.what === news.what) this.#unseen.set(serverId, news)
    else this.#unseen.delete(serverId)
  }

  /**
   * Tells what nobody has seen of an outage, or of its end: of all its servers as one. That a server is back is not told while
   * it is away again.
   */
  #sendUnseen({ what, outage }: OutageNews): void {
    if (this.#options.isQuiet()) return
    const serverIds = [...this.#unseen]
      .filter(([, news]) => news.what === what && news.outage === outage)
      .filter(([id]) => what === 'away' || !this.#outages.isAway(id))
      .map(([id]) => id)
    if (serverIds.length > 0) void this.#send({ what, outage }, serverIds)
  }

  async #send(news: OutageNews, serverIds: readonly string[]): Promise<void> {
    for (const id of serverIds) {
      this.#unseen.delete(id)
      this.#handed.set(id, news)
    }
    const { outbox, texts, onOutageClick } = this.#options
    const toast = plainToast({
      id: `server:${news.outage}`,
      title: texts().t(`toast.server.${news.what}`, { count: serverIds.length }),
      body: [this.#serverNames(serverIds), ...(news.what === 'away' ? this.#reasonOf(serverIds) : [])].join(
        '\n',
      ),
      icon: news.what === 'away' ? 'serverAway' : 'app',
      onClick: onOutageClick,
    })
    if (await outbox.send(toast, serverIds)) return
    // Of some of them something later may have been told before the desktop refused this.
    for (const id of serverIds) if (this.#handed.get(id) === news) this.#addUnseen(id, news)
  }

  /** The line that says why servers are away, and what can be done; none where that is not one thing for all of them. */
  #reasonOf(serverIds: readonly string[]): string[] {
    const { model, texts } = this.#options
    const { t } = texts()
    const reasons = new Set(
      model.state.servers.flatMap(({ id, failure }) =>
        failure !== null && serverIds.includes(id) ? failureText(t, failure) : [],
      ),
    )
    return reasons.size === 1 ? [...reasons] : []
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
