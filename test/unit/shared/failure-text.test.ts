import { expect, test } from 'vitest'
import { failureText, outageText } from '../../../src/shared/failure-text.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'

const { t } = createTranslator(['en'])

test('a page of another host is told with its name', () => {
  expect(failureText(t, { kind: 'portal', host: 'login.example' })).toContain(
    'A page of login.example answered',
  )
})

test('other failures have one sentence each', () => {
  expect(failureText(t, { kind: 'portal' })).toBe(t('failure.portal'))
  expect(failureText(t, { kind: 'refused' })).toBe(t('failure.refused'))
})

test('a server that has answered before is not said to have a wrong address', () => {
  expect(outageText(t, { kind: 'refused' })).toBe(t('failureOfKnown.refused'))
  expect(outageText(t, { kind: 'timedOut' })).not.toContain('address')
  expect(outageText(t, { kind: 'gateway' })).toBe(t('failure.gateway'))
  expect(outageText(t, { kind: 'portal', host: 'login.example' })).toContain('login.example')
})
