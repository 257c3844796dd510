import type { Profile } from '../../shared/app-state.ts'
import { cleanText } from '../../shared/clean-text.ts'
import type { Watch } from '../../shared/watch.ts'
import type { SignInForm } from '../../shared/commands.ts'
import type { Connection, ConnectionSecrets } from '../../shared/connection.ts'
import { noSecrets, usualConnection } from '../../shared/usual-connection.ts'
import type { Passwords } from '../platform/passwords.ts'
import type { AppStore } from '../settings/app-store.ts'
import { possibleAddresses } from '../wexflow/address.ts'
import { isOpen, isWatched, type Job } from '../tracking/job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import type { ServerAccess } from './access.ts'
import { isRemembered, isToBeFollowed, shownProfile } from './first-servers.ts'
import { profileIdOf } from './profile-id.ts'
import { mergedSecrets, type Secrets } from './secrets.ts'
import { Server } from './server.ts'
import { withUniqueNames } from './server-name.ts'
import type { ServerContext } from './server-context.ts'

export interface ServersOptions extends ServerContext {
  readonly access: ServerAccess
  readonly passwords: Passwords
  readonly secrets: Secrets
  readonly appStore: AppStore
}

/** Characters of a name that a person gives to a server. */
const longestName = 60

/** A profile says how its server is reached only where somebody has set it once. */
const connectionField = (
  connection: Connection,
  known: Profile | undefined,
): Partial<Pick<Profile, 'connection'>> =>
  known?.connection === undefined && JSON.stringify(connection) === JSON.stringify(usualConnection)
    ? {}
    : { connection }

/**
 * Every server that the app knows, by the id of its profile: all that somebody is signed in to are followed at once.
 */
export class Servers {
  readonly #options: ServersOptions
  readonly #servers = new Map<string, Server>()
  #shownId: string | null
  /** Whose form was asked for, null for that of one more; undefined where nobody has asked. */
  #askedId: string | null | undefined

  constructor(options: ServersOptions) {
    this.#options = options
    for (const profile of options.appStore.profiles) this.#add(profile)
    this.#shownId = shownProfile(options.appStore)?.id ?? null
  }

  get(serverId: string): Server | undefined {
    return this.#servers.get(serverId)
  }

  /**
   * The server that a job belongs to. Throws a `WexflowError` where there is no such job, or nobody knows its server.
   */
  ofJob(key: string): Server {
    const { store } = this.#options
    return this.known(store.get(key)?.serverId ?? '')
  }

  /** The server of a profile. Throws a `WexflowError` where it was forgotten. */
  known(serverId: string): Server {
    const server = this.#servers.get(serverId)
    if (server === undefined) throw new WexflowError('signInExpired', 'the server is not known', false)
    return server
  }

  /** Goes on with all that the app was signed in to when it ended; false where that needs a password to be typed. */
  resume(): boolean {
    const { appStore } = this.#options
    const profiles = appStore.profiles.filter((profile) => isToBeFollowed(profile, appStore))
    const remembered = profiles.filter((profile) => isRemembered(profile, appStore))
    for (const profile of remembered) this.#resume(profile)
    return remembered.length > 0 && remembered.length === profiles.length
  }

  /** Signs in to one server more, or anew to one that is known. Rejects with a `WexflowError`. */
  async signIn(form: SignInForm): Promise<void> {
    const { access, appStore, passwords, secrets } = this.#options
    const { username, staySignedIn } = form
    const way = await this.#wayOf(form)
    const signedIn = await access.signIn({ ...form, ...way })
    const { baseUrl } = signedIn
    const id = profileIdOf(baseUrl, username)
    const known = this.#servers.get(id)?.profile
    const profile = {
      ...known,
      id,
      baseUrl,
      username,
      staySignedIn,
      ...connectionField(way.connection, known),
    }
    this.#withdrawNotices(profile.id)
    if (signedIn.isDefaultPasswordInClear) this.#warnOfDefaultPassword(profile.id)
    this.#shownId = profile.id
    this.#askedId = undefined
    appStore.saveProfile(profile)
    this.#add(profile).follow(profile, signedIn.open(profile))
    if (staySignedIn) void this.#remember(profile, form.password, way.secrets)
    else {
      passwords.forget(profile.id)
      secrets.forget(profile.id)
    }
  }

  /** Knows one server more, to which nobody is signed in; one that is known stays as it is. */
  addSignedOut(profile: Profile): void {
    if (this.#servers.has(profile.id)) return
    this.#options.appStore.addProfile(profile)
    this.#add(profile)
    this.#shownId ??= profile.id
    this.#show()
  }

  /** Fills in the sign-in form with this server; with null or one that is not known, for one more. */
  showForm(serverId: string | null): void {
    this.#askedId = serverId !== null && this.#servers.has(serverId) ? serverId : null
    this.#show()
  }

  /** Trusts a certificate of a server, in the place of one that was trusted before, and connects anew. */
  trust(serverId: string, fingerprint: string): void {
    const server = this.#servers.get(serverId)
    if (server === undefined) return
    const { connection = usualConnection } = server.profile
    const profile = { ...server.profile, connection: { ...connection, trustedFingerprint: fingerprint } }
    this.#options.appStore.replaceProfile(profile)
    server.reconnect(profile)
  }

  /** Calls a server by another name, cut and cleaned as one line; by its address where nothing is left of it. */
  rename(serverId: string, name: string): void {
    const server = this.#servers.get(serverId)
    if (server === undefined) return
    server.rename(cleanText(name, longestName).trim())
    this.#options.appStore.replaceProfile(server.profile)
  }

  /** Follows on this server from now on only the person's own jobs, or those of others as well. */
  setWatch(serverId: string, watch: Watch): void {
    const server = this.#servers.get(serverId)
    if (server === undefined) return
    server.setWatch(watch)
    this.#options.appStore.replaceProfile(server.profile)
  }

  /** Takes runs that others began and that go on off the list. Answers those among these jobs that are any. */
  dismiss(keys: readonly string[]): Job[] {
    const { store, appStore } = this.#options
    const going = keys.flatMap((key) => store.get(key) ?? []).filter((job) => isWatched(job) && isOpen(job))
    for (const { serverId, run } of going) if (run !== null) appStore.dismiss(serverId, run.jobId)
    store.forget(going.map(({ key }) => key))
    return going
  }

  /** Brings jobs back to the list that were taken off it. */
  restore(jobs: readonly Job[]): void {
    const { store, appStore } = this.#options
    for (const job of jobs) {
      if (job.run !== null) appStore.undismiss(job.serverId, job.run.jobId)
      store.put(job)
    }
  }

  /** Signs out and forgets the password. Jobs under way stay known, and are followed again by the next sign-in. */
  signOut(serverId: string): void {
    const { passwords, secrets, appStore } = this.#options
    const server = this.#servers.get(serverId)
    if (server === undefined) return
    passwords.forget(serverId)
    secrets.forget(serverId)
    appStore.unfollow(serverId)
    // The form is filled in with whoever signed out, unless another server is still there to be shown.
    this.#shownId = appStore.activeProfile?.id ?? serverId
    this.#askedId = undefined
    server.signOut()
    this.#withdrawNotices(serverId)
  }

  /** Signs out and forgets all that is kept of a server. Its jobs stay in the list, and nobody follows them. */
  forget(serverId: string): void {
    if (!this.#servers.has(serverId)) return
    this.signOut(serverId)
    const { appStore, usual } = this.#options
    appStore.forgetProfile(serverId)
    usual.forgetServer(serverId)
    this.#servers.delete(serverId)
    this.#shownId = shownProfile(appStore)?.id ?? null
    this.#show()
  }

  refreshWorkflows(): void {
    for (const server of this.#servers.values()) server.refreshWorkflows()
  }

  /**
   * The keychain came or was unlocked: keeps what it could not keep, and goes on where a stored password was waited for.
   */
  async retryKeychain(): Promise<void> {
    const { passwords, secrets, model } = this.#options
    await secrets.sealPending()
    for (const server of this.#servers.values()) if (server.waitsForKeychain) this.#resume(server.profile)
    for (const id of await passwords.sealPending()) model.removeNotice('keychainNotNow', id)
  }

  /** The machine woke up, was unlocked or changed its network. */
  wake(): void {
    for (const server of this.#servers.values()) server.wake()
    void this.retryKeychain()
  }

  /** The app ends. */
  close(): void {
    for (const server of this.#servers.values()) server.close()
  }

  /** How a typed address is to be reached. Secrets that are kept go only to the server that they are kept for. */
  async #wayOf(form: SignInForm): Promise<{ connection: Connection; secrets: ConnectionSecrets }> {
    const profile = this.#servers.get(form.serverId ?? '')?.profile
    const known = profile?.connection ?? usualConnection
    const connection = form.connection ?? known
    const typed = form.secrets ?? noSecrets
    if (profile === undefined || !possibleAddresses(form.address).includes(profile.baseUrl))
      return { connection, secrets: typed }
    const kept = await this.#options.secrets.read(profile.id)
    return { connection, secrets: mergedSecrets(typed, connection, { connection: known, secrets: kept }) }
  }

  /** Follows with the password that is stored. */
  #resume(profile: Profile): void {
    const open = this.#options.access.open(profile, () => this.#warnOfDefaultPassword(profile.id))
    this.#add(profile).follow(profile, open)
  }

  #add(profile: Profile): Server {
    const known = this.#servers.get(profile.id)
    if (known !== undefined) return known
    const server = new Server(profile, this.#options, () => this.#show())
    this.#servers.set(profile.id, server)
    return server
  }

  #show(): void {
    const views = [...this.#servers.values()].map(({ view }) => view)
    // The sign-in form is for the one that needs it.
    const expired = views.find(({ link }) => link === 'signInNeeded')
    const shownId = this.#askedId === undefined ? (expired?.id ?? this.#shownId) : this.#askedId
    this.#options.model.setServers(withUniqueNames(views), shownId)
  }

  /** Not waited for by the sign-in: a locked keyring asks the person first, which may take minutes. */
  async #remember({ id }: Profile, password: string, secrets: ConnectionSecrets): Promise<void> {
    const { passwords, appStore, model } = this.#options
    const { kept } = await passwords.remember(id, password)
    // Where the keychain has kept the one it keeps the other.
    await this.#options.secrets.remember(id, secrets)
    const profile = appStore.profiles.find((one) => one.id === id)
    const isStillFollowed = appStore.followed.has(id) && profile?.staySignedIn === true
    if (kept === 'keychain' || !isStillFollowed) return
    model.addNotice({ kind: kept === 'later' ? 'keychainNotNow' : 'noKeychain', detail: '' }, id)
  }

  #warnOfDefaultPassword(serverId: string): void {
    this.#options.model.addNotice({ kind: 'defaultPasswordOverHttp', detail: '' }, serverId)
  }

  #withdrawNotices(serverId: string): void {
    this.#options.model.removeNotice('defaultPasswordOverHttp', serverId)
    this.#options.model.removeNotice('noKeychain', serverId)
    this.#options.model.removeNotice('keychainNotNow', serverId)
  }
}
