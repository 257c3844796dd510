import { describe, expect, it } from 'vitest'
import { evidenceText } from '../../../../../src/renderer/jobs/detail/evidence-text.ts'
import { createTranslator } from '../../../../../src/shared/i18n.ts'

const { t } = createTranslator(['en'])

describe('evidenceText', () => {
  it('puts the status where the sentence has a place for it', () => {
    expect(evidenceText({ at: 0, kind: 'entry', detail: 'Stopped' }, t)).toEqual({
      sentence: 'The server’s record says: Stopped',
      detail: '',
    })
  })

  it('names the outcome that was told before as the app names it', () => {
    const { sentence } = evidenceText({ at: 0, kind: 'corrected', detail: 'notStarted' }, t)
    expect(sentence).toContain('“Not started”')
  })

  it('keeps a detail that the sentence does not hold', () => {
    expect(evidenceText({ at: 0, kind: 'startAnswerLost', detail: 'ECONNRESET' }, t)).toEqual({
      sentence: 'The answer to the start was lost',
      detail: 'ECONNRESET',
    })
  })
})
