import { describe, expect, it } from 'vitest'
import { kept } from '../../../../src/main/tracking/policy.ts'
import { endedJob, jobWith, runningJob, sentJob, waitingJob } from '../../job.ts'
import { entry, evidenceOf, foundAs, tell } from '../facts.ts'

const queued = waitingJob('queued')

const lost = waitingJob('lost')

const sent = sentJob()

describe('a start', () => {
  it('is sent with what went before it', () => {
    const fact = {
      kind: 'startSent',
      runningBefore: ['a'],
      historyMark: '7',
      entryMark: '5',
      markedAt: 4,
      isParallel: true,
    } as const
    expect(tell(jobWith({}), [5, fact])).toMatchObject({
      isParallel: true,
      start: {
        sentAt: 5,
        runningBefore: ['a'],
        historyMark: '7',
        entryMark: '5',
        markedAt: 4,
        answer: { kind: 'awaited' },
      },
    })
  })

  it('was sent when its request went out, which may have waited for a connection', () => {
    const goesOut = { kind: 'startWentOut' } as const
    expect(tell(sent, [9, goesOut]).start.sentAt).toBe(9)
    expect(tell(lost, [9, goesOut]).start.sentAt).toBe(lost.start.sentAt)
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

  it('lets go of a run that it had claimed where it turns out that it never went out', () => {
    const claimed = tell(lost, [5, { kind: 'claimed', jobId: 'other', isHidden: false }])
    const refused = tell(claimed, [9, { kind: 'startRefused', reason: 'unreachable', detail: 'timedOut' }])
    expect(refused).toMatchObject({ run: null, maybeOthers: false, start: { answer: { kind: 'refused' } } })
  })

  it('that has ended with another run keeps it, whatever its answer says', () => {
    const ended = endedJob('done')
    expect(tell(ended, [99, { kind: 'startRefused', reason: 'unreachable', detail: 'timedOut' }])).toBe(ended)
    expect(tell(ended, [99, { kind: 'startAnswered', jobId: 'other' }])).toBe(ended)
    expect(tell(ended, [99, { kind: 'startAnswered', jobId: 'id' }]).run?.jobId).toBe('id')
  })

  it('forgets with its answer that its workflow was seen idle, and most of what ran before it', () => {
    const runningBefore = Array.from({ length: 50 }, (_, at) => String(at))
    const idle = { count: 1, since: 1, at: 1 }
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
    expect(tell(refused, [4, { kind: 'startRefused', reason: 'forbidden', detail: 'y' }])).toBe(refused)
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
    expect(evidenceOf(job)).toEqual(['claimedFromQueue'])
  })

  it('by a start whose answer was lost is not timed', () => {
    const job = tell(lost, [7, claimed])
    expect(job.run).toMatchObject({ startedAt: null, shownAt: 7 })
    expect(evidenceOf(job)).toEqual(['claimed'])
  })

  it('in place of an id that was shown nowhere keeps the time of the answer, and says so', () => {
    const job = tell(runningJob({ startedAt: 2 }), [7, claimed])
    expect(job).toMatchObject({ maybeOthers: true, run: { jobId: 'new', startedAt: 2 } })
    expect(evidenceOf(job)).toEqual(['idReplaced'])
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

it('a busy workflow says nothing of a start that has its run, or that was not seen to be idle', () => {
  const idle = { count: 1, since: 1, at: 1 }
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

describe('a claimed run that another start’s answer names', () => {
  const claimed = { kind: 'claimed', jobId: 'other', isHidden: false } as const
  const refuted = { kind: 'claimRefuted' } as const

  it.each([
    ['lost', lost, 'startAnswerLost'],
    ['queued', queued, 'startQueued'],
  ] as const)('is let go by a start that was %s, which waits for its own again', (_, start, evidence) => {
    const job = tell(start, [7, claimed], [9, refuted])
    expect(job).toMatchObject({ run: null, maybeOthers: false })
    expect(job.evidence.at(-1)).toEqual({ at: 9, kind: evidence })
  })

  it('is let go by a start whose own id was shown nowhere, which has that id again', () => {
    const job = tell(runningJob({ jobId: 'own' }), [7, claimed], [9, refuted])
    expect(job).toMatchObject({ run: { jobId: 'own', shownAt: null }, maybeOthers: false })
  })

  it('stays with a start that has ended with it', () => {
    const ended = endedJob('done', {}, { maybeOthers: true })
    expect(tell(ended, [9, refuted])).toBe(ended)
  })
})
