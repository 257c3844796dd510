import { intlTag } from '../../shared/intl-tag.ts'
import type { SystemFormats } from '../../shared/system-formats.ts'

/** How hours are counted where the person has chosen that apart from the rest. */
export type HourClock = '12h' | '24h'

export interface FormatSources {
  readonly platform: NodeJS.Platform
  /** Linux: POSIX names the format of each kind of thing. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Windows and macOS: Electron's `app.getSystemLocale()`. */
  readonly systemLocale: string
}

const hourCycles = { '12h': 'h12', '24h': 'h23' } as const satisfies Record<HourClock, string>

/** The locale that POSIX calls C, whose hours are counted to 23. */
const plainLocale = 'en-u-hc-h23'
const isPlain = (name: string): boolean => /^(?:C|POSIX)(?:\.|$)/u.test(name)

const posixTag = (env: FormatSources['env'], category: 'LC_TIME' | 'LC_NUMERIC'): string | null => {
  const name = env['LC_ALL'] || env[category] || env['LANG'] || ''
  return isPlain(name) ? plainLocale : intlTag(name)
}

/** How the system writes times and numbers. */
export function systemFormats({ platform, env, systemLocale }: FormatSources): SystemFormats {
  const fallback = intlTag(systemLocale) ?? 'en'
  if (platform !== 'linux') return { times: fallback, numbers: fallback }
  return { times: posixTag(env, 'LC_TIME') ?? fallback, numbers: posixTag(env, 'LC_NUMERIC') ?? fallback }
}

/** The same, with hours as the person has chosen them. */
export const withClock = (formats: SystemFormats, clock: HourClock): SystemFormats => ({
  ...formats,
  times: new Intl.Locale(formats.times, { hourCycle: hourCycles[clock] }).toString(),
})
