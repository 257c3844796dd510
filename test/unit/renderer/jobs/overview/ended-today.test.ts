import { expect, it } from 'vitest'
import { endedSince } from '../../../../../src/renderer/jobs/overview/ended-today.ts'
import { endedView, viewIn } from '../../../job-view.ts'

it('what ended since midnight is counted by its outcome, and nothing else is', () => {
  const midnight = 1000
  const jobs = [
    viewIn('running'),
    endedView('done', { endedAt: 1200 }),
    endedView('failed', { endedAt: 1100 }),
    endedView('done', { endedAt: midnight }),
    endedView('done', { endedAt: 999 }),
    // When it ended is not known: it counts by when that was learnt.
    endedView('unknown', { endedAt: null, learntAt: 1500 }),
  ]
  expect(Object.fromEntries(endedSince(jobs, midnight))).toEqual({ done: 2, failed: 1, unknown: 1 })
})
