import { describe, expect, it } from 'vitest'
import { endedJob, runningJob, waitingJob } from '../../job.ts'
import { entry, evidenceOf, foundAs, entryOf, frame, missing, noEntry, tell } from '../facts.ts'

const lost = waitingJob('lost')

describe('a frame', () => {
  it('is remembered with its status, and the moment of the first', () => {
    const job = tell(runningJob(), [5, frame('Running')], [8, frame('Done')])
    expect(job.run).toMatchObject({ shownAt: 5, frame: { status: { word: 'Done', raw: 'Done' }, at: 5 } })
  })

  it('that comes twice tells nothing new', () => {
    const once = tell(runningJob(), [5, frame('Done')])
    expect(tell(once, [5, frame('Done')])).toEqual(once)
  })

  it('says nothing of a job that has ended or has no run', () => {
    for (const job of [endedJob('done'), lost]) expect(tell(job, [5, frame('Done')])).toBe(job)
  })

  it('shows that what had not begun has begun', () => {
    expect(tell(runningJob({ notBegunSince: 1 }), [5, frame('Done')]).run?.notBegunSince).toBeNull()
  })
})

describe('an entry', () => {
  it('is dated by the moment at which it first said this', () => {
    const job = tell(runningJob(), [5, entry('Running')], [9, entry('Running')])
    expect(job.run?.entry).toMatchObject({ id: '10', status: { word: 'Running', raw: '1' }, at: 5 })
    expect(tell(job, [12, entry('Done')]).run?.entry).toMatchObject({ status: { word: 'Done' }, at: 12 })
  })

  it('of another number is another record', () => {
    const job = tell(runningJob(), [5, entry('Running')], [9, entry('Running', { id: '11' })])
    expect(job.run?.entry).toMatchObject({ id: '11', at: 9 })
  })

  it('shows that the job began, and that whatever restarted did so before', () => {
    const job = tell(runningJob({ notBegunSince: 1 }, { restartedAt: 2 }), [5, entry('Running')])
    expect(job).toMatchObject({ restartedAt: null, run: { shownAt: 5, notBegunSince: null } })
  })

  it('that appears more than a second after a stop says that the stop hit nothing', () => {
    const stopped = runningJob({}, { stop: { askedAt: 0, said: false } })
    expect(tell(stopped, [1000, entry('Running')]).stop).not.toBeNull()
    expect(tell(stopped, [1001, entry('Running')]).stop).toBeNull()
    expect(tell(stopped, [1001, entry('Stopped')]).stop).not.toBeNull()
    // One that was there before the stop says nothing of it.
    expect(
      tell(
        { ...stopped, stop: null },
        [1, entry('Running')],
        [2, { kind: 'stopAsked' }],
        [9000, entry('Running')],
      ).stop,
    ).not.toBeNull()
  })

  it('corrects also what has ended', () => {
    expect(tell(endedJob('unknown'), [5, entry('Done')]).run?.entry?.status.word).toBe('Done')
  })

  it('that is gone proves a restart, one that never was proves nothing', () => {
    const seen = tell(runningJob(), [5, entry('Running')], [9, noEntry(8)])
    expect(seen).toMatchObject({ restartedAt: 9, run: { entry: null } })
    const unseen = runningJob()
    expect(tell(unseen, [9, noEntry(8)])).toBe(unseen)
    const ended = tell(endedJob('done'), [5, entry('Done')])
    expect(tell(ended, [9, noEntry(8)])).toBe(ended)
  })

  it('proves nothing where it was asked for before the entry was first seen: the answer was long on its way', () => {
    const seen = tell(runningJob(), [5, entry('Running')])
    expect(tell(seen, [9, noEntry(5)])).toBe(seen)
  })
})

describe('the history', () => {
  it('has the job’s row', () => {
    const job = tell(runningJob({ notBegunSince: 1 }), [5, missing(4)], [9, foundAs('id')])
    expect(job).toMatchObject({
      maybeOthers: false,
      search: null,
      run: { jobId: 'id', notBegunSince: null, history: { id: '3', status: { word: 'Done' }, at: 9 } },
    })
    expect(tell(job, [12, foundAs('id')]).run?.history?.at).toBe(9)
    expect(tell(job, [12, foundAs('id', '4')]).run?.history).toMatchObject({ id: '4', at: 12 })
    const otherwise = { ...foundAs('id'), row: entryOf('Failed', { id: '3' }) }
    expect(tell(job, [12, otherwise]).run?.history).toMatchObject({ status: { word: 'Failed' }, at: 12 })
  })

  it('has a row that a start without a run claims', () => {
    expect(tell(lost, [9, foundAs('x')])).toMatchObject({
      maybeOthers: true,
      run: { jobId: 'x', startedAt: null },
    })
    expect(evidenceOf(tell(lost, [9, foundAs('x')]))).toEqual(['historyFound'])
  })

  it('has a row under another id than the start was given', () => {
    const job = tell(runningJob(), [9, foundAs('x')])
    expect(job).toMatchObject({ maybeOthers: true, run: { jobId: 'x' } })
    expect(evidenceOf(job)).toEqual(['idReplaced'])
  })

  it('was searched without success, whole or in part', () => {
    expect(tell(lost, [9, missing(5)]).search).toEqual({ at: 5, unreadSince: null })
    const unread = tell(lost, [9, missing(5, false)], [20, missing(15, false)])
    expect(unread.search).toEqual({ at: 15, unreadSince: 5 })
    expect(tell(unread, [30, missing(25)]).search).toEqual({ at: 25, unreadSince: null })
    expect(tell(endedJob('unknown'), [9, missing(5, false)]).search).toEqual({ at: 5, unreadSince: null })
  })
})

it('a start without a run has no entry to be told of, nor to miss', () => {
  expect(tell(lost, [5, entry('Done')])).toBe(lost)
  expect(tell(lost, [5, noEntry(4)])).toBe(lost)
})

describe('a log', () => {
  it('tells what an end lacks, and better than this machine’s clock how long it took', () => {
    const log = { kind: 'log', durationMs: 7, errorLine: 'full', isLast: true } as const
    expect(tell(endedJob('failed'), [9, log]).end).toMatchObject({
      durationMs: 7,
      errorLine: 'full',
      isLogRead: true,
    })
    const nothing = { kind: 'log', durationMs: null, errorLine: null, isLast: true } as const
    expect(tell(endedJob('failed', { errorLine: 'x' }), [9, nothing]).end).toMatchObject({
      durationMs: 12_000,
      errorLine: 'x',
      isLogRead: true,
    })
    expect(tell(endedJob('done'), [9, { ...nothing, isLast: false }]).end?.isLogRead).toBe(false)
    const running = runningJob()
    expect(tell(running, [9, log])).toBe(running)
  })
})
