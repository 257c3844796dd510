import { noDesktop } from '../src/cli/no-desktop.ts'
import type { Ports } from '../src/main/composition/ports.ts'
import type { Keychain, KeychainTrouble } from '../src/main/platform/keychain.ts'
import type { Log } from '../src/main/platform/log.ts'
import { Redactor } from '../src/main/platform/redaction.ts'
import { networkWire } from '../src/main/servers/access.ts'
import { emptyDocument } from '../src/main/settings/document.ts'
import type { SettingsFile } from '../src/main/settings/settings-file.ts'
import type { Profile } from '../src/shared/app-state.ts'

/** A person's keychain, with a toy cipher; it outlives the app's objects. */
export class ToyKeychain implements Keychain {
  readonly #listeners = new Set<() => void>()
  isThere = true
  isLocked = false

  async trouble(): Promise<KeychainTrouble | null> {
    if (!this.isThere) return 'none'
    return this.isLocked ? 'locked' : null
  }

  async seal(text: string): Promise<string> {
    return Buffer.from(text).toString('base64')
  }

  async open(sealed: string): Promise<{ text: string; shouldReseal: boolean }> {
    return { text: Buffer.from(sealed, 'base64').toString(), shouldReseal: false }
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** The person unlocks it. */
  unlock(): void {
    this.isLocked = false
    for (const listener of this.#listeners) listener()
  }
}

/** Who a person is on a server. */
export interface Account {
  readonly profile: Profile
  readonly password: string
  /** The ids of the person's favourites; none where left out. */
  readonly favourites?: readonly number[]
}

/** The settings of a person who has signed in to these servers and stays so; nothing else is remembered. */
export const signedInSettings = (...accounts: readonly Account[]): SettingsFile => ({
  read: () => ({
    kind: 'content',
    value: {
      ...emptyDocument,
      profiles: {
        list: accounts.map(({ profile }) => profile),
        followed: accounts.map(({ profile }) => profile.id),
        activeId: accounts.at(-1)?.profile.id ?? null,
      },
      favourites: Object.fromEntries(
        accounts.map(({ profile, favourites = [] }) => [profile.id, [...favourites]]),
      ),
      sealedPasswords: Object.fromEntries(
        accounts.map(({ profile, password }) => [profile.id, Buffer.from(password).toString('base64')]),
      ),
    },
  }),
  write: async () => {},
  setAside: () => null,
})

const silence = (): void => {}
export const noLog: Log = { error: silence, warn: silence, info: silence, debug: silence }

/** The ports of an app without a screen, to which whoever builds it adds the rest. */
export const headlessPorts = (own: Pick<Ports, 'files' | 'toaster'> & Partial<Ports>): Ports => ({
  ...noDesktop,
  keychain: () => new ToyKeychain(),
  log: { ...noLog, open: async () => {}, path: '/logs/wexflow-tray.log', tail: async () => [] },
  redactor: new Redactor(),
  machine: {
    appVersion: '1.2.3',
    process: { versions: {}, platform: 'linux', arch: 'x64', env: {} },
    osRelease: '6.1',
    languages: ['en-GB'],
    formats: () => ({ times: 'en-GB', numbers: 'en-GB' }),
    networkFingerprint: () => '',
  },
  wire: networkWire,
  licences: async () => 'zod 4: MIT',
  startAtLogin: {
    read: async () => 'off',
    set: async (isOn) => ({ state: isOn ? 'on' : 'off', problem: null }),
    followMove: async () => {},
  },
  ...own,
})
