import { describe, expect, it } from 'vitest'
import { rowText } from '../../../../src/renderer/jobs/row-text.ts'
import { createTranslator } from '../../../../src/shared/i18n.ts'
import { endedView, viewIn } from '../../job-view.ts'

const texts = createTranslator(['en-GB'])
const at = new Date(2026, 10, 24, 14, 3).getTime()

describe('rowText', () => {
  it('tells an ended job by the time of its start', () => {
    const part = { requestedAt: at - 60_000, startedAt: at }
    expect(rowText(endedView('done', { durationMs: 12_345 }, part), at + 60_000, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Done',
      time: '14:03',
      duration: '12s',
      why: '',
    })
  })

  it('ticks in whole seconds', () => {
    const job = viewIn('running', { requestedAt: at, startedAt: at })
    expect(rowText(job, at + 4700, texts).duration).toBe('4s')
  })

  it('says why a job did not start, at the time of the wish', () => {
    const end = { reason: 'forbidden', durationMs: null } as const
    const job = endedView('notStarted', end, { requestedAt: at, startedAt: null })
    expect(rowText(job, at, texts)).toMatchObject({
      status: 'Not started',
      time: '14:03',
      duration: '',
      why: 'You are not permitted to start this workflow.',
    })
  })

  it('says what to do where the server does not begin what it has taken', () => {
    expect(rowText(viewIn('notBegun', { jobId: 'a', requestedAt: at }), at, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Taken, not begun',
      time: '14:03',
      duration: '',
      why: 'Restart the server, or save the workflow again.',
    })
  })

  it('says what went wrong', () => {
    const job = endedView('failed', { errorLine: 'File not found: /x' })
    expect(rowText(job, at, texts).why).toBe('File not found: /x')
  })
})
