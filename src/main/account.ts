import { createHash } from 'node:crypto'
import type { Profile } from '../shared/app-state.ts'
import type { SignInForm } from '../shared/ipc.ts'
import type { AppModel } from './app-model.ts'
import type { Passwords } from './platform/passwords.ts'
import type { ServerAccess } from './server-access.ts'
import type { Session } from './session.ts'
import type { AppStore } from './settings/app-store.ts'

export interface AccountOptions {
  readonly access: ServerAccess
  readonly passwords: Passwords
  readonly appStore: AppStore
  readonly model: AppModel
  readonly session: Session
}

/**
 * A profile's id: the same for the same user of the same server, so that jobs find their profile again even where the
 * settings were lost. The address must not be read out of it: a profile may get another one.
 */
const profileIdOf = (baseUrl: string, username: string): string =>
  createHash('sha256')
    .update(JSON.stringify([baseUrl, username]))
    .digest('hex')
    .slice(0, 32)

/** The profile whose password is stored, so that nobody has to type it; null where somebody has to. */
const rememberedProfile = (appStore: AppStore): Profile | null => {
  const profile = appStore.activeProfile
  return profile !== null && appStore.sealedPassword(profile.id) !== null ? profile : null
}

/** What the app shows of its sign-in before it has asked anybody, from what is stored. */
export const firstSignInState = (
  appStore: AppStore,
): { readonly profile: Profile | null; readonly link: 'connecting' | 'signedOut' } => {
  const remembered = rememberedProfile(appStore)
  if (remembered !== null) return { profile: remembered, link: 'connecting' }
  // The form is filled in with whoever was signed in last.
  return { profile: appStore.activeProfile ?? appStore.profiles.at(-1) ?? null, link: 'signedOut' }
}

/** As whom the app is signed in, and what it remembers of that. */
export class Account {
  readonly #options: AccountOptions

  constructor(options: AccountOptions) {
    this.#options = options
  }

  /** Goes on as whom the app was signed in when it ended; false where that needs a password to be typed. */
  resume(): boolean {
    const { access, appStore, session } = this.#options
    const profile = rememberedProfile(appStore)
    if (profile === null) {
      session.end()
      return false
    }
    session.begin(
      profile,
      access.open(profile, () => this.#warnOfDefaultPassword()),
    )
    return true
  }

  /** Signs in, in the place of whoever was signed in before. Rejects with a `WexflowError`. */
  async signIn(form: SignInForm): Promise<void> {
    const { access, appStore, session } = this.#options
    const { username, staySignedIn } = form
    const signedIn = await access.signIn(form)
    const { baseUrl } = signedIn
    const profile = { id: profileIdOf(baseUrl, username), baseUrl, username, staySignedIn }
    this.#withdrawNotices()
    if (signedIn.isDefaultPasswordInClear) this.#warnOfDefaultPassword()
    session.begin(profile, signedIn.open(profile))
    appStore.saveProfile(profile)
    if (staySignedIn) void this.#remember(profile, form.password)
    else this.#options.passwords.forget(profile.id)
  }

  /** Signs out and forgets every password. Jobs under way stay known, and are followed again by the next sign-in. */
  signOut(): void {
    const { passwords, appStore, session } = this.#options
    session.end()
    for (const { id } of appStore.profiles) passwords.forget(id)
    appStore.deactivateProfile()
    this.#withdrawNotices()
  }

  /** Not waited for by the sign-in: a locked keyring asks the person first, which may take minutes. */
  async #remember(profile: Profile, password: string): Promise<void> {
    const { passwords, appStore, model } = this.#options
    const { kept } = await passwords.remember(profile.id, password)
    const isStillActive = appStore.activeProfile?.id === profile.id && appStore.activeProfile.staySignedIn
    if (kept === 'thisRun' && isStillActive) model.addNotice({ kind: 'noKeychain', detail: '' })
  }

  #warnOfDefaultPassword(): void {
    this.#options.model.addNotice({ kind: 'defaultPasswordOverHttp', detail: '' })
  }

  #withdrawNotices(): void {
    this.#options.model.removeNotice('defaultPasswordOverHttp')
    this.#options.model.removeNotice('noKeychain')
  }
}
