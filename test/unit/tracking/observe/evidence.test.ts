import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/main/tracking/facts.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { kept } from '../../../../src/main/tracking/policy.ts'
import { endedJob, runningJob, sentJob } from '../../job.ts'
import { entry, foundAs, frame, missing, noEntry, notListed, remembered, tell } from '../facts.ts'

const sent = sentJob()

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
    const gone = tell(known, [5, notListed], [2000, notListed], [4000, noEntry(3990)])
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
