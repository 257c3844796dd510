import { describe, expect, it } from 'vitest'
import type { Run } from '../../../../src/main/tracking/job.ts'
import {
  asking,
  changing,
  gone,
  notBegun,
  replacedId,
  stopping,
} from '../../../../src/main/tracking/policy.ts'
import { runningJob } from '../../job.ts'
import { dueOf, framed, goneJob, shown, waiting } from './planning.ts'

const entryRecord = (word: 'Pending' | 'Running', raw: string): NonNullable<Run['entry']> => ({
  id: '1',
  status: { word, raw },
  at: 0,
  isWitnessed: false,
})

const saidAt450 = (word: 'Pending' | 'Running', raw: string): NonNullable<Run['entry']> => ({
  ...entryRecord(word, raw),
  at: 450,
})

const idleAt = (at: number) => ({ idle: { count: 1, since: 1000, at } })

describe('the running jobs of a workflow', () => {
  it('are read once for a lost start, and for a queued one half a second later', () => {
    expect(dueOf('jobs', waiting('lost'), { jobsAt: 99 })).toBe(100)
    expect(dueOf('jobs', waiting('lost'), { jobsAt: 100 })).toBeNull()
    expect(dueOf('jobs', waiting('queued'))).toBe(100 + asking.firstEntry)
    expect(dueOf('jobs', waiting('queued'), { jobsAt: 100 + asking.firstEntry })).toBeNull()
  })

  it('are read again for a queue that was seen empty, for three seconds', () => {
    expect(dueOf('jobs', waiting('queued', idleAt(1000)), { jobsAt: 1000 })).toBe(1000 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('queued', idleAt(1000 + asking.emptyQueue)), { jobsAt: 5000 })).toBeNull()
    expect(dueOf('jobs', waiting('queued', idleAt(2000)), { jobsAt: 1500 })).toBe(2000 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('queued', idleAt(2000)), { jobsAt: 2500 })).toBe(2500 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('lost', idleAt(1000)), { jobsAt: 1000 })).toBeNull()
    const idle = { count: 1, since: 60_000, at: 60_000 }
    expect(dueOf('jobs', waiting('queued', { idle }), { jobsAt: 60_000 })).toBe(60_000 + asking.emptyQueue)
  })

  it('are read after the entry of a job whose stream said that it ended, then as a second look, then ever more rarely', () => {
    const job = framed(1000)
    expect(dueOf('jobs', job, { entryAt: 999 })).toBeNull()
    expect(dueOf('jobs', job, { entryAt: 1200 })).toBe(1200)
    expect(dueOf('jobs', job, { entryAt: 1000, jobsAt: 999 })).toBe(1000)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 1000 })).toBe(1000 + gone.secondRead)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 1200 })).toBe(1200 + gone.secondRead)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 11_000 })).toBe(16_000)
  })

  it('are read a second time for what is listed no more', () => {
    expect(dueOf('jobs', goneJob(1))).toBe(2500 + gone.secondRead)
    expect(dueOf('jobs', goneJob(2))).toBeNull()
  })

  it('are read where entry and list disagree about a pause', () => {
    const asked = { entryAt: 500, jobsAt: 400 }
    expect(dueOf('jobs', shown({ entry: saidAt450('Pending', '0') }), asked)).toBe(450)
    expect(
      dueOf('jobs', shown({ entry: saidAt450('Pending', '0'), activity: 'suspended' }), asked),
    ).toBeNull()
    expect(dueOf('jobs', shown({ entry: saidAt450('Running', '1'), activity: 'suspended' }), asked)).toBe(450)
    expect(dueOf('jobs', shown({ entry: saidAt450('Running', '1') }), asked)).toBeNull()
    expect(
      dueOf('jobs', shown({ entry: saidAt450('Pending', '0') }), { entryAt: 500, jobsAt: 500 }),
    ).toBeNull()
  })

  it('and ever more rarely where they go on to disagree, however often the entry is read', () => {
    const entry = entryRecord('Running', '1')
    const asked = { entryAt: 100_000, jobsAt: 99_000 }
    expect(dueOf('jobs', shown({ entry, activity: 'suspended' }), asked)).toBe(99_000 + asking.mostPause)
  })

  it('are not read for a pause of what has ended in its entry', () => {
    const entry = { id: '1', status: { word: 'Done', raw: '2' }, at: 0, isWitnessed: true } as const
    const asked = { entryAt: 500, jobsAt: 400 }
    expect(dueOf('jobs', shown({ entry, activity: 'suspended' }), asked)).toBeNull()
  })

  it('are read when a run that has no id to be asked for by has been gone long enough', () => {
    const nameless = goneJob(2, { jobId: 'entry 1', entry: entryRecord('Running', '1') })
    expect(dueOf('jobs', nameless, { jobsAt: 2500 })).toBe(1000 + gone.concludeAfter)
    expect(dueOf('jobs', nameless, { jobsAt: 1000 + gone.concludeAfter })).toBeNull()
  })

  it('are read of a run that is said to be stopped, which may run on', () => {
    const entry = { id: '1', status: { word: 'Stopped', raw: '6' }, at: 1000, isWitnessed: true } as const
    const stopped = shown({ entry })
    const from = 1000 + stopping.othersShowWithin
    expect(dueOf('jobs', stopped, { jobsAt: 1000 })).toBe(from)
    expect(dueOf('jobs', stopped, { jobsAt: from })).toBe(from + gone.secondRead)
  })

  it('are read for a start that is shown nowhere, when it may claim and when it may be told as not begun', () => {
    for (const isParallel of [false, true]) {
      const job = runningJob({}, { isParallel })
      const entryAt = replacedId.claimAfter
      expect(dueOf('jobs', job, { entryAt })).toBe(replacedId.claimAfter)
      expect(dueOf('jobs', job, { entryAt, jobsAt: replacedId.claimAfter })).toBe(notBegun.toldAfter)
      expect(dueOf('jobs', job, { entryAt, jobsAt: notBegun.toldAfter })).toBeNull()
      expect(dueOf('jobs', runningJob({ notBegunSince: 0 }, { isParallel }))).toBeNull()
    }
  })

  it('are read for such a start only once its own entry was asked for in vain: before that it claims nothing', () => {
    const [whenSlow, late] = [{ isServerSlow: true }, replacedId.claimAfterWhenSlow]
    expect(dueOf('jobs', runningJob(), { entryAt: replacedId.claimAfter - 1 })).toBe(notBegun.toldAfter)
    expect(dueOf('jobs', runningJob(), { entryAt: late - 1 }, whenSlow)).toBe(notBegun.toldAfter)
    expect(dueOf('jobs', runningJob(), { entryAt: late }, whenSlow)).toBe(late)
  })

  it('are read when a wish must have shown, or not worked', () => {
    const wished = { ...shown(), wish: { kind: 'suspend', askedAt: 1000 } } as const
    expect(dueOf('jobs', wished)).toBe(1000 + changing.worksWithin)
    expect(dueOf('jobs', wished, { changeShownAt: 2000 })).toBe(2000)
    expect(dueOf('jobs', wished, { jobsAt: 1000 + changing.worksWithin })).toBeNull()
  })

  it('are read once after a decision, and when something has changed', () => {
    expect(dueOf('jobs', shown(), { changeShownAt: 1000 })).toBe(1000)
    expect(dueOf('jobs', shown(), { changeShownAt: 1000, jobsAt: 1000 })).toBeNull()
    expect(dueOf('jobs', shown(), { jobsWantedAt: 1000 })).toBe(1000)
    expect(dueOf('jobs', shown(), { jobsWantedAt: 1000, jobsAt: 1000 })).toBeNull()
  })
})
