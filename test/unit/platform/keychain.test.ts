import type { SafeStorage } from 'electron'
import { describe, expect, test } from 'vitest'
import { createKeychain, type Keychain } from '../../../src/main/platform/keychain.ts'
import { Passwords } from '../../../src/main/platform/passwords.ts'

const reversed = (text: string): string => Array.from(text).reverse().join('')

/** Electron's safeStorage with a toy cipher: the calls that 33 has, and those that 45 has besides. */
class ToyStorage implements SafeStorage {
  backend: ReturnType<SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret'
  isAvailable = true
  isLocked = false
  shouldReEncrypt = false
  getSelectedStorageBackend = () => this.backend
  isEncryptionAvailable = () => this.isAvailable
  encryptString = (text: string) => Buffer.from(reversed(text))
  decryptString = (sealed: Buffer) => {
    if (this.isLocked) throw new Error('locked')
    return reversed(sealed.toString())
  }
  setUsePlainTextEncryption = () => {}
  isAsyncEncryptionAvailable = async () => this.isAvailable
  encryptStringAsync = async (text: string) => this.encryptString(text)
  decryptStringAsync = async (sealed: Buffer) => ({
    result: this.decryptString(sealed),
    shouldReEncrypt: this.shouldReEncrypt,
  })
}

class OldToyStorage extends ToyStorage {
  constructor() {
    super()
    for (const name of ['isAsyncEncryptionAvailable', 'encryptStringAsync', 'decryptStringAsync'] as const) {
      Reflect.deleteProperty(this, name)
    }
  }
}

describe.each([
  ['synchronous (Electron 33)', () => new OldToyStorage()],
  ['asynchronous (Electron 45)', () => new ToyStorage()],
])('the keychain, %s', (_name, createStorage) => {
  test('opens what it sealed', async () => {
    const keychain = createKeychain(createStorage(), 'linux', null)
    const sealed = await keychain.seal('sécret')
    expect(Buffer.from(sealed, 'base64').toString('utf8')).not.toContain('sécret')
    expect(await keychain.open(sealed)).toEqual({ text: 'sécret', shouldReseal: false })
  })

  test.each([
    ['linux', 'gnome_libsecret', true, null],
    ['linux', 'kwallet6', true, null],
    ['linux', 'basic_text', true, 'none'],
    ['linux', 'unknown', true, 'none'],
    ['linux', 'gnome_libsecret', false, 'away'],
    ['darwin', 'unknown', true, null],
    ['win32', 'unknown', false, 'none'],
  ] as const)('%s with %s, available %s: %s', async (platform, backend, isAvailable, expected) => {
    const storage = createStorage()
    storage.backend = backend
    storage.isAvailable = isAvailable
    expect(await createKeychain(storage, platform, null).trouble()).toBe(expected)
  })

  test.each(['locked', 'away'] as const)(
    'asks nothing of Electron while the keyring is %s',
    async (state) => {
      const storage = createStorage()
      let asked = 0
      storage.isEncryptionAvailable = () => (asked += 1) > 0
      storage.isAsyncEncryptionAvailable = async () => storage.isEncryptionAvailable()
      const keyring = { state: async () => state, onChange: () => {} }
      expect(await createKeychain(storage, 'linux', keyring).trouble()).toBe(state)
      expect(asked).toBe(0)
    },
  )

  test('a locked keyring gives null and no error', async () => {
    const storage = createStorage()
    const keychain = createKeychain(storage, 'linux', null)
    const sealed = await keychain.seal('secret')
    storage.isLocked = true
    expect(await keychain.open(sealed)).toBeNull()
  })
})

describe('passwords', () => {
  /** What stands on disk. */
  class Disk {
    readonly sealed = new Map<string, string>()
    sealedPassword = (id: string): string | null => this.sealed.get(id) ?? null
    saveSealedPassword = (id: string, sealed: string | null): void => {
      if (sealed === null) this.sealed.delete(id)
      else this.sealed.set(id, sealed)
    }
  }

  test('are sealed on disk and read in the next run', async () => {
    const disk = new Disk()
    const keychain = createKeychain(new ToyStorage(), 'linux', null)
    expect(await new Passwords(keychain, disk).remember('p1', 'secret')).toEqual({ kept: 'keychain' })
    expect([...disk.sealed.values()].join()).not.toContain('secret')
    expect(await new Passwords(keychain, disk).read('p1')).toBe('secret')
  })

  test('without a keychain live for this run, and an older ciphertext goes', async () => {
    const disk = new Disk()
    disk.saveSealedPassword('p1', 'of another password')
    const storage = new ToyStorage()
    storage.backend = 'basic_text'
    const passwords = new Passwords(createKeychain(storage, 'linux', null), disk)
    expect(await passwords.remember('p1', 'secret')).toEqual({ kept: 'thisRun' })
    expect(disk.sealed.size).toBe(0)
    expect(await passwords.read('p1')).toBe('secret')
    passwords.forget('p1')
    expect(await passwords.read('p1')).toBeNull()
  })

  test('behind a locked keyring are null now and there again once it is unlocked', async () => {
    const disk = new Disk()
    const storage = new ToyStorage()
    const keychain = createKeychain(storage, 'linux', null)
    await new Passwords(keychain, disk).remember('p1', 'secret')
    const nextRun = new Passwords(keychain, disk)
    storage.isLocked = true
    expect(await nextRun.read('p1')).toBeNull()
    storage.isLocked = false
    expect(await nextRun.read('p1')).toBe('secret')
  })

  test('are sealed again when the system has changed its key', async () => {
    const disk = new Disk()
    const storage = new ToyStorage()
    const keychain = createKeychain(storage, 'linux', null)
    await new Passwords(keychain, disk).remember('p1', 'secret')
    storage.shouldReEncrypt = true
    storage.encryptString = (text) => Buffer.from(`${reversed(text)} `)
    await new Passwords(keychain, disk).read('p1')
    expect(Buffer.from(disk.sealedPassword('p1') ?? '', 'base64').toString()).toBe('terces ')
  })

  test('a sign-out while the keyring asks for its own password wins', async () => {
    const disk = new Disk()
    const opened: (() => void)[] = []
    const slow: Keychain = {
      trouble: () => new Promise((resolve) => opened.push(() => resolve(null))),
      onChange: () => {},
      seal: async (text) => text,
      open: async () => null,
    }
    const passwords = new Passwords(slow, disk)
    const remembering = passwords.remember('p1', 'secret')
    passwords.forget('p1')
    for (const open of opened) open()
    await remembering
    expect(disk.sealed.size).toBe(0)
    expect(await passwords.read('p1')).toBeNull()
  })
})
