import { describe, expect, it } from 'vitest'
import { linkStates, noticeKinds } from '../../../src/shared/app-state.ts'
import { failureKinds } from '../../../src/shared/failure.ts'
import { createTranslator, loadTranslator } from '../../../src/shared/i18n.ts'
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

describe('loadTranslator', () => {
  it.each<[wanted: string, locale: string, count: number, text: string]>([
    ['en-GB', 'en-GB', 2, '2 jobs under way'],
    ['da_DK.UTF-8', 'da-DK', 1, '1 job i gang'],
    ['da', 'da', 12_345, '12.345 job i gang'],
    ['fr-CA', 'fr-CA', 0, '0 job en cours'],
    ['fr', 'fr', 2, '2 jobs en cours'],
    ['fr', 'fr', 2_000_000, '2 000 000 de jobs en cours'],
    ['xx', 'en', 0, '0 jobs under way'],
  ])('%s speaks %s: %i', async (wanted, locale, count, text) => {
    const translator = await loadTranslator([wanted])
    expect(translator.locale).toBe(locale)
    expect(translator.t('servers.underWay', { count }).replaceAll(/\s/g, ' ')).toBe(text)
  })
})
