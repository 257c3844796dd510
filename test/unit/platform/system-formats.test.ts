import { describe, expect, test } from 'vitest'
import { systemFormats, withClock } from '../../../src/main/platform/system-formats.ts'
import { formatTime } from '../../../src/shared/format.ts'

const linux = (env: Record<string, string>): { times: string; numbers: string } =>
  systemFormats({ platform: 'linux', env, systemLocale: 'en-US' })

describe('on Linux the format of each kind of thing is set apart', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, 'en-US', 'en-US'],
    [{ LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8' }, 'de-DE', 'en-US'],
    [{ LANG: 'en_US.UTF-8', LC_NUMERIC: 'fr_CH@euro' }, 'en-US', 'fr-CH'],
    [{ LANG: 'en_US.UTF-8', LC_TIME: 'de_DE', LC_ALL: 'en_GB.UTF-8' }, 'en-GB', 'en-GB'],
    [{ LANG: 'C.UTF-8' }, 'en-u-hc-h23', 'en-u-hc-h23'],
    [{ LC_TIME: 'POSIX', LANG: 'da_DK' }, 'en-u-hc-h23', 'da-DK'],
    [{}, 'en-US', 'en-US'],
    [{ LANG: 'not a locale' }, 'en-US', 'en-US'],
  ])('%j', (env, times, numbers) => {
    expect(linux(env)).toEqual({ times, numbers })
  })
})

test('elsewhere it is the system’s own, and English where that is none', () => {
  const env = { LC_TIME: 'fr_FR' }
  expect(systemFormats({ platform: 'win32', env, systemLocale: 'de-AT' })).toEqual({
    times: 'de-AT',
    numbers: 'de-AT',
  })
  expect(systemFormats({ platform: 'darwin', env, systemLocale: '' })).toEqual({ times: 'en', numbers: 'en' })
})

describe('hours are counted as the person has set them, whatever the language', () => {
  const afternoon = new Date(2026, 10, 26, 15, 4).getTime()
  const time = (tag: string): string => formatTime(afternoon, afternoon, tag).replaceAll('\u202F', ' ')

  test.each([
    ['en-US', '24h', '15:04'],
    ['en-US', '12h', '3:04 PM'],
    ['de-DE', '12h', '3:04 PM'],
    ['en-GB', '12h', '3:04 pm'],
    ['de-DE', '24h', '15:04'],
  ] as const)('%s with %s: %s', (tag, clock, text) => {
    expect(time(withClock({ times: tag, numbers: tag }, clock).times)).toBe(text)
  })

  test('without a setting as the region does', () => {
    expect([time('en-US'), time('en-GB'), time('en-u-hc-h23')]).toEqual(['3:04 PM', '15:04', '15:04'])
  })
})
