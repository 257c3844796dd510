import { describe, expect, it } from 'vitest'
import { progressOf, rowText } from '../../../../../src/renderer/jobs/list/row-text.ts'
import { createTranslator } from '../../../../../src/shared/i18n.ts'
import { endedView, viewIn } from '../../../job-view.ts'

const texts = createTranslator(['en-GB'])
const at = new Date(2026, 10, 24, 14, 3).getTime()

describe('rowText', () => {
  it('tells an ended job by the time of its end, without the day that stands above it', () => {
    const part = { requestedAt: at - 60_000, startedAt: at }
    const job = endedView('done', { durationMs: 72_345, endedAt: at + 72_345 }, part)
    expect(rowText(job, true, at + 90_000_000, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Done',
      time: '14:04',
      duration: '1m 12s',
      why: '',
    })
  })

  it('says why a job did not start', () => {
    const end = { reason: 'forbidden', durationMs: null, endedAt: at } as const
    const job = endedView('notStarted', end, { requestedAt: at, startedAt: null })
    expect(rowText(job, true, at, texts)).toMatchObject({
      status: 'Not started',
      time: '14:03',
      duration: '',
      why: 'You are not permitted to start this workflow.',
    })
  })

  it('says what to do where the server does not begin what it has taken', () => {
    expect(rowText(viewIn('notBegun', { jobId: 'a', requestedAt: at }), true, at, texts)).toMatchObject({
      status: 'Taken, not begun',
      why: 'Start it again, or restart the server.',
    })
  })

  it('of a server that nobody is signed in to says so, and no clock runs', () => {
    for (const phase of ['running', 'notBegun', 'waiting'] as const) {
      const job = viewIn(phase, { requestedAt: at, startedAt: at })
      expect(rowText(job, false, at + 4700, texts)).toMatchObject({
        status: 'Not followed',
        duration: '',
        why: '',
      })
      expect(progressOf(job, false, 5000, at + 4700, texts)).toBeNull()
    }
  })

  it('keeps how a job ended, and how long it took, whether its server is followed or not', () => {
    expect(rowText(endedView('done'), false, at, texts)).toMatchObject({ status: 'Done', duration: '12s' })
  })

  it('says what went wrong', () => {
    const job = endedView('failed', { errorLine: 'File not found: /x' })
    expect(rowText(job, true, at, texts).why).toBe('File not found: /x')
  })
})

describe('the progress of a job that runs', () => {
  const job = viewIn('running', { requestedAt: at, startedAt: at })
  const after = (ms: number, usualMs: number | null) => progressOf(job, true, usualMs, at + ms, texts)

  it('ticks in whole seconds', () => {
    expect(after(4700, null)).toEqual({ text: '4s', part: null, isLong: false })
  })

  it('is told by the minute of one that waits for a decision', () => {
    const waiting = viewIn('waiting', { requestedAt: at, startedAt: at })
    const text = (ms: number) => progressOf(waiting, true, null, at + ms, texts)?.text
    expect([text(59_900), text(69_000), text(3_725_000)]).toEqual(['59s', '1m', '1h 2m'])
  })

  it('is measured by what the workflow usually takes', () => {
    expect(after(60_000, 240_000)).toEqual({ text: '1m of usually 4m', part: 0.25, isLong: false })
  })

  it('is said to be long once it is, and not for a few seconds', () => {
    expect(after(31 * 60_000, 12 * 60_000)).toEqual({
      text: 'longer than usual: 31m of 12m',
      part: 1,
      isLong: true,
    })
    expect(after(3000, 1000)?.isLong).toBe(false)
  })

  it('ends with the job', () => {
    expect(progressOf(endedView('done'), true, 1000, at, texts)).toBeNull()
  })
})
