import { describe, expect, it, test } from 'vitest'
import { elapsed, isTicking, type Status, statusOf } from '../../../../src/renderer/jobs/job-status.ts'
import type { JobView } from '../../../../src/shared/job-view.ts'
import { endedView, viewIn } from '../../job-view.ts'

describe('statusOf', () => {
  it.each<[string, JobView, Status]>([
    ['a job that waits for approval', viewIn('waiting'), 'waiting'],
    ['a job that the server took and does not begin', viewIn('notBegun'), 'notBegun'],
    ['a job that ended', endedView('rejected'), 'rejected'],
    ['a job that is asked to stop', viewIn('running', { asked: 'stop' }), 'stopping'],
    ['a job that is asked to go on', viewIn('suspended', { asked: 'resume' }), 'resuming'],
    ['a job that ended before it was stopped', endedView('done', {}, { asked: 'stop' }), 'done'],
  ])('%s', (_name, job, status) => {
    expect(statusOf(job, true)).toBe(status)
  })
})

test.each<[JobView, Status]>([
  [viewIn('running', { startedAt: 1000, asked: 'stop' }), 'notFollowed'],
  [endedView('rejected'), 'rejected'],
])('of a server that nobody is signed in to: %j is %s and does not tick', (job, status) => {
  expect(statusOf(job, false)).toBe(status)
  expect(isTicking(job, false)).toBe(false)
})

describe('elapsed', () => {
  it.each<[string, JobView, number | null, boolean]>([
    ['grows from the start on', viewIn('running', { startedAt: 1000 }), 4000, true],
    ['is not known before the start', viewIn('queued'), null, false],
    ['is not known where the start was not witnessed', viewIn('running'), null, false],
    ['is what was measured after the end', endedView('done', { durationMs: 12 }), 12, false],
    ['is not guessed after the end', endedView('done', { durationMs: null }), null, false],
    ['is never negative', viewIn('running', { startedAt: 9000 }), 0, true],
  ])('%s', (_name, job, ms, ticks) => {
    expect(elapsed(job, true, 5000)).toBe(ms)
    expect(isTicking(job, true)).toBe(ticks)
  })
})
