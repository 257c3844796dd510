import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { type Asked, never } from '../../../../src/main/tracking/asked.ts'
import { asking, gone, notBegun, replacedId } from '../../../../src/main/tracking/policy.ts'
import { runningJob, startAt } from '../../job.ts'
import { dueOf, framed, goneJob, shown } from './planning.ts'
import { nameOfEntry } from '../facts.ts'

describe('the entry of a job under way', () => {
  it('is read half a second after its begin, and then not without a reason', () => {
    expect(dueOf('entry', shown({ startedAt: 1000 }))).toBe(1000 + asking.firstEntry)
    expect(dueOf('entry', shown({ startedAt: 1000 }), { entryAt: 1 })).toBeNull()
  })

  it('is read at once where its begin was not seen', () => {
    expect(dueOf('entry', shown({ startedAt: null }))).toBe(never)
  })

  it('is read at once after its frame, then ever more rarely, between a quarter second and a quarter minute', () => {
    const job = framed(1000)
    expect(dueOf('entry', job, { entryAt: 999 })).toBe(1000)
    expect(dueOf('entry', job, { entryAt: 1000 })).toBe(1000 + asking.leastPause)
    expect(dueOf('entry', job, { entryAt: 3000 })).toBe(4000)
    expect(dueOf('entry', job, { entryAt: 101_000 })).toBe(101_000 + asking.mostPause)
  })

  it.each<[string, Job, Partial<Asked>, number]>([
    ['a stop was answered', shown(), { stopAnsweredAt: 1000 }, 1000 + asking.afterStopAnswer],
    ['it is listed no more', goneJob(1), {}, 1000],
    ['the server has restarted', shown({ isListed: false }, { restartedAt: 1000 }), {}, 1000],
    ['something has changed', shown(), { wantedAt: 1000 }, 1000],
  ])('is read once when %s', (_, job, asked, dueAt) => {
    expect(dueOf('entry', job, { ...asked, entryAt: dueAt - 1 })).toBe(dueAt)
    expect(dueOf('entry', job, { ...asked, entryAt: dueAt })).toBeNull()
  })

  it('is read once more when it has been gone long enough to be concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('entry', goneJob(2), { entryAt: from - 1 })).toBe(from)
    expect(dueOf('entry', goneJob(2), { entryAt: from })).toBeNull()
  })

  it('of its own is read once three seconds after the run that it has claimed has ended: it may begin only now', () => {
    const answer = { kind: 'id', at: 0, jobId: 'own' } as const
    const ended = { gone: { count: 1, since: 1000, at: 1000 } }
    const claimed = { ...shown({ jobId: 'claimed', ...ended }), start: startAt(0, { sentAt: 0, answer }) }
    const shownBy = 1000 + replacedId.ownShowsWithin
    const asked = { entryAt: shownBy }
    expect(dueOf('entry', claimed, { ...asked, ownEntryAt: shownBy - 1 })).toBe(shownBy)
    expect(dueOf('entry', claimed, { ...asked, ownEntryAt: shownBy })).toBeNull()
    expect(dueOf('entry', shown(ended), asked)).toBeNull()
    // The run may be known by its entry alone: what is asked for is the other id.
    const nameless = { ...claimed, run: shown({ jobId: nameOfEntry('2'), ...ended }).run }
    expect(dueOf('entry', nameless, { ...asked, ownEntryAt: shownBy - 1, wantedAt: 5 })).toBe(shownBy)
    expect(dueOf('entry', nameless, { ownEntryAt: shownBy, wantedAt: 5 })).toBeNull()
  })

  it('that is shown nowhere is read when it may claim another run, and when it may be told as not begun', () => {
    const job = runningJob()
    expect(dueOf('entry', job, { entryAt: replacedId.claimAfter - 1 })).toBe(replacedId.claimAfter)
    expect(dueOf('entry', job, { entryAt: replacedId.claimAfter })).toBe(notBegun.toldAfter)
    expect(dueOf('entry', job, { entryAt: notBegun.toldAfter })).toBeNull()
    const whenSlow = { isServerSlow: true }
    expect(dueOf('entry', job, { entryAt: replacedId.claimAfter }, whenSlow)).toBe(
      replacedId.claimAfterWhenSlow,
    )
    expect(dueOf('entry', runningJob({ notBegunSince: 0 }), { entryAt: 1 })).toBeNull()
    expect(dueOf('entry', runningJob({}, { restartedAt: 0 }), { entryAt: 1 })).toBeNull()
  })
})

describe('the server’s memory of the workflow’s last job', () => {
  it('is read after an entry that was not there, two seconds after the answer', () => {
    const job = runningJob()
    expect(dueOf('memory', job, { entryAt: asking.unseen - 1 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: asking.unseen })).toBe(asking.unseen)
    expect(dueOf('memory', job, { entryAt: 5000, memoryAt: 5000 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: 5001, memoryAt: 5000 })).toBe(5001)
    expect(dueOf('memory', shown(), { entryAt: 5000 })).toBeNull()
  })

  it('is read after each entry that does not say how a signalled end was, but not in its first quarter second', () => {
    const job = framed(1000)
    expect(dueOf('memory', job, { entryAt: 1000 + asking.leastPause - 1 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: 1000 + asking.leastPause })).toBe(1000 + asking.leastPause)
    expect(dueOf('memory', job, { entryAt: 2000, memoryAt: 2000 })).toBeNull()
  })

  it('is read once what is gone was asked for, and once when it is to be concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('memory', goneJob(1), { entryAt: 1000 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: 999 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: 1000 })).toBe(1000)
    expect(dueOf('memory', goneJob(2), { entryAt: 1200 })).toBe(1200)
    expect(dueOf('memory', goneJob(2), { entryAt: 1200, memoryAt: 1200 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: from, memoryAt: 1200 })).toBe(from)
    expect(dueOf('memory', goneJob(2), { entryAt: from, memoryAt: from })).toBeNull()
  })
})
