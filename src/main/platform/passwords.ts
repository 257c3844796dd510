import type { Keychain, KeychainTrouble } from './keychain.ts'

/** Where ciphertext is kept; `AppStore` is one. */
export interface SealedPasswords {
  sealedPassword(profileId: string): string | null
  saveSealedPassword(profileId: string, sealed: string | null): void
}

/**
 * How long a password is remembered: `keychain`: until it is forgotten. `thisRun`: there is no keychain. `later`: for
 * this run, and it is sealed as soon as the keychain is there and unlocked.
 */
export type Kept = 'keychain' | 'thisRun' | 'later'

/** Why a stored password can't be read now, though it is there. */
export type NotNow = Exclude<KeychainTrouble, 'none'>

/**
 * The passwords of profiles whose user wants to stay signed in: sealed on disk where the system has a keychain, in
 * memory for this run where it has none. A password in plain text never reaches the disk, and does not stay in memory
 * once it is sealed. A keychain that is away or locked is no reason to lose what was stored with it.
 */
export class Passwords {
  readonly #keychain: Keychain
  readonly #sealed: SealedPasswords
  /** Those that no ciphertext is kept of. */
  readonly #plain = new Map<string, string>()
  /**
   * Counts what was decided of each profile. A keyring can wait minutes for its own password: what was decided meanwhile
   * is what holds.
   */
  readonly #decisions = new Map<string, number>()
  readonly #notNow = new Map<string, NotNow>()
  readonly #sealing = new Set<Promise<Kept>>()

  constructor(keychain: Keychain, sealed: SealedPasswords) {
    this.#keychain = keychain
    this.#sealed = sealed
  }

  /** Never rejects: a keychain that refuses is like one that is locked. */
  async remember(profileId: string, password: string): Promise<{ kept: Kept }> {
    const decision = this.#decide(profileId)
    this.#plain.set(profileId, password)
    const sealing = this.#seal(profileId, password, decision)
    this.#sealing.add(sealing)
    const kept = await sealing
    this.#sealing.delete(sealing)
    return { kept }
  }

  /** Resolves once nothing that is to be remembered waits for the keychain, which can ask for its own password first. */
  async settled(): Promise<void> {
    await Promise.all(this.#sealing)
  }

  /** Seals what could not be sealed so far. Resolves to the profiles whose passwords are sealed now. */
  async sealPending(): Promise<readonly string[]> {
    const sealed: string[] = []
    for (const [profileId, password] of this.#plain) {
      const kept = await this.#seal(profileId, password, this.#decisions.get(profileId) ?? 0)
      if (kept === 'keychain') sealed.push(profileId)
    }
    return sealed
  }

  /** The password; null when none is remembered, or when it can't be read now: then `whyNotNow` says why. */
  async read(profileId: string): Promise<string | null> {
    const plain = this.#plain.get(profileId)
    if (plain !== undefined) return plain
    const sealed = this.#sealed.sealedPassword(profileId)
    this.#notNow.delete(profileId)
    if (sealed === null) return null
    const decision = this.#decisions.get(profileId)
    const trouble = await this.#keychain.trouble()
    const opened = trouble === null ? await this.#keychain.open(sealed) : null
    if (this.#decisions.get(profileId) !== decision) return this.read(profileId)
    if (opened === null) {
      this.#notNow.set(profileId, trouble === 'away' ? 'away' : 'locked')
      return null
    }
    if (opened.shouldReseal) await this.#reseal(profileId, opened.text, decision)
    return opened.text
  }

  /** Why the last `read` of a stored password found none; null where it did, or none is stored. */
  whyNotNow(profileId: string): NotNow | null {
    return this.#notNow.get(profileId) ?? null
  }

  forget(profileId: string): void {
    this.#decide(profileId)
    this.#plain.delete(profileId)
    this.#notNow.delete(profileId)
    this.#sealed.saveSealedPassword(profileId, null)
  }

  #decide(profileId: string): number {
    const decision = (this.#decisions.get(profileId) ?? 0) + 1
    this.#decisions.set(profileId, decision)
    return decision
  }

  async #seal(profileId: string, password: string, decision: number): Promise<Kept> {
    const trouble = await this.#keychain.trouble()
    const sealed = trouble === null ? await this.#keychain.seal(password).catch(() => null) : null
    if (this.#decisions.get(profileId) !== decision) return 'thisRun'
    if (sealed !== null) {
      this.#sealed.saveSealedPassword(profileId, sealed)
      this.#plain.delete(profileId)
      return 'keychain'
    }
    if (trouble !== 'none') return 'later'
    // Nothing will ever open it.
    this.#sealed.saveSealedPassword(profileId, null)
    return 'thisRun'
  }

  async #reseal(profileId: string, password: string, decision: number | undefined): Promise<void> {
    const sealed = await this.#keychain.seal(password).catch(() => null)
    if (sealed === null || this.#decisions.get(profileId) !== decision) return
    this.#sealed.saveSealedPassword(profileId, sealed)
  }
}
