import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../src/main/tracking/job.ts'
import type { PlanContext } from '../../../../src/main/tracking/plan/rule.ts'
import { asking, gone, replacedId } from '../../../../src/main/tracking/policy.ts'
import { runningJob, startAt } from '../../job.ts'
import { dueOf, framed, goneJob, searched, shown, waiting } from './planning.ts'
import { nameOfEntry } from '../facts.ts'

const idleFor = (count: number) => ({ idle: { count, since: 1000, at: 3000 } })

/** A start that is shown nowhere, and that the history was searched for then. */
const unseenSearched = (at: number): Job => ({ ...runningJob(), search: searched(at) })

const hourMs = 3_600_000

describe('the history', () => {
  it('is searched at once after a restart for a run that is known by its entry alone: there is no entry to read', () => {
    const job = runningJob({ jobId: 'entry 7' }, { restartedAt: 1000 })
    expect(dueOf('history', job, { entryAt: 500 })).toBe(1000)
  })

  it('is searched after a restart, once the entry was read, and again each quarter minute', () => {
    const job = shown({ isListed: false }, { restartedAt: 1000 })
    expect(dueOf('history', job, { entryAt: 999 })).toBeNull()
    expect(dueOf('history', job, { entryAt: 1000 })).toBe(1000)
    expect(dueOf('history', job, { entryAt: 1200 })).toBe(1200)
    expect(dueOf('history', { ...job, search: searched(1300) }, { entryAt: 1200 })).toBe(
      1300 + asking.searchAgain,
    )
    expect(dueOf('history', waiting('queued', {}, { restartedAt: 1000 }))).toBe(1000)
    expect(dueOf('history', { ...job, search: searched(1000) }, { entryAt: 1400 })).toBe(
      1000 + asking.searchAgain,
    )
    // That the entry was read once more since is no reason to search at once again.
    expect(dueOf('history', { ...job, search: searched(1300) }, { entryAt: 1400 })).toBe(
      1300 + asking.searchAgain,
    )
  })

  it('is searched again after a while where a search said nothing, counted from that', () => {
    const asked = { memoryAt: 1300, historyAt: 1400 }
    expect(dueOf('history', goneJob(2), { ...asked, historyAt: 999 })).toBe(1300)
    expect(dueOf('history', goneJob(2), asked)).toBe(1400 + asking.searchAgain)
    expect(dueOf('history', goneJob(2), { ...asked, historyAt: 1000 })).toBe(1000 + asking.searchAgain)
    const lost = waiting('lost', {}, { search: searched(5000) })
    expect(dueOf('history', lost, { jobsAt: 100, historyAt: 6000 })).toBe(6000 + asking.searchAgain)
    const unreadPart = shown({}, { search: searched(50, 10) })
    expect(dueOf('history', unreadPart, { historyAt: 80 })).toBe(80 + asking.searchAgain)
  })

  it('is searched after the memory of a job that has ended, when it is gone and when that is concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('history', goneJob(2), { entryAt: 1200 })).toBeNull()
    expect(dueOf('history', goneJob(2), { entryAt: 1200, memoryAt: 1300 })).toBe(1300)
    expect(dueOf('history', { ...goneJob(2), search: searched(1300) }, { memoryAt: 1300 })).toBeNull()
    expect(dueOf('history', { ...goneJob(2), search: searched(1300) }, { memoryAt: from })).toBe(from)
    expect(dueOf('history', framed(1000), { memoryAt: 2000 })).toBe(2000)
  })

  it('is searched at once for a run that is known by its entry alone, which can’t be asked for before', () => {
    const jobId = nameOfEntry('2')
    const from = 1000 + gone.concludeAfter
    expect(dueOf('history', goneJob(2, { jobId }), { jobsAt: 999 })).toBeNull()
    expect(dueOf('history', goneJob(2, { jobId }), { jobsAt: 1200 })).toBe(1200)
    const again = { ...goneJob(2, { jobId }), search: searched(1300) }
    expect(dueOf('history', again, { jobsAt: from })).toBe(from)
    expect(dueOf('history', shown({ isListed: false, jobId }, { restartedAt: 1000 }))).toBe(1000)
  })

  it('is searched for a start that is shown nowhere, from when it may claim on, and from half a minute on at the latest', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', runningJob(), { ...asked, memoryAt: asking.unseen - 1 })).toBeNull()
    expect(dueOf('history', runningJob(), asked)).toBe(replacedId.claimAfter)
    expect(dueOf('history', runningJob({}, { isParallel: true }), asked)).toBe(replacedId.claimAfter)
    expect(dueOf('history', runningJob(), asked, { isServerSlow: true })).toBe(asking.longUnseen)
    const again = { ...runningJob(), search: searched(4000) }
    expect(dueOf('history', again, asked)).toBe(4000 + replacedId.searchAgain)
    const late = { ...runningJob(), search: searched(asking.longUnseen) }
    expect(dueOf('history', late, asked)).toBe(asking.longUnseen + asking.searchAgain)
  })

  it('is searched ever more rarely for a start that is shown nowhere, for hours where its workflow is busy', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', unseenSearched(20_000), asked)).toBe(30_000)
    expect(dueOf('history', unseenSearched(10_000), { ...asked, historyAt: 20_000 })).toBe(30_000)
    expect(dueOf('history', unseenSearched(hourMs), asked)).toBe(hourMs + asking.searchAgain)
    expect(dueOf('history', unseenSearched(hourMs), asked, { isBusy: true })).toBe(
      hourMs + asking.mostSearchPause,
    )
    expect(dueOf('history', unseenSearched(100_000), asked, { isBusy: true })).toBe(150_000)
    const answer = { kind: 'id', at: 10_000, jobId: 'id' } as const
    const answeredLater = { ...unseenSearched(30_000), start: startAt(0, { sentAt: 0, answer }) }
    expect(dueOf('history', answeredLater, { entryAt: 13_000, memoryAt: 13_000 })).toBe(40_000)
  })

  it('is searched at once after a return for a start that was answered before', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', runningJob(), asked, { followedSince: 60_000 })).toBe(60_000)
    expect(dueOf('history', runningJob(), asked, { followedSince: 0 })).toBe(replacedId.claimAfter)
  })

  it('is searched for a lost start, after the look into `jobs`', () => {
    expect(dueOf('history', waiting('lost'), { jobsAt: 99 })).toBeNull()
    expect(dueOf('history', waiting('lost'), { jobsAt: 100 })).toBe(100 + asking.afterLostAnswer)
    expect(dueOf('history', waiting('lost', {}, { search: searched(5000) }), { jobsAt: 100 })).toBe(
      5000 + asking.searchAgain,
    )
    expect(dueOf('history', waiting('queued'), { jobsAt: 100 })).toBeNull()
  })

  it('is searched for a queued start whose queue was seen empty twice', () => {
    expect(dueOf('history', waiting('queued', idleFor(1)))).toBeNull()
    expect(dueOf('history', waiting('queued', idleFor(2)))).toBe(1000 + asking.emptyQueue)
    expect(dueOf('history', waiting('queued', idleFor(2), { search: searched(4000) }))).toBe(
      4000 + asking.searchAgain,
    )
  })

  it('is searched for a queued start that nobody watched, before what runs now is taken for it', () => {
    const context = { isBusy: true, followedSince: 1000 }
    expect(dueOf('history', waiting('queued'), {}, context)).toBe(1000)
    expect(dueOf('history', waiting('queued', {}, { search: searched(1000) }), {}, context)).toBeNull()
    expect(dueOf('history', waiting('queued'), {}, { ...context, isOfThisRun: true })).toBeNull()
    expect(dueOf('history', waiting('queued'), {}, { ...context, isBusy: false })).toBeNull()
    for (const followedSince of [50, 100])
      expect(dueOf('history', waiting('queued'), {}, { ...context, followedSince })).toBe(100 + asking.spoken)
    expect(dueOf('history', waiting('lost'), {}, context)).toBeNull()
    expect(dueOf('jobs', waiting('queued', {}, { search: searched(1500) }), { jobsAt: 1400 }, context)).toBe(
      1500,
    )
    expect(
      dueOf('jobs', waiting('queued', {}, { search: searched(999) }), { jobsAt: 700 }, context),
    ).toBeNull()
    const late = (part: Partial<PlanContext>, kind: 'queued' | 'lost' = 'queued', jobsAt = 1400) =>
      dueOf('jobs', waiting(kind, {}, { search: searched(1500) }), { jobsAt }, { ...context, ...part })
    expect(late({ isOfThisRun: true })).toBeNull()
    expect(late({ isBusy: false })).toBeNull()
    expect(late({}, 'lost')).toBeNull()
    expect(late({}, 'queued', 1500)).toBeNull()
    expect(late({ followedSince: 1500 })).toBe(1500)
  })

  it.each([
    ['after a quarter of a minute', 1000, asking.searchAgain],
    ['later once it has waited for an hour', hourMs, (hourMs - 100) * asking.waitingSearchShare],
    ['in five minutes at last', 100 * hourMs, asking.mostSearchPause],
  ])(
    'is searched again for a queued start while it has a row that may be its run’s: %s',
    (_, searchedAt, pauseMs) => {
      const job = waiting('queued', {}, { search: searched(searchedAt) })
      const due = (strayAt: number) =>
        dueOf('history', job, { strayAt, historyAt: searchedAt }, { isOfThisRun: true })
      expect(due(searchedAt)).toBe(searchedAt + pauseMs)
      expect(due(searchedAt - 1)).toBeNull()
    },
  )

  it('is searched again where a part of it could not be read', () => {
    expect(dueOf('history', shown({}, { search: searched(50, 10) }))).toBe(50 + asking.searchAgain)
    expect(dueOf('history', shown({}, { search: searched(50) }))).toBeNull()
  })
})
