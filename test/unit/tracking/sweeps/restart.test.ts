import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { starting, sweeps } from '../../../../src/main/tracking/policy.ts'
import type { SweepResult } from '../../../../src/main/tracking/sweeps/entry-pages.ts'
import {
  hasRestarted,
  isMarkGone,
  isOlderThan,
  restartedBy,
  takenOf,
} from '../../../../src/main/tracking/sweeps/restart.ts'
import type { Entry, WireStatus } from '../../../../src/main/wexflow/server.ts'
import { runningJob, sentJob, waitingJob } from '../../job.ts'
import { entryOf } from '../facts.ts'

const row = (id: number, status: WireStatus): Entry => entryOf(status, { id: String(id) })
const ended = (count: number): Entry[] => Array.from({ length: count }, (_, at) => row(10 + at, 'Done'))
const sweep = (rows: readonly Entry[], isWhole = true): SweepResult => ({ rows, isWhole })

describe('a restart', () => {
  it.each<[string, SweepResult, SweepResult, boolean]>([
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
    const taken = new Set(['id', 'queued'])
    expect([answered, queued, lost, sent].filter((job) => isOlderThan({ taken }, job))).toEqual([
      answered,
      queued,
      lost,
    ])
  })

  it('may have been taken by the one after it, where its answer came later', () => {
    const taken = new Set(['another'])
    for (const job of [answered, queued]) expect(isOlderThan({ taken }, job)).toBe(false)
  })

  it('is remembered by its run’s id, or while that is not known by its own key, once it is answered', () => {
    expect(takenOf([answered, queued, lost, sent])).toEqual(new Set(['id', 'queued']))
  })
})

describe('the jobs whose server a sweep proves to have restarted', () => {
  const taken = runningJob({ jobId: 'id' }, { key: 'taken' })
  const unseen = runningJob({ jobId: 'new', entry: null, isListed: false, frame: null })
  const start = { ...unseen.start, markedAt: 1000, sentAt: 1100, entryMark: '5' }
  const marked = { ...unseen, key: 'marked', start }
  const last = { result: sweep([row(1, 'Done')]), taken: takenOf([taken]) }
  const restartedOn = (rows: readonly Entry[], before: typeof last | null, members: readonly string[]) =>
    restartedBy({ result: sweep(rows), askedAt: 2000 }, before, [taken, marked], new Set(members)).jobs.map(
      ({ key }) => key,
    )

  it.each<[string, readonly Entry[], typeof last | null, readonly string[], readonly string[]]>([
    ['an entry is gone, and the mark of one', [row(6, 'Running')], last, [], ['taken', 'marked']],
    ['an entry is gone', [row(5, 'Done')], last, [], ['taken']],
    ['the mark of one is gone', [row(1, 'Done')], last, [], ['marked']],
    ['it is the first, and that mark is gone', [row(1, 'Done')], null, [], ['marked']],
    ['nothing is gone', [row(5, 'Done'), row(1, 'Done')], last, [], []],
    ['they were seen in the present run', [row(6, 'Running')], last, ['taken', 'marked'], []],
  ])('are told where %s', (_, rows, before, members, keys) => {
    expect(restartedOn(rows, before, members)).toEqual(keys)
  })
})

describe('a start of which the server has shown nothing', () => {
  const base = runningJob({ jobId: 'id', entry: null, isListed: false, frame: null })
  const askedAt = 10_000
  const after = (start: Partial<Job['start']>, run: Job['run'] = base.run): Job => ({
    ...base,
    run,
    start: { ...base.start, requestedAt: 0, markedAt: 1000, sentAt: 1100, entryMark: '5', ...start },
  })
  const shown = runningJob({ jobId: 'id', isListed: true }).run

  it.each<[string, Job, SweepResult, boolean]>([
    ['the newest entry from before it is gone', after({}), sweep([row(1, 'Running')]), true],
    ['it is queued, and that entry is gone', after({}, null), sweep([]), true],
    ['that entry is there', after({}), sweep([row(6, 'Running'), row(5, 'Done')]), false],
    ['that entry may be on another page', after({}), sweep(ended(sweeps.pageRows)), false],
    ['the list is not whole', after({}), sweep([], false), false],
    ['there was no entry before it', after({ entryMark: '0' }), sweep([]), false],
    ['it is not known which there was', after({ entryMark: null }), sweep([]), false],
    ['it was asked for after the list', after({ sentAt: askedAt + 1, markedAt: askedAt }), sweep([]), false],
    ['it is not known when that was asked', after({ markedAt: null }), sweep([]), false],
    ['it has not gone out', after({ sentAt: null }), sweep([]), false],
    [
      'it went out so late that the server may have restarted before',
      after({ sentAt: 1000 + starting.noRestartWithin }),
      sweep([]),
      false,
    ],
    ['the server has shown its run', after({}, shown), sweep([]), false],
  ])('is of an earlier run of the server or not where %s', (_, job, result, isProven) => {
    expect(isMarkGone({ result, askedAt }, job)).toBe(isProven)
  })
})
