import { describe, expect, it } from 'vitest'
import { type ConcludeContext, conclude } from '../../../../src/main/tracking/conclude.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { giveUp, notBegun, replacedId, unread } from '../../../../src/main/tracking/policy.ts'
import { endedJob, jobWith, runningJob, startAt } from '../../job.ts'
import { knowingNothing } from '../knowing.ts'
import { at, endAt, lostAt, queuedAt, run, searched } from './concluding.ts'

const lostAndSearched = (search: Job['search']): Job => ({ ...lostAt(100), search })

const unseenUntil = (search = giveUp.unseen): Job => runningJob({}, { search: searched(search) })

describe('a queued start', () => {
  const idle = { count: 2, since: 1000, at: 3000 }
  const dropped = { isQueueKnown: true, isOfThisRun: true }
  const after = 1000 + giveUp.queue
  const empty = (part: Partial<Job> = {}): Job => ({
    ...queuedAt(0, { idle }),
    search: searched(after),
    ...part,
  })

  it('was not started once its queue was empty for ten minutes, and the history lacks it', () => {
    expect(endAt(empty(), after - 1, dropped)).toBeNull()
    expect(endAt(empty(), after, dropped)).toMatchObject({
      outcome: 'notStarted',
      from: 'inferred',
      reason: 'queueDropped',
    })
    expect(endAt(empty({ search: searched(after - 1) }), after, dropped)).toBeNull()
    expect(endAt(empty({ search: null }), after, dropped)).toBeNull()
  })

  it('is held without beginning once its queue has stood still for a minute, and the history lacks it', () => {
    const heldAt = 1000 + notBegun.toldAfter
    const held = { kind: 'notBegun', since: 1000 }
    const followed = { ...knowingNothing, followedSince: 0 }
    const waiting = empty({ start: { ...empty().start, historyMark: '7' } })
    expect(conclude(waiting, followed, heldAt - 1)).toBeNull()
    expect(conclude(waiting, followed, heldAt)).toEqual(held)
    expect(conclude({ ...waiting, search: null }, followed, heldAt)).toBeNull()
    expect(conclude(waiting, { ...followed, mayHaveRun: true }, heldAt)).toBeNull()
    expect(conclude(waiting, { ...followed, followedSince: 1001 }, heldAt)).toBeNull()
    const told = { ...waiting, start: { ...waiting.start, heldSince: 1000 } }
    expect(conclude(told, followed, heldAt)).toBeNull()
  })

  it('is not held where the history could not be read before it: its run may have come and gone', () => {
    const followed = { ...knowingNothing, followedSince: 0 }
    expect(conclude(empty(), followed, 1000 + notBegun.toldAfter)).toBeNull()
  })

  it('that is held waits for a day, unless its workflow has run something since, or its run may have gone to another', () => {
    const held = empty({ start: { ...empty().start, heldSince: 1000 }, search: searched(at) })
    const lastsUntil = 1000 + giveUp.heldQueue
    expect(endAt(held, lastsUntil - 1, dropped)).toBeNull()
    const late = { ...held, search: searched(lastsUntil) }
    expect(endAt(late, lastsUntil, dropped)).toMatchObject({ outcome: 'notStarted' })
    const passedOver = { ...late, start: { ...held.start, isPassedOver: true } }
    expect(endAt(passedOver, after, dropped)).toMatchObject({ outcome: 'notStarted' })
    expect(endAt(late, after, { ...dropped, isQueueKnown: false })).toMatchObject({ outcome: 'unknown' })
  })

  it('that is held while its server may have restarted waits until that one was followed for ten minutes', () => {
    const held = empty({ start: { ...empty().start, heldSince: 1000 }, search: searched(10 * after) })
    const backAt = 2 * after
    const away = { ...dropped, isOfThisRun: false, followedSince: Number.POSITIVE_INFINITY }
    const back = { ...away, followedSince: backAt }
    expect(endAt(held, 9 * after, away)).toBeNull()
    expect(endAt(held, backAt + giveUp.queue - 1, back)).toBeNull()
    expect(endAt(held, backAt + giveUp.queue, back)).toMatchObject({ outcome: 'unknown' })
    expect(endAt(held, backAt + giveUp.queue, { ...back, isOfThisRun: true })).toBeNull()
  })

  it('is unknown where the server may have restarted, a run may have been its, or the history was not read whole', () => {
    const unsure = { outcome: 'unknown', reason: 'startUnconfirmed' }
    expect(endAt(empty(), after, { ...dropped, isOfThisRun: false })).toMatchObject(unsure)
    expect(endAt(empty(), after, { ...dropped, isQueueKnown: false })).toMatchObject(unsure)
    const search = searched(after + unread.waitWithoutId, after)
    expect(endAt(empty({ search }), search.at, dropped)).toMatchObject(unsure)
  })

  it('waits on while its workflow runs something, was seen idle once only, or has its run', () => {
    expect(endAt({ ...empty(), start: queuedAt(0).start }, after, dropped)).toBeNull()
    expect(
      endAt({ ...empty(), start: queuedAt(0, { idle: { ...idle, count: 1 } }).start }, after, dropped),
    ).toBeNull()
    expect(endAt({ ...empty(), run: runningJob({ isListed: true }).run }, after, dropped)).toBeNull()
    const lost = { ...empty(), start: { ...empty().start, answer: { kind: 'lost', at: 0 } as const } }
    expect(endAt(lost, after, dropped)).toBeNull()
  })
})

it('a queued start whose server restarted waits for a search of the history since', () => {
  const job = jobWith({
    ...queuedAt(0, { idle: { count: 2, since: 1000, at: 3000 } }),
    search: searched(at - 2),
    restartedAt: at - 1,
  })
  expect(endAt(job, at, { isQueueKnown: true, isOfThisRun: true })).toBeNull()
  expect(endAt({ ...job, search: searched(at - 1) })).toMatchObject({ reason: 'startUnconfirmed' })
})

describe('a start whose answer was lost', () => {
  const end = 100 + giveUp.lostStart

  it('is unknown when a look after ten minutes, and the history after that, found nothing', () => {
    expect(endAt(lostAndSearched(searched(end)), end, { jobsAt: end })).toMatchObject({
      outcome: 'unknown',
      reason: 'startUnconfirmed',
    })
  })

  it('is not given up before, nor without either look', () => {
    expect(endAt(lostAndSearched(searched(end)), end, { jobsAt: end - 1 })).toBeNull()
    expect(endAt(lostAndSearched(searched(end - 1)), end, { jobsAt: end })).toBeNull()
    expect(endAt(lostAndSearched(null), end, { jobsAt: end })).toBeNull()
  })

  it('may be in the queue, and is waited for while its workflow runs one job after the other', () => {
    const job = lostAndSearched(searched(end))
    const isBusy = { jobsAt: end, idleForMs: 1000 }
    expect(endAt(job, end, isBusy)).toBeNull()
    expect(endAt({ ...job, isParallel: true }, end, isBusy)).toMatchObject({ reason: 'startUnconfirmed' })
  })

  it('is given up ten minutes after its workflow was last seen to run something', () => {
    const now = end + 50_000
    const looked = lostAndSearched(searched(now))
    expect(endAt(looked, now, { jobsAt: now, idleForMs: giveUp.lostStart - 1 })).toBeNull()
    expect(endAt(looked, now, { jobsAt: now, idleForMs: giveUp.lostStart })).toMatchObject({
      reason: 'startUnconfirmed',
    })
  })

  it('is not given up for that where the server restarted after the search', () => {
    const restarted = { ...lostAndSearched(searched(end)), restartedAt: end + 1 }
    expect(endAt(restarted, end + 2, { jobsAt: end })).toBeNull()
  })
})

describe('a run that the server has shown nowhere', () => {
  it('is given up after ten minutes, or an hour where the server can’t have restarted', () => {
    expect(endAt(unseenUntil(), giveUp.unseen)).toBeNull()
    expect(endAt(unseenUntil(), giveUp.unseen + 1)).toMatchObject({
      outcome: 'unknown',
      reason: 'startUnconfirmed',
    })
    const same = { isOfThisRun: true }
    expect(endAt(unseenUntil(), giveUp.unseenInThisRun, same)).toBeNull()
    expect(endAt(unseenUntil(), giveUp.unseenInThisRun + 1, same)).toMatchObject({
      reason: 'startUnconfirmed',
    })
  })

  it('is given up by the time since it was asked for', () => {
    const job = unseenUntil(5000 + giveUp.unseen)
    const late = { ...job, start: { ...job.start, requestedAt: 5000 } }
    expect(endAt(late, 5000 + giveUp.unseen)).toBeNull()
    expect(endAt(late, 5000 + giveUp.unseen + 1)).toMatchObject({ reason: 'startUnconfirmed' })
    expect(endAt({ ...late, search: searched(5000 + giveUp.unseen - 1) })).toBeNull()
  })

  it('is not where the server restarted after the search', () => {
    expect(endAt({ ...unseenUntil(), restartedAt: at - 1 })).toBeNull()
  })

  it('is not while its workflow runs something, nor before the history was searched that late', () => {
    expect(endAt(unseenUntil(), at, { idleForMs: giveUp.unseen })).toBeNull()
    expect(endAt(unseenUntil(giveUp.unseen - 1), at)).toBeNull()
  })

  it('is not where it was shown', () => {
    for (const part of [
      { isListed: true },
      { entry: run.entry('Running', '1') },
      { frame: run.said('Running', at) },
    ])
      expect(endAt(runningJob(part, { search: searched(giveUp.unseen) }))).toBeNull()
  })
})

describe('a start that has claimed a run since its own id was shown nowhere', () => {
  const answer = { kind: 'id', at: 0, jobId: 'own' } as const
  const entry = run.entry('Done', '2', 1000)
  const ended = { ...runningJob({ jobId: 'claimed', entry }), start: startAt(0, { sentAt: 0, answer }) }
  const shownBy = 1000 + replacedId.ownShowsWithin
  const same = { isOfThisRun: true }

  it('is told how that ended once its own id was asked for in vain three seconds later: it may begin only now', () => {
    expect(endAt(ended, at, { ...same, ownEntryAt: shownBy - 1 })).toBeNull()
    expect(endAt(ended, at, { ...same, ownEntryAt: shownBy })).toMatchObject({ outcome: 'done' })
  })

  it('is told so at once where the server may have restarted, or the run has the id that it was given', () => {
    expect(endAt(ended, at, { ownEntryAt: shownBy - 1 })).toMatchObject({ outcome: 'done' })
    expect(endAt(runningJob({ entry }), at, same)).toMatchObject({ outcome: 'done' })
  })
})

describe('a start that the server holds without beginning it', () => {
  const toldAt = notBegun.toldAfter
  const looked = { entryAt: toldAt, jobsAt: toldAt, idleForMs: toldAt }
  const held = (job: Job, now = toldAt, part: Partial<ConcludeContext> = {}) =>
    conclude(job, { ...knowingNothing, ...looked, ...part }, now)

  it('is told so a minute after its answer', () => {
    expect(held(runningJob())).toEqual({ kind: 'notBegun', since: 0 })
    expect(held(runningJob(), toldAt - 1)).toBeNull()
  })

  it('is not before its entry and its workflow were looked at that late, nor while that runs something', () => {
    for (const part of [{ entryAt: toldAt - 1 }, { jobsAt: toldAt - 1 }, { idleForMs: toldAt - 1 }])
      expect(held(runningJob(), toldAt, part)).toBeNull()
  })

  it('is told so a minute after the server came back, where it was away: it may have been restarted', () => {
    const followedSince = 5000
    const late = toldAt + followedSince
    const since = { entryAt: late, jobsAt: late, idleForMs: late, followedSince }
    expect(held(runningJob(), late, since)).toEqual({ kind: 'notBegun', since: 0 })
    expect(held(runningJob(), late - 1, since)).toBeNull()
    expect(held(runningJob(), late, { ...since, entryAt: late - 1 })).toBeNull()
  })

  it('is told so once', () => {
    expect(held(runningJob({ notBegunSince: 0 }))).toBeNull()
  })

  it('is not where it was shown, restarted, ended, or has no id', () => {
    const others = [
      runningJob({ isListed: true }),
      runningJob({}, { restartedAt: 5 }),
      { ...endedJob('unknown', { from: 'inferred' }) },
      lostAt(0),
      queuedAt(0),
    ]
    for (const job of others) expect(held(job)).toBeNull()
  })
})
