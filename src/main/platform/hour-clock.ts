import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { SystemPreferences } from 'electron'
import type { MessageBus } from 'dbus-native'
import { connectSessionBus } from './session-bus.ts'
import type { HourClock } from './system-formats.ts'

export interface HourClockSources {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly systemPreferences: Pick<SystemPreferences, 'getUserDefault'>
  /** Defaults to the session's bus. */
  readonly busAddress?: string
}

const answerWithinMs = 2000

/** GNOME's clock, by the portal that hands its settings to apps. */
async function gnomeClock({ env, busAddress }: HourClockSources): Promise<HourClock | null> {
  if (!/gnome|unity/iu.test(env['XDG_CURRENT_DESKTOP'] ?? '')) return null
  const bus = await connectSessionBus(() => {}, busAddress)
  try {
    return clockNamed(await readSetting(bus))
  } finally {
    void bus.close().catch(() => {})
  }
}

/** Some portals wrap the value in a variant of its own. */
const clockNamed = (value: unknown): HourClock | null => {
  const [name = null] = JSON.stringify(value)?.match(/\b(?:12h|24h)\b/u) ?? []
  return name === '12h' || name === '24h' ? name : null
}

const readSetting = async (bus: MessageBus): Promise<unknown> =>
  bus.invoke<unknown>(
    {
      destination: 'org.freedesktop.portal.Desktop',
      path: '/org/freedesktop/portal/desktop',
      interface: 'org.freedesktop.portal.Settings',
      member: 'Read',
      signature: 'ss',
      body: ['org.gnome.desktop.interface', 'clock-format'],
    },
    { timeout: answerWithinMs },
  )

function macClock(preferences: HourClockSources['systemPreferences']): HourClock | null {
  if (preferences.getUserDefault('AppleICUForce24HourTime', 'boolean')) return '24h'
  return preferences.getUserDefault('AppleICUForce12HourTime', 'boolean') ? '12h' : null
}

/** The clock of the regional settings: `iTime` is 1 where hours are counted to 23. */
async function windowsClock(): Promise<HourClock | null> {
  const query = ['query', String.raw`HKCU\Control Panel\International`, '/v', 'iTime']
  const { stdout } = await promisify(execFile)('reg', query, { windowsHide: true, timeout: answerWithinMs })
  const [, value] = /iTime\s+REG_SZ\s+([01])/u.exec(stdout) ?? []
  if (value === undefined) return null
  return value === '1' ? '24h' : '12h'
}

const clocks: Readonly<
  Partial<Record<NodeJS.Platform, (sources: HourClockSources) => Promise<HourClock | null>>>
> = {
  linux: gnomeClock,
  darwin: async ({ systemPreferences }) => macClock(systemPreferences),
  win32: windowsClock,
}

/** How the person has set hours to be counted, apart from the language; null where the system has no such setting. */
export async function hourClock(sources: HourClockSources): Promise<HourClock | null> {
  try {
    return (await clocks[sources.platform]?.(sources)) ?? null
  } catch {
    // Then the language's own way holds.
    return null
  }
}
