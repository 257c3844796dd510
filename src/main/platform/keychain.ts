import type { SafeStorage } from 'electron'
import { hasAsyncSafeStorage } from './electron-features.ts'

/** A secret as the keychain gave it back. */
interface OpenedSecret {
  readonly text: string
  /** The system has changed its key: seal the text again and keep that instead. */
  readonly shouldReseal: boolean
}

/** Seals secrets with a key that the operating system keeps for this user. */
export interface Keychain {
  /** Whether a sealed secret is safe on disk. False where the desktop has no keychain, or it can't be reached now. */
  isProtected(): Promise<boolean>
  /** @returns ciphertext, base64. Rejects when the keychain refuses. */
  seal(text: string): Promise<string>
  /** Null when it can't be opened now: a locked keyring, another user's file. Keep the ciphertext. */
  open(sealed: string): Promise<OpenedSecret | null>
}

/** The system's keychain as Electron reaches it. Only after the app's `ready`. */
export function createKeychain(safeStorage: SafeStorage, platform: NodeJS.Platform): Keychain {
  const calls = hasAsyncSafeStorage(safeStorage) ? asynchronous(safeStorage) : synchronous(safeStorage)
  return {
    async isProtected() {
      // On Linux "available" is also true for `basic_text`, which encrypts with a key that is the same everywhere.
      if (!(await succeeds(() => calls.isAvailable()))) return false
      if (platform !== 'linux') return true
      return protectedBackends.has(safeStorage.getSelectedStorageBackend())
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
  }
}

const protectedBackends: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])

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
