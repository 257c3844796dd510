import { type Connection, type ConnectionSecrets, connectionSecretsSchema } from '../../shared/connection.ts'
import { noSecrets } from '../../shared/usual-connection.ts'
import type { Kept, Passwords } from '../platform/passwords.ts'

/** What goes with the connections of profiles, kept as one text as passwords are: sealed, or for this run only. */
export class Secrets {
  readonly #texts: Passwords

  constructor(texts: Passwords) {
    this.#texts = texts
  }

  /** Never rejects; empty where nothing is kept, or the keychain is locked. */
  async read(profileId: string): Promise<ConnectionSecrets> {
    const text = await this.#texts.read(profileId)
    return text === null ? noSecrets : secretsOf(text)
  }

  /** Never rejects. Nothing to keep is kept nowhere, and forgets what was. */
  async remember(profileId: string, secrets: ConnectionSecrets): Promise<{ kept: Kept } | null> {
    if (Object.values(secrets).every((secret) => secret === '')) {
      this.forget(profileId)
      return null
    }
    return this.#texts.remember(profileId, JSON.stringify(secrets))
  }

  /** Seals what could not be sealed so far. */
  async sealPending(): Promise<void> {
    await this.#texts.sealPending()
  }

  forget(profileId: string): void {
    this.#texts.forget(profileId)
  }
}

function secretsOf(text: string): ConnectionSecrets {
  try {
    return connectionSecretsSchema.parse(JSON.parse(text))
  } catch {
    return noSecrets
  }
}

/** What each secret is for: another user, another proxy, another file needs another one. */
const purposes: Readonly<Record<keyof ConnectionSecrets, readonly (keyof Connection)[]>> = {
  proxyPassword: ['proxy', 'proxyAddress', 'proxyUsername'],
  passphrase: ['certificateFile', 'keyFile'],
  frontPassword: ['frontUsername'],
}

/** The secrets that were typed, and for each that was not the known one, as long as it is for the same. */
export function mergedSecrets(
  typed: ConnectionSecrets,
  connection: Connection,
  known: { readonly connection: Connection; readonly secrets: ConnectionSecrets },
): ConnectionSecrets {
  const secret = (name: keyof ConnectionSecrets): string => {
    if (typed[name] !== '') return typed[name]
    const isSame = purposes[name].every((field) => connection[field] === known.connection[field])
    return isSame ? known.secrets[name] : ''
  }
  return {
    proxyPassword: secret('proxyPassword'),
    passphrase: secret('passphrase'),
    frontPassword: secret('frontPassword'),
  }
}
