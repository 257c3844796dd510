import { networkInterfaces, release } from 'node:os'
import type { Ports } from '../main/composition/ports.ts'
import type { JournalFile } from '../main/job-store/journal-file.ts'
import type { Keychain } from '../main/platform/keychain.ts'
import type { LogLevel } from '../main/platform/log.ts'
import { addressFingerprint } from '../main/platform/network-addresses.ts'
import { Redactor } from '../main/platform/redaction.ts'
import { notInstalled } from '../main/platform/start-at-login/start-at-login.ts'
import { systemFormats } from '../main/platform/system-formats.ts'
import { emptyDocument } from '../main/settings/document.ts'
import { cleanText } from '../shared/clean-text.ts'
import type { Profile } from '../shared/app-state.ts'
import type { Settings } from '../shared/settings.ts'
import { environmentProxy } from './environment-proxy.ts'
import { noDesktop } from './no-desktop.ts'
import type { Terminal } from './terminal.ts'

export interface OwnPortsOptions {
  readonly terminal: Terminal
  readonly isVerbose: boolean
  readonly settings: Settings
  /** The server that the app has remembered; null for one that it does not know. */
  readonly profile: Profile | null
}

const nothing = (): void => {}

/** Characters of a line of the log. */
const longestLine = 2000

/** Remembers for as long as this process lives. */
const memoryFile = (): JournalFile => {
  let text: string | null = null
  return {
    read: async () => text,
    append: async (more) => {
      text = (text ?? '') + more
    },
    replace: async (whole) => {
      text = whole
    },
    keepAside: async () => '',
  }
}

/** The keychain belongs to the app: here a password is kept for this run only. */
const noKeychain: Keychain = {
  trouble: async () => 'none',
  seal: () => Promise.reject(new Error('there is no keychain')),
  open: async () => null,
  onChange: nothing,
}

/** The languages that the system wants, as BCP 47 tags, the most wanted first. */
export const systemLanguages = ({ env, platform }: Pick<Terminal, 'env' | 'platform'>): readonly string[] => {
  const named = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG']
  if (named !== undefined && named !== '') return [named]
  return platform === 'linux' ? [] : [Intl.DateTimeFormat().resolvedOptions().locale]
}

/** How the system writes times and numbers. */
export const terminalFormats = ({ env, platform }: Pick<Terminal, 'env' | 'platform'>) =>
  systemFormats({ platform, env, systemLocale: Intl.DateTimeFormat().resolvedOptions().locale })

/** What the app is built on where it has no desktop: nothing of it outlives this process, and it tells nobody. */
export function ownPorts({ terminal, isVerbose, settings, profile }: OwnPortsOptions): Ports {
  const redactor = new Redactor()
  const log =
    (level: LogLevel) =>
    (message: string, detail?: unknown): void => {
      if (!isVerbose) return
      const said = detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)
      const line = redactor.redact(`${level} ${message}${said === undefined ? '' : ` ${said}`}`)
      terminal.err.write(`${cleanText(line, longestLine)}\n`)
    }
  return {
    ...noDesktop,
    files: {
      settings: {
        read: () => ({
          kind: 'content',
          value: {
            ...emptyDocument,
            // Who waits at a terminal is there; and what is to be handed on would be remembered nowhere.
            settings: { ...settings, targets: [] },
            profiles: { list: profile === null ? [] : [profile], followed: [], activeId: null },
          },
        }),
        write: async () => {},
        setAside: () => null,
      },
      jobs: memoryFile(),
      told: memoryFile(),
      usual: memoryFile(),
    },
    keychain: () => noKeychain,
    log: {
      error: log('error'),
      warn: log('warn'),
      info: log('info'),
      debug: log('debug'),
      open: async () => {},
      path: '',
      tail: async () => [],
    },
    redactor,
    machine: {
      appVersion: terminal.version,
      process,
      osRelease: release(),
      languages: systemLanguages(terminal),
      formats: () => terminalFormats(terminal),
      networkFingerprint: () => addressFingerprint(networkInterfaces()),
    },
    resolveProxy: async (url) => environmentProxy(terminal.env, url),
    licences: async () => '',
    toaster: () => ({
      show: async () => ({ status: 'shown', reason: '' }),
      withdraw: nothing,
      isStanding: () => false,
      hasSounds: async () => true,
      onReady: nothing,
    }),
    startAtLogin: notInstalled,
  }
}
