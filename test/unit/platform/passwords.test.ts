import { describe, expect, test } from 'vitest'
import type { Keychain, KeychainTrouble } from '../../../src/main/platform/keychain.ts'
import { Passwords } from '../../../src/main/platform/passwords.ts'

/** What stands on disk. */
class Disk {
  readonly sealed = new Map<string, string>()
  sealedPassword = (id: string): string | null => this.sealed.get(id) ?? null
  saveSealedPassword = (id: string, sealed: string | null): void => {
    if (sealed === null) this.sealed.delete(id)
    else this.sealed.set(id, sealed)
  }
}

/** A keyring that asks the person before each answer: they come when the test lets them. */
class AskingKeychain implements Keychain {
  readonly #waiting: (() => void)[] = []
  shouldReseal = false
  trouble = async (): Promise<null> => null
  onChange(): void {}

  async seal(text: string): Promise<string> {
    await this.#permission()
    return `sealed ${text}`
  }

  async open(sealed: string): Promise<{ text: string; shouldReseal: boolean }> {
    await this.#permission()
    return { text: sealed.replace('sealed ', ''), shouldReseal: this.shouldReseal }
  }

  /** The person lets the app in, as often as it asked until now, the first question first. */
  permit(): void {
    for (const go of this.#waiting.splice(0)) go()
  }

  #permission(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Lets the person answer every question until there is none. */
async function permitAll(keychain: AskingKeychain): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await turns()
    keychain.permit()
  }
  await turns()
}

/** What is answered where the person lets the app in each time. */
async function permitted<Answer>(keychain: AskingKeychain, answer: Promise<Answer>): Promise<Answer> {
  await permitAll(keychain)
  return answer
}

test('a password that is typed while an older one is being read is the one that counts', async () => {
  const disk = new Disk()
  disk.saveSealedPassword('p1', 'sealed old')
  const keychain = new AskingKeychain()
  const passwords = new Passwords(keychain, disk)
  const reading = passwords.read('p1')
  const remembering = passwords.remember('p1', 'new')
  await permitAll(keychain)
  expect(await reading).toBe('new')
  expect(await remembering).toEqual({ kept: 'keychain' })
  expect(disk.sealedPassword('p1')).toBe('sealed new')
  expect(await permitted(keychain, passwords.read('p1'))).toBe('new')
})

test('a sign-out while a password is being read wins', async () => {
  const disk = new Disk()
  disk.saveSealedPassword('p1', 'sealed old')
  const keychain = new AskingKeychain()
  const passwords = new Passwords(keychain, disk)
  const reading = passwords.read('p1')
  passwords.forget('p1')
  await permitAll(keychain)
  expect(await reading).toBeNull()
  expect(await permitted(keychain, passwords.read('p1'))).toBeNull()
})

test('a sign-out while a password is being sealed again wins', async () => {
  const disk = new Disk()
  disk.saveSealedPassword('p1', 'sealed old')
  const keychain = new AskingKeychain()
  keychain.shouldReseal = true
  const passwords = new Passwords(keychain, disk)
  const reading = passwords.read('p1')
  await turns()
  keychain.permit()
  await turns()
  passwords.forget('p1')
  await permitAll(keychain)
  await reading
  expect(disk.sealed.size).toBe(0)
})

test('of two passwords that are typed one after the other the later one is kept', async () => {
  const disk = new Disk()
  const keychain = new AskingKeychain()
  const passwords = new Passwords(keychain, disk)
  const both = [passwords.remember('p1', 'first'), passwords.remember('p1', 'second')]
  await permitAll(keychain)
  await Promise.all(both)
  expect(disk.sealedPassword('p1')).toBe('sealed second')
  expect(await permitted(keychain, passwords.read('p1'))).toBe('second')
})

test('what is to be remembered can be waited for, as at the end of the app', async () => {
  const disk = new Disk()
  const keychain = new AskingKeychain()
  const passwords = new Passwords(keychain, disk)
  void passwords.remember('p1', 'secret')
  await permitted(keychain, passwords.settled())
  expect(disk.sealedPassword('p1')).toBe('sealed secret')
  await passwords.settled()
})

test('each profile has its own', async () => {
  const disk = new Disk()
  const keychain = new AskingKeychain()
  const passwords = new Passwords(keychain, disk)
  const both = [passwords.remember('p1', 'one'), passwords.remember('p2', 'two')]
  await permitAll(keychain)
  await Promise.all(both)
  passwords.forget('p1')
  expect(await passwords.read('p1')).toBeNull()
  expect(await permitted(keychain, passwords.read('p2'))).toBe('two')
})

/** A keychain that says what stands in its way, and counts how often it was asked for a secret. */
class TroubledKeychain implements Keychain {
  now: KeychainTrouble | null = null
  opened = 0
  trouble = async (): Promise<KeychainTrouble | null> => this.now
  seal = async (text: string): Promise<string> => `sealed ${text}`
  onChange(): void {}

  async open(sealed: string): Promise<{ text: string; shouldReseal: boolean }> {
    this.opened += 1
    return { text: sealed.replace('sealed ', ''), shouldReseal: false }
  }
}

describe.each(['locked', 'away'] as const)('while the keychain is %s', (trouble) => {
  test('a stored password is not read, not lost, and it is said why', async () => {
    const disk = new Disk()
    disk.saveSealedPassword('p1', 'sealed old')
    const keychain = new TroubledKeychain()
    const passwords = new Passwords(keychain, disk)
    keychain.now = trouble
    expect(await passwords.read('p1')).toBeNull()
    expect(passwords.whyNotNow('p1')).toBe(trouble)
    expect([keychain.opened, disk.sealedPassword('p1')]).toEqual([0, 'sealed old'])
    keychain.now = null
    expect(await passwords.read('p1')).toBe('old')
    expect(passwords.whyNotNow('p1')).toBeNull()
  })

  test('a typed password costs the stored one nothing, holds for this run, and is sealed later', async () => {
    const disk = new Disk()
    disk.saveSealedPassword('p1', 'sealed old')
    const keychain = new TroubledKeychain()
    const passwords = new Passwords(keychain, disk)
    keychain.now = trouble
    expect(await passwords.remember('p1', 'new')).toEqual({ kept: 'later' })
    expect(disk.sealedPassword('p1')).toBe('sealed old')
    expect(await passwords.read('p1')).toBe('new')
    expect(await passwords.sealPending()).toEqual([])
    keychain.now = null
    expect(await passwords.sealPending()).toEqual(['p1'])
    expect(disk.sealedPassword('p1')).toBe('sealed new')
  })

  test('a password that was forgotten meanwhile is not sealed later', async () => {
    const disk = new Disk()
    const keychain = new TroubledKeychain()
    const passwords = new Passwords(keychain, disk)
    keychain.now = trouble
    await passwords.remember('p1', 'new')
    passwords.forget('p1')
    keychain.now = null
    expect(await passwords.sealPending()).toEqual([])
    expect(disk.sealed.size).toBe(0)
  })
})

test('a password that is sealed is asked of the keychain each time: it does not stay in memory', async () => {
  const disk = new Disk()
  const keychain = new TroubledKeychain()
  const passwords = new Passwords(keychain, disk)
  expect(await passwords.remember('p1', 'secret')).toEqual({ kept: 'keychain' })
  expect(await passwords.read('p1')).toBe('secret')
  expect(await passwords.read('p1')).toBe('secret')
  expect(keychain.opened).toBe(2)
})

test('a keychain that refuses to seal costs nothing that is stored, and the password holds for this run', async () => {
  const disk = new Disk()
  disk.saveSealedPassword('p1', 'sealed old')
  const refusing: Keychain = {
    trouble: async () => null,
    seal: () => Promise.reject(new Error('the person said no')),
    open: async () => null,
    onChange: () => {},
  }
  const passwords = new Passwords(refusing, disk)
  expect(await passwords.remember('p1', 'secret')).toEqual({ kept: 'later' })
  expect(disk.sealedPassword('p1')).toBe('sealed old')
  expect(await passwords.read('p1')).toBe('secret')
})
