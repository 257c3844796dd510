import { expect, test } from 'vitest'
import { nextRunText } from '../../../../src/renderer/jobs/next-run-text.ts'
import { createTranslator, loadTranslator } from '../../../../src/shared/i18n.ts'

const now = new Date(2026, 10, 26, 23, 30).getTime()
const texts = createTranslator(['en-GB'])

test.each([
  [new Date(2026, 10, 26, 23, 45), 'Next run today, 23:45'],
  [new Date(2026, 10, 27, 2, 0), 'Next run tomorrow, 02:00'],
  [new Date(2026, 10, 30, 2, 0), 'Next run Mon 30 Nov, 02:00'],
])('of %s it says: %s', (at, text) => {
  expect(nextRunText(at.getTime(), now, texts)).toBe(text)
})

test.each([
  ['fr', 'Prochaine exécution demain, 02:00'],
  ['da', 'Næste kørsel i morgen kl. 02.00'],
])('in %s it says: %s', async (language, text) => {
  const at = new Date(2026, 10, 27, 2, 0).getTime()
  expect(nextRunText(at, now, await loadTranslator([language]))).toBe(text)
})
