import { describe, expect, it } from 'vitest'
import { bestLocale, type Language, languages, wantedLanguages } from '../../../src/shared/languages.ts'

describe('bestLocale', () => {
  it.each<[readonly string[], string, Language]>([
    [['en-GB'], 'en-GB', 'en'],
    [['EN'], 'en', 'en'],
    [['xx-YY', 'en-AU', 'en'], 'en-AU', 'en'],
    [['de-DE', 'da-DK', 'en-US', 'fr'], 'da-DK', 'da'],
    [['fr-CH', 'de-CH'], 'fr-CH', 'fr'],
    // A language that begins with the same letters is another one.
    [['dav', 'fro', 'frr-DE'], 'en', 'en'],
    // As Linux names them.
    [['en-IE@euro', 'en-GB'], 'en-IE', 'en'],
    [['da_DK.UTF-8'], 'da-DK', 'da'],
    [['C.UTF-8', 'c', '', 'not a tag', 'en-', 'fr-BE'], 'fr-BE', 'fr'],
    [['constructor', 'toString'], 'en', 'en'],
    [[], 'en', 'en'],
  ])('%j -> %s', (wanted, locale, language) => {
    expect(bestLocale(wanted)).toEqual({ locale, language })
    expect(Intl.getCanonicalLocales(locale)).toEqual([locale])
  })

  it('takes none that is not offered', () => {
    expect(bestLocale(['da-DK', 'en-GB'], ['en'])).toEqual({ locale: 'en-GB', language: 'en' })
  })
})

describe('wantedLanguages', () => {
  const system = ['de-DE', 'fr-CA', 'da_DK.UTF-8', 'en-GB']

  it('are the system’s where nothing else was chosen', () => {
    expect(wantedLanguages('system', system)).toEqual(system)
  })

  it.each(languages)('%s as chosen keeps the region that the system has for it', (choice) => {
    const locales = { en: 'en-GB', fr: 'fr-CA', da: 'da-DK' }
    expect(bestLocale(wantedLanguages(choice, system)).locale).toBe(locales[choice])
  })

  it('are the chosen one alone where the system does not name it', () => {
    expect(wantedLanguages('da', ['C', 'en-US'])).toEqual(['da'])
  })
})
