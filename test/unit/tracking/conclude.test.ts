import { describe, expect, it } from 'vitest'
import { type Circumstances, conclude, goneFrom } from '../../../src/main/tracking/conclude.ts'
import type { Job, Run, Status } from '../../../src/main/tracking/job.ts'
import { duration, giveUp, gone, notBegun, stopping, unread } from '../../../src/main/tracking/policy.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { endedJob, jobWith, runningJob, startAt } from '../job.ts'
import { knowingNothing } from './knowing.ts'

const at = 1_000_000
const words = ['Pending', 'Running', 'Done', 'Failed', 'Warning', 'Disabled', 'Stopped', 'Rejected'] as const
const status = (word: string | null, raw = word ?? '42'): Status => ({
  word: words.find((known) => known === word) ?? null,
  raw,
})
const endAt = (job: Job, now = at, part: Partial<Circumstances> = {}) => {
  const conclusion = conclude(job, { ...knowingNothing, ...part }, now)
  return conclusion?.kind === 'end' ? conclusion.end : null
}
const run = {
  entry: (word: string | null, raw: string, when = 1) => ({
    id: '10',
    status: status(word, raw),
    at: when,
    isWitnessed: false,
  }),
  said: (word: string | null, when = 1) => ({ status: status(word), at: when }),
  row: (word: string | null, when = 1) => ({ id: '3', status: status(word), at: when }),
}
const searched = (when: number, unreadSince: number | null = null) => ({ at: when, unreadSince })
const queuedAt = (requestedAt: number, part: Partial<Job['start']> = {}): Job =>
  jobWith({
    start: startAt(requestedAt, {
      sentAt: requestedAt,
      answer: { kind: 'queued', at: requestedAt },
      ...part,
    }),
  })
const lostAt = (requestedAt: number): Job =>
  jobWith({ start: startAt(requestedAt, { sentAt: requestedAt, answer: { kind: 'lost', at: requestedAt } }) })
/** Gone after two looks, the first of them then; open in its entry. */
const goneSince = (since: number, part: Partial<Run> = {}, of: Partial<Job> = {}): Job =>
  runningJob(
    {
      isListed: true,
      entry: run.entry('Running', '1'),
      gone: { looks: 2, since, at: since + 1500 },
      ...part,
    },
    of,
  )

describe('what the server says', () => {
  it.each<[string, Outcome]>([
    ['Done', 'done'],
    ['Failed', 'failed'],
    ['Warning', 'warning'],
    ['Stopped', 'stopped'],
    ['Rejected', 'rejected'],
  ])('%s is an end, whoever says it', (word, outcome) => {
    expect(endAt(runningJob({ entry: run.entry(word, '2') }, { isParallel: true }))).toMatchObject({
      outcome,
      from: 'entry',
      reason: null,
      errorLine: null,
      isLogRead: false,
    })
    expect(endAt(runningJob({ frame: run.said(word) }))).toMatchObject({ outcome, from: 'stream' })
    expect(endAt(runningJob({ remembered: run.said(word) }))).toMatchObject({ outcome, from: 'job' })
    expect(endAt(runningJob({ history: run.row(word) }))).toMatchObject({ outcome, from: 'history' })
  })

  it('Stopped in the record of a job that nobody here stopped, where one runs at a time, counts once it is gone', () => {
    const stopped = { entry: run.entry('Stopped', '6', 1000) }
    expect(endAt(runningJob(stopped))).toBeNull()
    const missedAt = (when: number) => runningJob({ ...stopped, gone: { looks: 1, since: when, at: when } })
    expect(endAt(missedAt(1000))).toBeNull()
    expect(endAt(missedAt(1000 + stopping.othersShowWithin))).toMatchObject({ outcome: 'stopped' })
    expect(endAt(runningJob({ ...stopped, frame: run.said('Running') }))).toMatchObject({
      outcome: 'stopped',
    })
    const stopAt = (askedAt: number) => runningJob(stopped, { stop: { askedAt, said: false } })
    expect(endAt(stopAt(900))).toMatchObject({ outcome: 'stopped' })
    expect(endAt(stopAt(1000))).toMatchObject({ outcome: 'stopped' })
    // It said so before this app asked for it.
    expect(endAt(stopAt(1100))).toBeNull()
    expect(endAt(runningJob(stopped, { isParallel: true }))).toMatchObject({ outcome: 'stopped' })
  })

  it('Stopped in a record gives way to how the job’s own stream says that it ended, unless the record is later', () => {
    const entry = run.entry('Stopped', '6', 1000)
    for (const when of [1000, 1001])
      expect(endAt(runningJob({ entry, frame: run.said('Done', when) }))).toMatchObject({
        outcome: 'done',
        from: 'stream',
      })
    expect(endAt(runningJob({ entry, frame: run.said('Done', 999) }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
  })

  it.each(['Pending', 'Running', 'Disabled'])('%s is none', (word) => {
    expect(endAt(runningJob({ entry: run.entry(word, '1') }))).toBeNull()
    expect(endAt(runningJob({ frame: run.said(word) }))).toBeNull()
    expect(endAt(runningJob({ remembered: run.said(word) }))).toBeNull()
  })

  it('is trusted in this order: the record, the stream, the memory', () => {
    const all = { entry: run.entry('Failed', '3'), frame: run.said('Done'), remembered: run.said('Stopped') }
    expect(endAt(runningJob(all))).toMatchObject({ outcome: 'failed', from: 'entry' })
    expect(endAt(runningJob({ ...all, entry: run.entry('Running', '1') }))).toMatchObject({
      outcome: 'done',
      from: 'stream',
    })
    expect(endAt(runningJob({ ...all, entry: null, frame: run.said('Running') }))).toMatchObject({
      from: 'job',
    })
  })

  it('last counts, of the entry and the history’s row', () => {
    const entry = run.entry('Stopped', '6', 5)
    expect(endAt(runningJob({ entry, history: run.row('Done', 6) }))).toMatchObject({
      outcome: 'done',
      from: 'history',
    })
    expect(endAt(runningJob({ entry, history: run.row('Done', 5) }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
    expect(endAt(runningJob({ entry, history: run.row('Running', 9) }))).toMatchObject({ outcome: 'stopped' })
  })

  it('with a status that nobody knows is an end in the history, and nowhere else', () => {
    expect(endAt(runningJob({ history: run.row(null) }))).toMatchObject({
      outcome: 'unknown',
      from: 'history',
      reason: 'unknownStatus',
    })
    expect(endAt(runningJob({ entry: run.entry(null, '42') }))).toBeNull()
    expect(endAt(runningJob({ frame: run.said(null) }))).toBeNull()
  })

  it('in refusing a start ends it as not started', () => {
    const answer = { kind: 'refused', at: 5, reason: 'disabled' } as const
    expect(endAt(jobWith({ start: startAt(0, { answer }) }))).toMatchObject({
      outcome: 'notStarted',
      from: 'inferred',
      reason: 'disabled',
      endedAt: at,
      durationMs: null,
    })
  })
})

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

describe('a queued start', () => {
  const idle = { looks: 2, since: 1000, at: 3000 }
  const dropped = { isWatchWhole: true, isStopSeen: true }
  const after = 1000 + giveUp.queueAfterStop
  const empty = (part: Partial<Job> = {}): Job => ({
    ...queuedAt(0, { idle }),
    search: searched(after),
    ...part,
  })

  it('was not started once its queue was empty for two minutes after a stop, and the history lacks it', () => {
    expect(endAt(empty(), after - 1, dropped)).toBeNull()
    expect(endAt(empty(), after, dropped)).toMatchObject({
      outcome: 'notStarted',
      from: 'inferred',
      reason: 'queueDropped',
    })
    expect(endAt(empty({ search: searched(after - 1) }), after, dropped)).toBeNull()
    expect(endAt(empty({ search: null }), after, dropped)).toBeNull()
  })

  it('waits ten minutes where no stop was seen', () => {
    const late = 1000 + giveUp.queue
    const job = empty({ search: searched(late) })
    expect(endAt(job, late - 1, { ...dropped, isStopSeen: false })).toBeNull()
    expect(endAt(job, late, { ...dropped, isStopSeen: false })).toMatchObject({ reason: 'queueDropped' })
  })

  it('is unknown where its workflow was not watched all the time, or the history not read whole', () => {
    const unsure = { outcome: 'unknown', reason: 'startUnconfirmed' }
    expect(endAt(empty(), after, { ...dropped, isWatchWhole: false })).toMatchObject(unsure)
    const search = searched(after + unread.waitWithoutId, after)
    expect(endAt(empty({ search }), search.at, dropped)).toMatchObject(unsure)
  })

  it('waits on while its workflow runs something, was seen idle once only, or has its run', () => {
    expect(endAt({ ...empty(), start: queuedAt(0).start }, after, dropped)).toBeNull()
    expect(
      endAt({ ...empty(), start: queuedAt(0, { idle: { ...idle, looks: 1 } }).start }, after, dropped),
    ).toBeNull()
    expect(endAt({ ...empty(), run: runningJob({ isListed: true }).run }, after, dropped)).toBeNull()
    const lost = { ...empty(), start: { ...empty().start, answer: { kind: 'lost', at: 0 } as const } }
    expect(endAt(lost, after, dropped)).toBeNull()
  })
})

it('a queued start whose server restarted waits for a search of the history since', () => {
  const job = jobWith({
    ...queuedAt(0, { idle: { looks: 2, since: 1000, at: 3000 } }),
    search: searched(at - 2),
    restartedAt: at - 1,
  })
  expect(endAt(job, at, { isWatchWhole: true, isStopSeen: true })).toBeNull()
  expect(endAt({ ...job, search: searched(at - 1) })).toMatchObject({ reason: 'startUnconfirmed' })
})

const lostAndSearched = (search: Job['search']): Job => ({ ...lostAt(100), search })

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

const unseenUntil = (search = giveUp.unseen): Job => runningJob({}, { search: searched(search) })

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
      { frame: run.said('Running') },
    ])
      expect(endAt(runningJob(part, { search: searched(giveUp.unseen) }))).toBeNull()
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

  it('is gone only after two looks', () => {
    const once = { looks: 1, since, at: since }
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

const stoppedAs = (part: Partial<Job>, history: Run['history'] = run.row('Done', 9)): Job => ({
  ...endedJob('stopped'),
  run: runningJob({ entry: run.entry('Stopped', '6'), history }).run,
  ...part,
})

const toldAs = (outcome: Outcome, from: 'stream' | 'inferred', part: Partial<Run>): Job => ({
  ...endedJob(outcome, { from, errorLine: 'x', isLogRead: true, endedAt: 7 }),
  run: runningJob(part).run,
})

describe('what was told', () => {
  it('is corrected by a record, once, and by nothing else', () => {
    const entry = run.entry('Failed', '3')
    expect(endAt(toldAs('done', 'stream', { entry }))).toMatchObject({
      outcome: 'failed',
      from: 'entry',
      endedAt: 7,
      errorLine: 'x',
    })
    expect(endAt(toldAs('failed', 'stream', { entry }))).toMatchObject({ outcome: 'failed', from: 'entry' })
    expect(endAt(toldAs('unknown', 'inferred', { history: run.row('Done') }))).toMatchObject({
      outcome: 'done',
      from: 'history',
      reason: null,
    })
    expect(endAt(toldAs('unknown', 'inferred', { history: run.row(null) }))).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { frame: run.said('Done') }))).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { remembered: run.said('Done') }))).toBeNull()
    expect(endAt({ ...endedJob('done'), run: runningJob({ entry }).run })).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { entry: run.entry('Stopped', '6') }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
  })

  it('may be another’s stop where a record says Stopped and nothing else does', () => {
    const corrected = { ...endedJob('stopped'), run: runningJob({ entry: run.entry('Done', '2') }).run }
    expect(endAt(corrected)).toMatchObject({ outcome: 'done', from: 'entry' })
    expect(endAt(stoppedAs({}))).toMatchObject({ outcome: 'done', from: 'history' })
    expect(endAt(stoppedAs({ isParallel: true }))).toBeNull()
    expect(endAt(stoppedAs({ stop: { askedAt: 1, said: true } }))).toBeNull()
    expect(endAt(stoppedAs({}, null))).toBeNull()
  })
})

const seenFrom = (part: Partial<Run>, requestedAt = 0): Job => {
  const job = runningJob({ startedAt: 100, shownAt: requestedAt + duration.precise, ...part })
  return { ...job, start: { ...job.start, requestedAt } }
}

describe('how long it took', () => {
  it('is told by this machine’s clock where that was there at its begin and its end', () => {
    expect(endAt(seenFrom({ frame: run.said('Done', 5100) }))).toMatchObject({
      endedAt: 5100,
      durationMs: 5000,
    })
    const entry = { ...run.entry('Done', '2', 5100), isWitnessed: true }
    expect(endAt(seenFrom({ entry }))).toMatchObject({ endedAt: 5100, durationMs: 5000 })
    expect(endAt(seenFrom({ frame: run.said('Done', 50) }))).toMatchObject({ durationMs: 0 })
  })

  it('is not told where its end was not witnessed', () => {
    expect(endAt(seenFrom({ entry: run.entry('Done', '2', 5100) }))).toMatchObject({
      endedAt: 5100,
      durationMs: null,
    })
    expect(endAt(seenFrom({ remembered: run.said('Done', 5100) }), 7000)).toMatchObject({
      endedAt: 7000,
      durationMs: null,
    })
  })

  it('is not told by a record that was witnessed before it said how the job ended', () => {
    const entry = { ...run.entry('Running', '1', 200), isWitnessed: true }
    expect(endAt(seenFrom({ entry, remembered: run.said('Done', 5100) }), 7000)).toMatchObject({
      from: 'job',
      endedAt: 200,
      durationMs: null,
    })
  })

  it('counts from the request whether its begin is known', () => {
    expect(endAt(seenFrom({ frame: run.said('Done', 5100) }, 3000))).toMatchObject({ durationMs: 5000 })
  })

  it('is not told where its begin is not known to a second', () => {
    const frame = run.said('Done', 5100)
    expect(endAt(seenFrom({ frame, shownAt: duration.precise + 1 }))).toMatchObject({ durationMs: null })
    expect(endAt(seenFrom({ frame, shownAt: null }))).toMatchObject({ durationMs: null })
    expect(endAt(seenFrom({ frame, startedAt: null }))).toMatchObject({ durationMs: null })
    const queued = { ...seenFrom({ frame }), start: queuedAt(0).start }
    expect(endAt(queued)).toMatchObject({ durationMs: null })
  })

  it('is left to its log where so many jobs run that the server’s messages come late', () => {
    const framed = runningJob({ isListed: true, shownAt: 10, frame: run.said('Done', 2700) })
    expect(endAt(framed, 2700, { running: duration.crowd - 1 })).toMatchObject({ durationMs: 2700 })
    expect(endAt(framed, 2700, { running: duration.crowd })).toMatchObject({ durationMs: null })
  })

  it('ends with its frame, or when it was first missed', () => {
    const part = {
      frame: run.said('Running', 900),
      gone: { looks: 2, since: 1000, at: 2500 },
      entry: run.entry('Stopped', '6', 3000),
    }
    expect(endAt(goneSince(1000, part))).toMatchObject({ endedAt: 900 })
    const missed = goneSince(1000, { ...part, frame: null }, { isParallel: true })
    expect(endAt(missed)).toMatchObject({ endedAt: 1000 })
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

describe('a start that the server holds without beginning it', () => {
  const toldAt = notBegun.toldAfter
  const looked = { entryAt: toldAt, jobsAt: toldAt, idleForMs: toldAt }
  const held = (job: Job, now = toldAt, part: Partial<Circumstances> = {}) =>
    conclude(job, { ...knowingNothing, ...looked, ...part }, now)

  it('is told so after a minute and a half, since its answer', () => {
    expect(held(runningJob())).toEqual({ kind: 'notBegun', since: 0 })
    expect(held(runningJob(), toldAt - 1)).toBeNull()
  })

  it('is not before its entry and its workflow were looked at that late, nor while that runs something', () => {
    for (const part of [{ entryAt: toldAt - 1 }, { jobsAt: toldAt - 1 }, { idleForMs: toldAt - 1 }])
      expect(held(runningJob(), toldAt, part)).toBeNull()
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
