import type { SafeStorage } from 'electron'
import { hasAsyncSafeStorage } from './electron-features.ts'
import type { SecretService } from './secret-service.ts'

/** A secret as the keychain gave it back. */
interface OpenedSecret {
  readonly text: string
  /** The system has changed its key: seal the text again and keep that instead. */
  readonly shouldReseal: boolean
}

/**
 * What stands in the way of the keychain. `none`: this desktop has none. `away`: it should be there and is not, as at
 * login. `locked`: it is there, and the person has not unlocked it.
 */
export type KeychainTrouble = 'none' | 'away' | 'locked'

/** Seals secrets with a key that the operating system keeps for this user. */
export interface Keychain {
  /**
   * Resolves to what stands in the way of sealing and opening now, or to null. May ask the person to unlock it first, for
   * which they may take minutes. Never rejects.
   */
  trouble(): Promise<KeychainTrouble | null>
  /** @returns ciphertext, base64. Rejects when the keychain refuses. */
  seal(text: string): Promise<string>
  /** Null when it can't be opened now: the person refused it, another user's file. Keep the ciphertext. */
  open(sealed: string): Promise<OpenedSecret | null>
  /** Calls back when what stood in the way may be gone, where the system says so. */
  onChange(listener: () => void): void
}

/**
 * The system's keychain as Electron reaches it. Only after the app's `ready`.
 * @param keyring asked first where the desktop has one; null on Windows and macOS
 */
export function createKeychain(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  keyring: Pick<SecretService, 'state' | 'onChange'> | null,
): Keychain {
  const calls = hasAsyncSafeStorage(safeStorage) ? asynchronous(safeStorage) : synchronous(safeStorage)
  const keyringTrouble = async (): Promise<KeychainTrouble | null> => {
    if (platform !== 'linux') return null
    // "Available" is also true for `basic_text`, which encrypts with a key that is the same everywhere.
    const backend = safeStorage.getSelectedStorageBackend()
    if (!protectedBackends.has(backend)) return 'none'
    if (keyring === null || backend !== libsecret) return null
    const state = await keyring.state()
    return state === 'ready' ? null : state
  }
  return {
    async trouble() {
      const trouble = await keyringTrouble()
      if (trouble !== null) return trouble
      if (await succeeds(() => calls.isAvailable())) return null
      return platform === 'linux' ? 'away' : 'none'
    },
    async seal(text) {
      const sealed = await calls.encrypt(text)
      return sealed.toString('base64')
    },
    async open(sealed) {
      try {
        return await calls.decrypt(Buffer.from(sealed, 'base64'))
      } catch {
        return null
      }
    },
    onChange: (listener) => keyring?.onChange(listener),
  }
}

const libsecret = 'gnome_libsecret'
const protectedBackends: ReadonlySet<string> = new Set([libsecret, 'kwallet', 'kwallet5', 'kwallet6'])

interface StorageCalls {
  isAvailable(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  decrypt(sealed: Buffer): Promise<OpenedSecret>
}

const asynchronous = (safeStorage: SafeStorage): StorageCalls => ({
  isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(sealed) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed)
    return { text: result, shouldReseal: shouldReEncrypt }
  },
})

const synchronous = (safeStorage: SafeStorage): StorageCalls => ({
  isAvailable: async () => safeStorage.isEncryptionAvailable(),
  encrypt: async (text) => safeStorage.encryptString(text),
  decrypt: async (sealed) => ({ text: safeStorage.decryptString(sealed), shouldReseal: false }),
})

async function succeeds(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask()
  } catch {
    return false
  }
}
