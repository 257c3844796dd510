import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { sweeps } from '../../../../src/main/tracking/policy.ts'
import type { SweepResult } from '../../../../src/main/tracking/sweeps/entry-pages.ts'
import {
  hasRestarted,
  isOlderThanSweep,
  isTaken,
  takenAs,
} from '../../../../src/main/tracking/sweeps/restart.ts'
import type { Entry, WireStatus } from '../../../../src/main/wexflow/server.ts'
import { runningJob, sentJob, waitingJob } from '../../job.ts'
import { entryOf } from '../facts.ts'

const row = (id: number, status: WireStatus): Entry => entryOf(status, { id: String(id) })
const ended = (count: number): Entry[] => Array.from({ length: count }, (_, at) => row(10 + at, 'Done'))
const sweep = (rows: readonly Entry[], isWhole = true): SweepResult => ({ rows, isWhole })

describe('a restart', () => {
  it.each<[string, SweepResult | null, SweepResult, boolean]>([
    ['an ended entry is gone from a whole list', sweep([row(1, 'Done')]), sweep([]), true],
    [
      'a running entry is gone from a list of one page',
      sweep([row(1, 'Running')]),
      sweep(ended(sweeps.pageRows - 1)),
      true,
    ],
    ['an ended entry is gone from a long list', sweep([row(1, 'Done')]), sweep(ended(150)), true],
    [
      'a running entry slipped from page to page',
      sweep([row(1, 'Running')]),
      sweep(ended(sweeps.pageRows)),
      false,
    ],
    ['one of several is gone', sweep([row(2, 'Done'), row(1, 'Done')]), sweep([row(2, 'Done')]), true],
    ['nothing is gone', sweep([row(1, 'Running')]), sweep([row(2, 'Running'), row(1, 'Done')]), false],
    ['the list is not whole', sweep([row(1, 'Done')]), sweep(ended(100), false), false],
    ['nothing was known', null, sweep([row(1, 'Done')]), false],
  ])('is proven or not where %s', (_, before, after, isProven) => {
    expect(hasRestarted(before, after)).toBe(isProven)
  })
})

describe('a start whose server has restarted between two sweeps', () => {
  const answered = runningJob({ jobId: 'id' }, { key: 'answered' })
  const queued = waitingJob('queued', {}, { key: 'queued' })
  const lost = waitingJob('lost', {}, { key: 'lost' })
  const sent = sentJob({ key: 'sent' })

  it('was taken by the run before, where the server had answered by the sweep before', () => {
    const takenBefore = new Set(['id', 'queued'])
    const olderOf = (members: readonly string[]): Job[] =>
      [answered, queued, lost, sent].filter((job) => isOlderThanSweep(job, new Set(members), takenBefore))
    expect(olderOf([])).toEqual([answered, queued, lost])
    expect(olderOf(['answered', 'lost'])).toEqual([queued])
  })

  it('may have been taken by the one after it, where its answer came later', () => {
    const takenBefore = new Set(['another'])
    for (const job of [answered, queued]) expect(isOlderThanSweep(job, new Set(), takenBefore)).toBe(false)
  })

  it('is remembered by its run’s id, or while that is not known by its own key, once it is answered', () => {
    expect([answered, queued, lost, sent].filter(isTaken)).toEqual([answered, queued])
    expect([answered, queued].map(takenAs)).toEqual(['id', 'queued'])
  })
})
