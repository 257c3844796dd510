import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/main/tracking/facts.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { kept } from '../../../src/main/tracking/policy.ts'
import { endedJob, jobWith, runningJob, startAt } from '../job.ts'
import {
  entry,
  entryOf,
  frame,
  infoOf,
  listed,
  missing,
  noEntry,
  notListed,
  remembered,
  tell,
} from './facts.ts'

const queued = jobWith({ start: startAt(0, { sentAt: 0, answer: { kind: 'queued', at: 0 } }) })
const lost = jobWith({ start: startAt(0, { sentAt: 0, answer: { kind: 'lost', at: 0 } }) })
const sent = jobWith({ start: startAt(0, { sentAt: 0 }) })
const kinds = (job: ReturnType<typeof tell>): string[] => job.evidence.map(({ kind }) => kind)

const foundAs = (jobId: string, id = '3') =>
  ({ kind: 'historyFound', row: entryOf('Done', { id }), jobId }) as const

describe('a start', () => {
  it('is sent with what went before it', () => {
    const fact = {
      kind: 'startSent',
      runningBefore: ['a'],
      historyMark: '7',
      entryMark: '5',
      isParallel: true,
    } as const
    expect(tell(jobWith({}), [5, fact])).toMatchObject({
      isParallel: true,
      start: {
        sentAt: 5,
        runningBefore: ['a'],
        historyMark: '7',
        entryMark: '5',
        answer: { kind: 'awaited' },
      },
    })
  })

  it('has a run once its id is known, which nobody has seen yet', () => {
    const job = tell(sent, [9, { kind: 'startAnswered', jobId: 'id' }])
    expect(job).toMatchObject({
      start: { answer: { kind: 'id', at: 9, jobId: 'id' } },
      run: { jobId: 'id', startedAt: 9, shownAt: null, isListed: false, entry: null },
      maybeOthers: false,
    })
  })

  it('keeps what is known of its run where the answer names the run that it has', () => {
    const claimed = tell(lost, [5, { kind: 'claimed', jobId: 'id', isHidden: false }])
    expect(tell(claimed, [9, { kind: 'startAnswered', jobId: 'id' }])).toMatchObject({
      run: { shownAt: 5, isListed: true },
      maybeOthers: false,
    })
  })

  it('lets go of another run that it had claimed, as an answer that comes late says', () => {
    const claimed = tell(lost, [5, { kind: 'claimed', jobId: 'other', isHidden: false }])
    const job = tell(claimed, [9, { kind: 'startAnswered', jobId: 'id' }])
    expect(job).toMatchObject({ run: { jobId: 'id', shownAt: null }, maybeOthers: false })
  })

  it('that has ended with another run keeps it, whatever its answer says', () => {
    const ended = endedJob('done')
    expect(tell(ended, [99, { kind: 'startAnswered', jobId: 'other' }])).toBe(ended)
    expect(tell(ended, [99, { kind: 'startAnswered', jobId: 'id' }]).run?.jobId).toBe('id')
  })

  it('forgets with its answer that its workflow was seen idle, and most of what ran before it', () => {
    const runningBefore = Array.from({ length: 50 }, (_, at) => String(at))
    const idle = { looks: 1, since: 1, at: 1 }
    const waited = { ...sent, start: { ...sent.start, runningBefore, idle } }
    const answered = tell(waited, [9, { kind: 'startAnswered', jobId: 'id' }])
    expect(answered.start.runningBefore).toEqual(runningBefore.slice(0, kept.elders))
    expect(answered.start.idle).toBeNull()
    expect(tell(waited, [9, { kind: 'startQueued' }]).start.idle).toBeNull()
    const claimed = tell({ ...lost, start: { ...lost.start, idle } }, [
      9,
      { kind: 'claimed', jobId: 'x', isHidden: false },
    ])
    expect(claimed.start.idle).toBeNull()
    expect(tell({ ...lost, start: { ...lost.start, idle } }, [9, foundAs('x')]).start.idle).toBeNull()
  })

  it('waits in the queue, unless it has its run already', () => {
    expect(tell(sent, [3, { kind: 'startQueued' }]).start.answer).toEqual({ kind: 'queued', at: 3 })
    const running = runningJob()
    expect(tell(running, [3, { kind: 'startQueued' }])).toBe(running)
  })

  it('can be refused, or lost while its answer is awaited', () => {
    const refused = tell(sent, [3, { kind: 'startRefused', reason: 'disabled', detail: 'x' }])
    expect(refused.start.answer).toEqual({ kind: 'refused', at: 3, reason: 'disabled' })
    expect(refused.evidence).toEqual([{ at: 3, kind: 'concluded', detail: 'x' }])
    const gone = tell(sent, [3, { kind: 'startAnswerLost', detail: 'timedOut' }])
    expect(gone.start.answer).toEqual({ kind: 'lost', at: 3 })
    const running = runningJob()
    expect(tell(running, [3, { kind: 'startAnswerLost', detail: 'timedOut' }])).toBe(running)
  })
})

describe('a run that is claimed', () => {
  const claimed = { kind: 'claimed', jobId: 'new', isHidden: false } as const

  it('from the queue is timed from then', () => {
    const job = tell(queued, [7, claimed])
    expect(job).toMatchObject({
      maybeOthers: true,
      run: { jobId: 'new', startedAt: 7, shownAt: 7, isListed: true },
    })
    expect(kinds(job)).toEqual(['adoptedFromQueue'])
  })

  it('by a start whose answer was lost is not timed', () => {
    const job = tell(lost, [7, claimed])
    expect(job.run).toMatchObject({ startedAt: null, shownAt: 7 })
    expect(kinds(job)).toEqual(['adopted'])
  })

  it('in place of an id that was shown nowhere keeps the time of the answer, and says so', () => {
    const job = tell(runningJob({ startedAt: 2 }), [7, claimed])
    expect(job).toMatchObject({ maybeOthers: true, run: { jobId: 'new', startedAt: 2 } })
    expect(kinds(job)).toEqual(['idReplaced'])
    expect(job.start.answer).toMatchObject({ kind: 'id', jobId: 'id' })
  })

  it('is not taken from a job that was shown, or that has ended', () => {
    for (const job of [
      runningJob({ isListed: true }),
      tell(runningJob(), [1, entry('Running')]),
      endedJob('done'),
    ])
      expect(tell(job, [7, claimed])).toBe(job)
  })

  it('runs now, so that what restarted did so before', () => {
    expect(tell(lost, [1, { kind: 'serverRestarted' }], [7, claimed]).restartedAt).toBeNull()
  })

  it('can be one that only `workflow` names', () => {
    expect(tell(queued, [7, { ...claimed, isHidden: true }]).run?.isHidden).toBe(true)
  })

  it('needs no more than a few of those that ran before it', () => {
    const runningBefore = Array.from({ length: 50 }, (_, at) => String(at))
    const job = tell({ ...queued, start: { ...queued.start, runningBefore } }, [7, claimed])
    expect(job.start.runningBefore).toHaveLength(kept.elders)
  })
})

describe('a run that is known by its entry alone', () => {
  const nameless = tell(queued, [7, { kind: 'claimed', jobId: 'entry 6', isHidden: true }])

  it('is the same run once its job id is known', () => {
    const known = tell(nameless, [8, entry('Running', { id: '6' })])
    const job = tell(known, [9, { kind: 'named', jobId: 'id' }])
    expect(job).toEqual({ ...known, run: { ...known.run, jobId: 'id' } })
  })

  it('gets no other name once it has ended, and a start without a run gets none', () => {
    const ended = { ...nameless, end: endedJob('done').end }
    for (const job of [ended, queued]) expect(tell(job, [9, { kind: 'named', jobId: 'id' }])).toBe(job)
  })
})

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
    const seen = tell(runningJob(), [5, entry('Running')], [9, noEntry])
    expect(seen).toMatchObject({ restartedAt: 9, run: { entry: null } })
    const unseen = runningJob()
    expect(tell(unseen, [9, noEntry])).toBe(unseen)
    const ended = tell(endedJob('done'), [5, entry('Done')])
    expect(tell(ended, [9, noEntry])).toBe(ended)
  })
})

describe('the list of running jobs', () => {
  it('shows a job, and what it does', () => {
    const job = tell(runningJob({ gone: { looks: 1, since: 1, at: 1 }, mayRunOn: true, notBegunSince: 1 }), [
      5,
      listed(),
    ])
    expect(job.run).toMatchObject({
      isListed: true,
      isHidden: false,
      shownAt: 5,
      gone: null,
      mayRunOn: false,
      notBegunSince: null,
      activity: 'running',
    })
    expect(tell(job, [6, listed({ isPaused: true })]).run?.activity).toBe('suspended')
    expect(tell(job, [6, listed({ isPaused: true, isWaitingForApproval: true })]).run?.activity).toBe(
      'waiting',
    )
    expect(kinds(tell(job, [6, listed()]))).toEqual(['jobsListed'])
  })

  it('says ten seconds after a stop that the stop did nothing', () => {
    const stopped = runningJob({}, { stop: { askedAt: 0, said: true } })
    expect(tell(stopped, [10_000, listed()]).stop).not.toBeNull()
    expect(tell(stopped, [10_001, listed()]).stop).toBeNull()
  })

  it('that lacks a job which was shown says that it is gone, from the first look on', () => {
    const shown = tell(runningJob(), [1, listed()])
    const once = tell(shown, [10, notListed])
    expect(once.run?.gone).toEqual({ looks: 1, since: 10, at: 10 })
    expect(tell(once, [1009, notListed]).run?.gone).toEqual({ looks: 1, since: 10, at: 1009 })
    expect(tell(once, [1010, notListed]).run?.gone).toEqual({ looks: 2, since: 10, at: 1010 })
    expect(tell(once, [1010, notListed], [1020, notListed]).run?.gone?.looks).toBe(3)
  })

  it('says nothing of a job that has ended or has no run', () => {
    expect(tell(lost, [5, listed()])).toBe(lost)
    for (const fact of [listed(), notListed]) {
      const ended = { ...endedJob('done'), run: runningJob({ isListed: true }).run }
      expect(tell(ended, [5, fact])).toBe(ended)
    }
  })

  it('keeps it said that only `workflow` names a run, and since when it was shown', () => {
    const hidden = { kind: 'listed', info: infoOf(), isHidden: true } as const
    const job = tell(runningJob(), [5, hidden], [9, listed()])
    expect(job.run).toMatchObject({ isHidden: true, shownAt: 5 })
  })

  it('shows that what was thought to have ended with the server has not', () => {
    expect(tell(runningJob({}, { restartedAt: 3 }), [5, listed()]).restartedAt).toBeNull()
  })

  it('that lacks a job which was never shown says nothing of it', () => {
    const job = runningJob()
    expect(tell(job, [10, notListed])).toBe(job)
  })

  it('may lack what a save has hidden, as long as every look says so', () => {
    const shown = tell(runningJob(), [1, listed()])
    const hidden = { kind: 'notListed', mayRunOn: true } as const
    expect(tell(shown, [10, hidden]).run?.mayRunOn).toBe(true)
    expect(tell(shown, [10, hidden], [2000, hidden]).run?.mayRunOn).toBe(true)
    expect(tell(shown, [10, hidden], [2000, notListed]).run?.mayRunOn).toBe(false)
    expect(tell(shown, [10, notListed], [2000, hidden]).run?.mayRunOn).toBe(false)
  })

  it('that is empty says of a start without a run that its workflow is idle, until it is busy', () => {
    for (const job of [queued, lost]) {
      const idle = tell(job, [10, notListed], [2000, notListed])
      expect(idle.start.idle).toEqual({ looks: 2, since: 10, at: 2000 })
      expect(tell(idle, [2001, { kind: 'workflowBusy' }]).start.idle).toBeNull()
    }
    expect(tell(sent, [10, notListed])).toBe(sent)
  })
})

describe('the server’s memory of a workflow’s last job', () => {
  it('tells how the job ended, or that it runs', () => {
    expect(tell(runningJob(), [5, remembered({ isRunning: false, status: 'Done' })]).run?.remembered).toEqual(
      {
        status: { word: 'Done', raw: 'Done' },
        at: 5,
      },
    )
    expect(tell(runningJob(), [5, remembered({})]).run?.isListed).toBe(true)
  })

  it('says nothing of a job that has ended or has no run', () => {
    for (const job of [endedJob('done'), lost])
      expect(tell(job, [5, remembered({ isRunning: false, status: 'Failed' })])).toBe(job)
  })

  it('without a status says only that it does not run', () => {
    const job = tell(runningJob(), [5, remembered({ isRunning: false, status: null })])
    expect(job.run?.remembered).toEqual({ status: { word: null, raw: '' }, at: 5 })
    expect(job.evidence).toEqual([{ at: 5, kind: 'jobRead' }])
  })

  it('says nothing where it remembers another job, or none', () => {
    const job = runningJob()
    for (const fact of [remembered(null), remembered({ jobId: 'other', status: 'Done', isRunning: false })])
      expect(tell(job, [5, fact])).toBe(job)
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
    expect(kinds(tell(lost, [9, foundAs('x')]))).toEqual(['historyFound'])
  })

  it('has a row under another id than the start was given', () => {
    const job = tell(runningJob(), [9, foundAs('x')])
    expect(job).toMatchObject({ maybeOthers: true, run: { jobId: 'x' } })
    expect(kinds(job)).toEqual(['idReplaced'])
  })

  it('was searched without success, whole or in part', () => {
    expect(tell(lost, [9, missing(5)]).search).toEqual({ at: 5, unreadSince: null })
    const unread = tell(lost, [9, missing(5, false)], [20, missing(15, false)])
    expect(unread.search).toEqual({ at: 15, unreadSince: 5 })
    expect(tell(unread, [30, missing(25)]).search).toEqual({ at: 25, unreadSince: null })
    expect(tell(endedJob('unknown'), [9, missing(5, false)]).search).toEqual({ at: 5, unreadSince: null })
  })
})

describe('a restart', () => {
  it('makes nothing hold any more that was seen before', () => {
    const job = tell(
      runningJob({}, { serverRun: '2' }),
      [1, listed()],
      [2, entry('Running')],
      [3, notListed],
      [9, { kind: 'serverRestarted' }],
    )
    expect(job).toMatchObject({
      restartedAt: 9,
      serverRun: null,
      run: { entry: null, isListed: false, gone: null },
    })
    expect(tell(job, [12, { kind: 'serverRestarted' }])).toBe(job)
  })

  it('leaves it said that the server has begun nothing of a start: a restart begins nothing either', () => {
    const job = tell(runningJob({ notBegunSince: 1 }), [5, { kind: 'serverRestarted' }])
    expect(job).toMatchObject({ restartedAt: 5, run: { notBegunSince: 1 } })
  })

  it('says nothing of a start whose answer can still come, nor of what has ended', () => {
    for (const job of [sent, endedJob('done')]) expect(tell(job, [9, { kind: 'serverRestarted' }])).toBe(job)
  })
})

describe('a wish to stop', () => {
  it('is confirmed only by the server’s true, and is none if it was never sent', () => {
    const asked = tell(runningJob(), [3, { kind: 'stopAsked' }])
    expect(asked.stop).toEqual({ askedAt: 3, said: null })
    expect(tell(asked, [4, { kind: 'stopAnswered', isStopped: true }]).stop?.said).toBe(true)
    expect(tell(asked, [4, { kind: 'stopAnswered', isStopped: false }]).stop?.said).toBe(false)
    expect(tell(asked, [4, { kind: 'stopNotSent' }]).stop).toBeNull()
    expect(tell(runningJob(), [4, { kind: 'stopAnswered', isStopped: true }]).stop).toBeNull()
  })
})

it('a stop is measured from when it was asked for', () => {
  const stopped = runningJob({}, { stop: { askedAt: 5000, said: null } })
  expect(tell(stopped, [15_000, listed()]).stop).not.toBeNull()
  expect(tell(stopped, [15_001, listed()]).stop).toBeNull()
  expect(tell(stopped, [6000, entry('Running')]).stop).not.toBeNull()
  expect(tell(stopped, [6001, entry('Running')]).stop).toBeNull()
})

it('a start without a run has no entry to be told of, nor to miss', () => {
  expect(tell(lost, [5, entry('Done')])).toBe(lost)
  expect(tell(lost, [5, noEntry])).toBe(lost)
})

it('a busy workflow says nothing of a start that has its run, or that was not seen to be idle', () => {
  const idle = { looks: 1, since: 1, at: 1 }
  const running = runningJob()
  for (const job of [queued, { ...running, start: { ...running.start, idle } }])
    expect(tell(job, [5, { kind: 'workflowBusy' }])).toBe(job)
})

it('an answer that comes after the end still says which run it was, and that it was this start’s', () => {
  const unconfirmed = { ...endedJob('unknown'), run: null, maybeOthers: true }
  const answer = { kind: 'startAnswered', jobId: 'id' } as const
  expect(tell(unconfirmed, [9, answer])).toMatchObject({ run: { jobId: 'id' }, maybeOthers: false })
  expect(tell({ ...endedJob('done'), maybeOthers: true }, [9, answer]).maybeOthers).toBe(false)
})

describe('a log', () => {
  it('tells what an end lacks, and better than this machine’s clock how long it took', () => {
    const log = { kind: 'log', durationMs: 7, errorLine: 'full' } as const
    expect(tell(endedJob('failed'), [9, log]).end).toMatchObject({
      durationMs: 7,
      errorLine: 'full',
      isLogRead: true,
    })
    const nothing = { kind: 'log', durationMs: null, errorLine: null } as const
    expect(tell(endedJob('failed', { errorLine: 'x' }), [9, nothing]).end).toMatchObject({
      durationMs: 12_000,
      errorLine: 'x',
      isLogRead: true,
    })
    const running = runningJob()
    expect(tell(running, [9, log])).toBe(running)
  })
})

describe('the evidence', () => {
  const known = runningJob({ isListed: true })
  it.each<[string, Job, number, Fact, unknown]>([
    [
      'an answer with an id',
      sent,
      5,
      { kind: 'startAnswered', jobId: 'id' },
      { at: 5, kind: 'startAnswered' },
    ],
    ['an answer without one', sent, 5, { kind: 'startQueued' }, { at: 5, kind: 'startQueued' }],
    [
      'an answer that did not come',
      sent,
      5,
      { kind: 'startAnswerLost', detail: 'timedOut' },
      { at: 5, kind: 'startAnswerLost', detail: 'timedOut' },
    ],
    ['a frame', known, 5, frame('Done'), { at: 5, kind: 'frame', detail: 'Done' }],
    ['that it is listed no more', known, 5, notListed, { at: 5, kind: 'jobsGone' }],
    [
      'what the server remembers',
      known,
      5,
      remembered({ isRunning: false, status: 'Done' }),
      { at: 5, kind: 'jobRead', detail: 'Done' },
    ],
    ['a row of the history', known, 5, foundAs('id'), { at: 5, kind: 'historyFound', detail: '2' }],
    ['another’s row', known, 5, foundAs('x'), { at: 5, kind: 'idReplaced' }],
    ['an unread history', known, 9, missing(5, false), { at: 5, kind: 'historyUnread' }],
    ['a restart', known, 5, { kind: 'serverRestarted' }, { at: 5, kind: 'serverRestarted' }],
    ['a wish to stop', known, 5, { kind: 'stopAsked' }, { at: 5, kind: 'stopAsked' }],
  ])('tells %s, once', (_, before, at, fact, evidence) => {
    expect(tell(before, [at, fact]).evidence).toStrictEqual([evidence])
  })

  it('tells nothing of a history that was read whole and lacks the job, nor of a third look that misses it', () => {
    expect(tell(known, [9, missing(5)]).evidence).toEqual([])
    const gone = tell(known, [5, notListed], [2000, notListed], [4000, noEntry])
    expect(tell(gone, [6000, notListed]).evidence).toEqual(gone.evidence)
  })

  it('of a job that was looked at a thousand times still tells how it began, and what came last', () => {
    let job = tell(runningJob(), [0, { kind: 'stopAsked' }])
    for (let at = 1; at <= 1000; at += 1)
      job = tell(job, [at, at % 2 === 0 ? entry('Running') : entry('Pending')])
    expect(job.evidence).toHaveLength(kept.evidence)
    expect(job.evidence[0]).toEqual({ at: 0, kind: 'stopAsked' })
    expect(job.evidence[kept.firstEvidence - 1]?.at).toBe(kept.firstEvidence - 1)
    expect(job.evidence.at(-1)).toEqual({ at: 1000, kind: 'entry', detail: '1' })
  })

  it('leaves out what repeats the last of a job under way, and what repeats anything of an ended one', () => {
    const job = tell(
      runningJob(),
      [1, entry('Running')],
      [2, entry('Running')],
      [3, entry('Pending')],
      [4, entry('Running')],
    )
    expect(job.evidence.map(({ at }) => at)).toEqual([1, 3, 4])
    const ended = tell(
      { ...endedJob('done'), evidence: [] },
      [1, entry('Done')],
      [2, entry('Stopped')],
      [3, entry('Done')],
    )
    expect(ended.evidence.map(({ at }) => at)).toEqual([1, 2])
  })
})

it('the number of the server’s run is kept, and nothing new changes nothing', () => {
  const job = tell(runningJob(), [1, { kind: 'runKnown', run: '2' }])
  expect(job.serverRun).toBe('2')
  expect(tell(job, [2, { kind: 'runKnown', run: '2' }])).toBe(job)
  expect(tell(job, [2, { kind: 'nothingNew' }])).toBe(job)
})
