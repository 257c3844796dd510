import { describe, expect, it } from 'vitest'
import { rowText } from '../../../../src/renderer/jobs/row-text.ts'
import { createTranslator } from '../../../../src/shared/i18n.ts'
import { jobWith } from '../../job.ts'

const texts = createTranslator(['en-GB'])
const at = new Date(2026, 10, 24, 14, 3).getTime()

describe('rowText', () => {
  it('tells an ended job by the time of its start', () => {
    const part = {
      phase: 'ended',
      outcome: 'done',
      requestedAt: at - 60_000,
      startedAt: at,
      durationMs: 12_345,
    } as const
    expect(rowText(jobWith(part), at + 60_000, texts)).toEqual({
      workflow: 'Import orders',
      status: 'Done',
      time: '14:03',
      duration: '12s',
      why: '',
    })
  })

  it('ticks in whole seconds', () => {
    const job = jobWith({ phase: 'running', requestedAt: at, startedAt: at })
    expect(rowText(job, at + 4700, texts).duration).toBe('4s')
  })

  it('says why a job did not start, at the time of the wish', () => {
    const job = jobWith({ phase: 'ended', outcome: 'notStarted', reason: 'forbidden', requestedAt: at })
    expect(rowText(job, at, texts)).toMatchObject({
      status: 'Not started',
      time: '14:03',
      duration: '',
      why: 'You are not permitted to start this workflow.',
    })
  })

  it('says that the server has not shown a job for long, and no longer once it has', () => {
    const job = jobWith({ phase: 'running', jobId: 'a', requestedAt: at, startedAt: at })
    expect(rowText(job, at + 29_000, texts).why).toBe('')
    expect(rowText(job, at + 30_000, texts).why).toBe('Not confirmed yet')
    expect(rowText({ ...job, listed: true }, at + 30_000, texts).why).toBe('')
    expect(rowText({ ...job, entryId: '1' }, at + 30_000, texts).why).toBe('')
  })

  it('says what went wrong', () => {
    const job = jobWith({ phase: 'ended', outcome: 'failed', errorLine: 'File not found: /x' })
    expect(rowText(job, at, texts).why).toBe('File not found: /x')
  })
})
