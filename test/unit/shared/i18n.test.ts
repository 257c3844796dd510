import { describe, expect, it } from 'vitest'
import { linkStates, noticeKinds } from '../../../src/shared/app-state.ts'
import { failureKinds } from '../../../src/shared/failure.ts'
import { bestLocale, createTranslator } from '../../../src/shared/i18n.ts'
import { evidenceKinds, outcomes, reasons } from '../../../src/shared/outcome.ts'
import { phases } from '../../../src/shared/job-view.ts'
import { en } from '../../../src/shared/messages/en.ts'

describe('the English catalogue', () => {
  const sets: readonly (readonly [name: string, wanted: readonly string[], texts: object])[] = [
    ['link', linkStates, en.link],
    ['phase', phases, en.phase],
    ['outcome', outcomes, en.outcome],
    ['reason', reasons, en.reason],
    ['failure', failureKinds, en.failure],
    ['notice', noticeKinds, en.notice],
    ['evidence', evidenceKinds, en.evidence],
    ['toast.count', outcomes.flatMap((outcome) => [`${outcome}_one`, `${outcome}_other`]), en.toast.count],
  ]
  it.each(sets)('has one text for each %s, and none for what does not exist', (_name, wanted, texts) => {
    expect(Object.keys(texts).toSorted()).toEqual(wanted.toSorted())
  })
})

describe('bestLocale', () => {
  it.each<[readonly string[], string]>([
    [['en-GB'], 'en-GB'],
    [['EN'], 'en'],
    [['xx-YY', 'en-AU', 'en'], 'en-AU'],
    // As Linux names them.
    [['en-IE@euro', 'en-GB'], 'en-IE'],
    [['en_GB.UTF-8'], 'en-GB'],
    [['C.UTF-8', 'c', '', 'not a tag', 'en-', 'en-NZ'], 'en-NZ'],
    [['constructor', 'toString'], 'en'],
    [[], 'en'],
  ])('%j -> %s', (wanted, locale) => {
    expect(bestLocale(wanted)).toEqual({ locale, language: 'en' })
    expect(Intl.getCanonicalLocales(locale)).toEqual([locale])
  })
})

describe('createTranslator', () => {
  const { t } = createTranslator(['en-US'])

  it('fills in what is given, unescaped', () => {
    expect(t('toast.title', { workflow: '<A & B>', what: t('outcome.notStarted') })).toBe(
      'Not started: <A & B>',
    )
  })

  it('takes no instructions from what is filled in', () => {
    expect(t('toast.title', { workflow: '$t(app.name) {{what}}', what: 'Done' })).toContain('$t(app.name)')
  })

  it.each([
    [1, '1 job waits for approval'],
    [2, '2 jobs wait for approval'],
  ])('picks the plural form for %i', (count, text) => {
    expect(t('tray.waiting', { count })).toBe(text)
  })

  it('compiles with the keys of the catalogue only', () => {
    // @ts-expect-error There is no such key.
    expect(t('tray.nothing')).toBe('tray.nothing')
  })
})

describe('numbers and times are written as the system does', () => {
  it('numbers are grouped by the language until the system’s way is known, then by that', () => {
    let numbers: string | null = null
    const { t } = createTranslator(['en-GB'], () => (numbers === null ? null : { times: 'en-GB', numbers }))
    expect(t('servers.underWay', { count: 12_345 })).toBe('12,345 jobs under way')
    numbers = 'de-DE'
    expect(t('servers.underWay', { count: 12_345 })).toBe('12.345 jobs under way')
    expect(t('servers.underWay', { count: 1 })).toBe('1 job under way')
  })

  it('texts within texts stay as they are', () => {
    const { t } = createTranslator(['en-GB'])
    expect(t('tray.job', { name: '1000 {{phase}} $&', phase: '<b>' })).toBe('1000 {{phase}} $& – <b>')
  })

  it('times are the system’s as soon as they are known', () => {
    let times: string | null = null
    const translator = createTranslator(['en-GB'], () =>
      times === null ? null : { times, numbers: 'en-GB' },
    )
    expect(translator.times).toBe('en-GB')
    times = 'de-DE-u-hc-h12'
    expect(translator.times).toBe('de-DE-u-hc-h12')
  })
})
