import type { Keychain } from './keychain.ts'

/** Where ciphertext is kept; `AppStore` is one. */
export interface SealedPasswords {
  sealedPassword(profileId: string): string | null
  saveSealedPassword(profileId: string, sealed: string | null): void
}

/** How long a password is remembered. */
export type Kept = 'keychain' | 'thisRun'

/**
 * The passwords of profiles whose user wants to stay signed in: sealed on disk where the system has a keychain, in
 * memory for this run where it has none. A password in plain text never reaches the disk.
 */
export class Passwords {
  readonly #keychain: Keychain
  readonly #sealed: SealedPasswords
  /** Passwords of this run. A keyring can wait minutes for its own password: whatever this says by then is right. */
  readonly #thisRun = new Map<string, string>()

  constructor(keychain: Keychain, sealed: SealedPasswords) {
    this.#keychain = keychain
    this.#sealed = sealed
  }

  /** Never rejects: a keychain that refuses is like none. */
  async remember(profileId: string, password: string): Promise<{ kept: Kept }> {
    this.#thisRun.set(profileId, password)
    const sealed = await this.#seal(password)
    if (this.#thisRun.get(profileId) !== password) return { kept: 'thisRun' }
    this.#sealed.saveSealedPassword(profileId, sealed)
    return { kept: sealed === null ? 'thisRun' : 'keychain' }
  }

  /** The password; null when none is remembered, or when the keyring is locked (its ciphertext stays). */
  async read(profileId: string): Promise<string | null> {
    const known = this.#thisRun.get(profileId)
    if (known !== undefined) return known
    const sealed = this.#sealed.sealedPassword(profileId)
    if (sealed === null) return null
    const opened = await this.#keychain.open(sealed)
    const typed = this.#thisRun.get(profileId)
    if (typed !== undefined) return typed
    if (opened === null || this.#sealed.sealedPassword(profileId) !== sealed) return null
    this.#thisRun.set(profileId, opened.text)
    if (opened.shouldReseal) await this.#reseal(profileId, opened.text)
    return opened.text
  }

  forget(profileId: string): void {
    this.#thisRun.delete(profileId)
    this.#sealed.saveSealedPassword(profileId, null)
  }

  async #reseal(profileId: string, password: string): Promise<void> {
    const sealed = await this.#seal(password)
    if (sealed === null || this.#thisRun.get(profileId) !== password) return
    this.#sealed.saveSealedPassword(profileId, sealed)
  }

  async #seal(password: string): Promise<string | null> {
    try {
      return (await this.#keychain.isProtected()) ? await this.#keychain.seal(password) : null
    } catch {
      return null
    }
  }
}
