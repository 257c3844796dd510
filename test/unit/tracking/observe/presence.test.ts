import { describe, expect, it } from 'vitest'
import { missedAgain } from '../../../../src/main/tracking/misses.ts'
import { endedJob, runningJob, sentJob, waitingJob } from '../../job.ts'
import { evidenceOf, infoOf, listed, notListed, remembered, tell } from '../facts.ts'

const queued = waitingJob('queued')

const lost = waitingJob('lost')

const sent = sentJob()

describe('the list of running jobs', () => {
  it('shows a job, and what it does', () => {
    const job = tell(runningJob({ gone: { count: 1, since: 1, at: 1 }, mayRunOn: true, notBegunSince: 1 }), [
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
    expect(tell(job, [6, listed({ isWaitingForApproval: true })]).run?.activity).toBe('waiting')
    expect(tell(job, [6, listed({ isPaused: true, isWaitingForApproval: true })]).run?.activity).toBe(
      'suspended',
    )
    expect(evidenceOf(tell(job, [6, listed()]))).toEqual(['jobsListed'])
  })

  it('shows that a job was suspended, also once it goes on', () => {
    const job = tell(runningJob(), [5, listed()])
    expect(job.run?.wasSuspended).toBe(false)
    expect(tell(job, [6, listed({ isPaused: true })], [7, listed()]).run?.wasSuspended).toBe(true)
  })

  it('says ten seconds after a stop that the stop did nothing', () => {
    const stopped = runningJob({}, { stop: { askedAt: 0, said: true } })
    expect(tell(stopped, [10_000, listed()]).stop).not.toBeNull()
    expect(tell(stopped, [10_001, listed()]).stop).toBeNull()
  })

  it('that lacks a job which was shown says that it is gone, from the first look on', () => {
    const shown = tell(runningJob(), [1, listed()])
    const once = tell(shown, [10, notListed])
    expect(once.run?.gone).toEqual({ count: 1, since: 10, at: 10 })
    expect(tell(once, [1009, notListed]).run?.gone).toEqual({ count: 1, since: 10, at: 1009 })
    expect(tell(once, [1010, notListed]).run?.gone).toEqual({ count: 2, since: 10, at: 1010 })
    expect(tell(once, [1010, notListed], [1020, notListed]).run?.gone?.count).toBe(3)
    // Of several that are close together only the first two count as one.
    const twice = { count: 2, since: 10, at: 10 }
    expect(missedAgain(twice, 11)).toEqual({ count: 3, since: 10, at: 11 })
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
    // Once it is gone, no later read changes that.
    expect(tell(shown, [10, hidden], [2000, hidden], [4000, notListed]).run?.mayRunOn).toBe(true)
  })

  it('that is empty says of a start without a run that its workflow is idle, until it is busy', () => {
    for (const job of [queued, lost]) {
      const idle = tell(job, [10, notListed], [2000, notListed])
      expect(idle.start.idle).toEqual({ count: 2, since: 10, at: 2000 })
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
    expect(tell(runningJob(), [5, remembered({})]).run).toMatchObject({ isListed: true, isHidden: false })
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
