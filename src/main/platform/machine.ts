import { networkInterfaces, release } from 'node:os'
import type { App, SystemPreferences } from 'electron'
import type { SystemFormats } from '../../shared/system-formats.ts'
import { hourClock } from './hour-clock.ts'
import { addressFingerprint } from './network-addresses.ts'
import { systemFormats, withClock } from './system-formats.ts'

type MachineApp = Pick<App, 'getVersion' | 'getPreferredSystemLanguages' | 'getSystemLocale'>

/** Milliseconds until the tray is shown, which loads nothing of what this takes. */
const onceShownMs = 500

/** How the system writes times and numbers; how it counts hours is known a little later than the rest. */
function formatsOf(app: MachineApp, systemPreferences: SystemPreferences): () => SystemFormats {
  const { platform, env } = process
  let formats = systemFormats({ platform, env, systemLocale: app.getSystemLocale() })
  const ask = async (): Promise<void> => {
    const clock = await hourClock({ platform, env, systemPreferences })
    if (clock !== null) formats = withClock(formats, clock)
  }
  setTimeout(() => void ask(), onceShownMs)
  return () => formats
}

/** What the app runs on, as Electron and Node tell it. After the app's `ready`. */
export const electronMachine = (app: MachineApp, systemPreferences: SystemPreferences) => ({
  appVersion: app.getVersion(),
  process,
  osRelease: release(),
  languages: app.getPreferredSystemLanguages(),
  formats: formatsOf(app, systemPreferences),
  networkFingerprint: (): string => addressFingerprint(networkInterfaces()),
})
