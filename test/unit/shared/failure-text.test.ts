import { expect, test } from 'vitest'
import { failureText, firstFailureText } from '../../../src/shared/failure-text.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'

const { t } = createTranslator(['en'])

test('a page of another host is told with its name', () => {
  expect(firstFailureText(t, { kind: 'portal', host: 'login.example' })).toContain(
    'A page of login.example answered',
  )
})

test('other failures have one sentence each', () => {
  expect(firstFailureText(t, { kind: 'portal' })).toBe(t('failure.portal'))
  expect(firstFailureText(t, { kind: 'refused' })).toBe(t('failure.refused'))
})

test('a server that has answered before is not said to have a wrong address', () => {
  expect(failureText(t, { kind: 'refused' })).toBe(t('failureOfKnown.refused'))
  expect(failureText(t, { kind: 'timedOut' })).not.toContain('address')
  expect(failureText(t, { kind: 'gateway' })).toBe(t('failure.gateway'))
  expect(failureText(t, { kind: 'portal', host: 'login.example' })).toContain('login.example')
})
