import type { Desktop } from '../commands.ts'
import type { JournalFile } from '../job-store/journal-file.ts'
import type { SystemNetwork } from '../network/dialer.ts'
import type { Toaster } from '../notify/toaster.ts'
import type { OpeningPorts } from './opening.ts'
import type { Machine } from '../platform/diagnostics.ts'
import type { Keychain } from '../platform/keychain.ts'
import type { LogFile } from '../platform/log-file.ts'
import type { Redactor } from '../platform/redaction.ts'
import type { StartAtLogin } from '../platform/start-at-login/start-at-login.ts'
import type { Wire } from '../servers/access.ts'
import type { UpdateWay } from '../updates/updates.ts'
import type { AppWindow, AppWindowOptions } from '../window/window.ts'

/** The window as the rest of the app has it: all that it does, whatever it is made of. */
type Window = Pick<AppWindow, keyof AppWindow>

/** What the app is built on: Electron's in the app, a person's desktop in memory in the tests. */
export interface Ports extends OpeningPorts {
  readonly files: OpeningPorts['files'] & {
    readonly jobs: JournalFile
    /** What was told of each job's end. */
    readonly told: JournalFile
    /** How long workflows usually take. */
    readonly usual: JournalFile
  }
  readonly keychain: () => Keychain
  readonly log: Pick<LogFile, 'error' | 'warn' | 'info' | 'debug' | 'open' | 'path' | 'tail'>
  readonly redactor: Redactor
  readonly machine: Machine &
    OpeningPorts['machine'] & {
      /** A text that changes when the machine's network does. */
      readonly networkFingerprint: () => string
    }
  /** The proxies that the system names; where it is absent servers are reached straight. */
  readonly resolveProxy?: SystemNetwork['resolveProxy']
  /** The way to a server; the network where it is absent. */
  readonly wire?: Wire
  /** Reads the notices of the packages that are bundled. */
  readonly licences: () => Promise<string>
  /** @param clickLabel what a desktop that shows it calls the click on a notification */
  readonly toaster: (clickLabel: () => string) => Toaster | Promise<Toaster>
  readonly window: (options: Pick<AppWindowOptions, 'memory' | 'speech'>) => Window | Promise<Window>
  readonly startAtLogin: StartAtLogin
  /** How newer versions come here. */
  readonly updates: UpdateWay
  readonly desktop: Desktop & {
    /** Shows that the app could not be built; resolves when that was read. */
    tellFailure(text: { readonly title: string; readonly body: string; readonly quit: string }): Promise<void>
  }
}
