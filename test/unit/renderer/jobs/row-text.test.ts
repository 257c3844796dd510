import { describe, expect, it } from 'vitest'
import { rowText } from '../../../../src/renderer/jobs/row-text.ts'
import { createTranslator } from '../../../../src/shared/i18n.ts'
import { endedView, viewIn } from '../../job-view.ts'

const texts = createTranslator(['en-GB'])
/** Of the one server, which is followed. */
const only = { server: null, isFollowed: true }
const at = new Date(2026, 10, 24, 14, 3).getTime()

describe('rowText', () => {
  it('tells an ended job by the time of its start', () => {
    const part = { requestedAt: at - 60_000, startedAt: at }
    expect(rowText(endedView('done', { durationMs: 12_345 }, part), only, at + 60_000, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Done',
      time: '14:03',
      duration: '12s',
      note: '',
    })
  })

  it('ticks in whole seconds', () => {
    const job = viewIn('running', { requestedAt: at, startedAt: at })
    expect(rowText(job, only, at + 4700, texts).duration).toBe('4s')
  })

  it('says why a job did not start, at the time of the wish', () => {
    const end = { reason: 'forbidden', durationMs: null } as const
    const job = endedView('notStarted', end, { requestedAt: at, startedAt: null })
    expect(rowText(job, only, at, texts)).toMatchObject({
      status: 'Not started',
      time: '14:03',
      duration: '',
      note: 'You are not permitted to start this workflow.',
    })
  })

  it('says what to do where the server does not begin what it has taken', () => {
    expect(rowText(viewIn('notBegun', { jobId: 'a', requestedAt: at }), only, at, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Taken, not begun',
      time: '14:03',
      duration: '',
      note: 'Restart the server, or save the workflow again.',
    })
  })

  it('says its server first, where there are several', () => {
    const job = endedView('failed', { errorLine: 'disk full' })
    expect(rowText(job, { server: 'production', isFollowed: true }, at, texts).note).toBe(
      'production · disk full',
    )
  })

  it('of a server that nobody is signed in to says so, and no clock runs', () => {
    const of = { server: 'production', isFollowed: false }
    for (const phase of ['running', 'notBegun', 'waiting'] as const) {
      const job = viewIn(phase, { requestedAt: at, startedAt: at })
      expect(rowText(job, of, at + 4700, texts)).toMatchObject({
        status: 'Not followed',
        duration: '',
        note: 'production',
      })
    }
  })

  it('keeps how a job ended, and how long it took, whether its server is followed or not', () => {
    expect(rowText(endedView('done'), { server: null, isFollowed: false }, at, texts)).toMatchObject({
      status: 'Done',
      duration: '12s',
    })
  })

  it('says what went wrong', () => {
    const job = endedView('failed', { errorLine: 'File not found: /x' })
    expect(rowText(job, only, at, texts).note).toBe('File not found: /x')
  })
})
