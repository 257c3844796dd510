import { describe, expect, it } from 'vitest'
import { goneFrom } from '../../../../src/main/tracking/conclude.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { giveUp, gone, unread } from '../../../../src/main/tracking/policy.ts'
import { runningJob } from '../../job.ts'
import { at, endAt, goneSince, lostAt, queuedAt, run, searched } from './concluding.ts'

const restartedWith = (job: Job, search: Job['search']): Job => ({ ...job, restartedAt: 500, search })

describe('a server that restarted', () => {
  it('leaves unknown what the history does not hold, searched since', () => {
    expect(endAt(restartedWith(runningJob(), null))).toBeNull()
    expect(endAt(restartedWith(runningJob(), searched(499)))).toBeNull()
    expect(endAt(restartedWith(runningJob(), searched(500)))).toMatchObject({
      outcome: 'unknown',
      reason: 'endedWithServer',
      from: 'inferred',
    })
  })

  it('leaves a queued start unconfirmed: it may have begun just before', () => {
    expect(endAt(restartedWith(queuedAt(0), searched(500)))).toMatchObject({
      outcome: 'unknown',
      reason: 'startUnconfirmed',
    })
  })

  it('may still be reached by a start whose answer was lost, for a minute', () => {
    const job = restartedWith(lostAt(100), searched(500))
    expect(endAt(job, 100 + giveUp.lostAfterRestart - 1)).toBeNull()
    expect(endAt(job, 100 + giveUp.lostAfterRestart)).toMatchObject({ reason: 'endedWithServer' })
  })

  it('and whose history can’t be read is waited for, then that is the reason', () => {
    const unreadSince = 600
    const withRun = (search: number) => restartedWith(runningJob(), searched(search, unreadSince))
    expect(endAt(withRun(unreadSince + unread.wait - 1))).toBeNull()
    expect(endAt(withRun(unreadSince + unread.wait))).toMatchObject({
      outcome: 'unknown',
      reason: 'historyUnread',
    })
    const without = (search: number) => restartedWith(queuedAt(0), searched(search, unreadSince))
    expect(endAt(without(unreadSince + unread.waitWithoutId - 1))).toBeNull()
    expect(endAt(without(unreadSince + unread.waitWithoutId))).toMatchObject({ reason: 'startUnconfirmed' })
  })
})

describe('a job that is gone without a record', () => {
  const since = 1000
  const from = since + gone.concludeAfter
  const search = searched(from)

  it('is unknown after five seconds and a search since, never Done or Failed', () => {
    expect(endAt(goneSince(since, {}, { search }), from)).toMatchObject({
      outcome: 'unknown',
      reason: 'notRecorded',
      endedAt: since,
    })
    expect(endAt(goneSince(since, {}, { search }), from - 1)).toBeNull()
    expect(endAt(goneSince(since, {}, { search: searched(from - 1) }), from)).toBeNull()
    expect(endAt(goneSince(since, {}, { search: null }), from)).toBeNull()
  })

  it('is gone only after two reads', () => {
    const once = { count: 1, since, at: since }
    expect(endAt(goneSince(since, { gone: once }, { search }), from)).toBeNull()
    expect(goneFrom(goneSince(since, { gone: once }))).toBeNull()
    expect(goneFrom(goneSince(since))).toBe(from)
    expect(goneFrom(runningJob())).toBeNull()
  })

  it('was stopped where this app had asked for that, though the server said false', () => {
    const stop = { askedAt: since, said: false }
    expect(endAt(goneSince(since, {}, { search, stop }), from)).toMatchObject({
      outcome: 'stopped',
      from: 'inferred',
      reason: null,
    })
    const unanswered = { askedAt: since, said: null }
    expect(endAt(goneSince(since, {}, { search, stop: unanswered }), from)).toMatchObject({
      outcome: 'unknown',
    })
    const later = { askedAt: since + 1, said: true }
    expect(endAt(goneSince(since, {}, { search, stop: later }), from)).toMatchObject({ outcome: 'unknown' })
  })

  it('was not stopped by what the server refused a second before it showed the job', () => {
    const askedAt = since - 5000
    const outcomeOf = (shownAfterMs: number, said: boolean) =>
      endAt(goneSince(since, { shownAt: askedAt + shownAfterMs }, { search, stop: { askedAt, said } }), from)
    expect(outcomeOf(1000, false)).toMatchObject({ outcome: 'stopped' })
    expect(outcomeOf(1001, false)).toMatchObject({ outcome: 'unknown', reason: 'notRecorded' })
    expect(outcomeOf(1001, true)).toMatchObject({ outcome: 'stopped' })
  })

  it('whose stop was refused, and whose entry is not there, may have gone with the server', () => {
    const stop = { askedAt: since, said: false }
    const missing = { isEntryMissing: true }
    const unknown = { outcome: 'unknown', reason: 'notRecorded' }
    expect(endAt(goneSince(since, {}, { search, stop }), from, missing)).toMatchObject(unknown)
    expect(endAt(goneSince(since, { entry: null }, { search, stop }), from)).toMatchObject(unknown)
    const stopped = { ...stop, said: true }
    expect(endAt(goneSince(since, {}, { search, stop: stopped }), from, missing)).toMatchObject({
      outcome: 'stopped',
    })
  })

  it('that a save may have hidden waits ten minutes, unless something says that it ended', () => {
    const mayRunOn = { mayRunOn: true }
    const late = since + gone.concludeUnsignalledAfter
    expect(goneFrom(goneSince(since, mayRunOn))).toBe(late)
    expect(goneFrom(goneSince(since, { ...mayRunOn, frame: run.said('Running') }))).toBe(from)
    expect(goneFrom(goneSince(since, { ...mayRunOn, entry: run.entry(null, '42') }))).toBe(from)
    const unsure = { askedAt: 5, said: false }
    expect(goneFrom(goneSince(since, mayRunOn, { stop: unsure }))).toBe(late)
    expect(goneFrom(goneSince(since, mayRunOn, { stop: { ...unsure, said: true } }))).toBe(from)
  })

  it('counts as gone two minutes after its stream said that it ended, whatever `jobs` says', () => {
    const frame = run.said('Running', since)
    const late = since + gone.concludeListedAfter
    const listed = runningJob({ isListed: true, entry: run.entry('Running', '1'), frame })
    expect(goneFrom(listed)).toBe(late)
    expect(goneFrom(goneSince(since, { frame }))).toBe(from)
    expect(endAt({ ...listed, search: searched(late) }, late - 1)).toBeNull()
    expect(endAt({ ...listed, search: searched(late) }, late)).toMatchObject({ reason: 'notRecorded' })
    expect(endAt({ ...listed, search: searched(late - 1) }, late)).toBeNull()
  })

  it('whose record says what nobody knows is unknown for that reason, stopped or not', () => {
    const part = { entry: run.entry(null, '42') }
    const stop = { askedAt: 5, said: true }
    for (const of of [{ search }, { search, stop }])
      expect(endAt(goneSince(since, part, of), from)).toMatchObject({
        outcome: 'unknown',
        reason: 'unknownStatus',
      })
  })

  it('where the history can’t be read says so', () => {
    const unreadFor = { search: searched(from + unread.wait, from) }
    expect(endAt(goneSince(since, {}, unreadFor), at)).toMatchObject({
      outcome: 'unknown',
      reason: 'historyUnread',
    })
    expect(endAt(goneSince(since, { entry: run.entry(null, '42') }, unreadFor), at)).toMatchObject({
      reason: 'unknownStatus',
    })
  })
})

describe('a run that is known by its entry alone and is gone', () => {
  const nameless = goneSince(1000, { jobId: 'entry 10' })

  it('is told without a search of the history, which names jobs by their ids', () => {
    expect(endAt(nameless, 1000 + gone.concludeAfter - 1)).toBeNull()
    const end = endAt(nameless, 1000 + gone.concludeAfter)
    expect(end).toMatchObject({ outcome: 'unknown', reason: 'notRecorded' })
  })
})
