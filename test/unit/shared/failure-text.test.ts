import { expect, test } from 'vitest'
import { failureText } from '../../../src/shared/failure-text.ts'
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
