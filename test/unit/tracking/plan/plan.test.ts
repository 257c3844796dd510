import { expect, it } from 'vitest'
import { nothingAsked } from '../../../../src/main/tracking/asked.ts'
import { plan } from '../../../../src/main/tracking/plan/plan.ts'
import { asking, usualTime } from '../../../../src/main/tracking/policy.ts'
import { jobWith, startAt } from '../../job.ts'
import { planningNothing } from '../knowing.ts'
import { dueOf, framed, goneJob, shown, waiting } from './planning.ts'
import { nameOfEntry } from '../facts.ts'

it('plans nothing for a start whose answer is awaited, and one read of each kind at most, with its reason', () => {
  const sent = jobWith({ start: startAt(0, { sentAt: 0 }) })
  expect(plan(sent, { ...nothingAsked, wantedAt: 5, jobsWantedAt: 5 }, planningNothing)).toEqual([])
  const reads = plan(framed(50), { ...nothingAsked, wantedAt: 20 }, planningNothing)
  expect(reads.filter(({ kind }) => kind === 'entry')).toEqual([
    { kind: 'entry', dueAt: 20, why: 'something has changed, or may have changed unseen' },
  ])
})

it('of two reasons that are due at once gives the first of the rules', () => {
  const job = goneJob(1, { startedAt: 1000 - asking.firstEntry })
  const reads = plan(job, nothingAsked, planningNothing)
  expect(reads.find(({ kind }) => kind === 'entry')).toMatchObject({ dueAt: 1000, why: 'it has just begun' })
})

it('the history is read for how long a workflow usually takes ten seconds after its job was shown, where that is wanted', () => {
  const needsUsual = { needsUsual: true }
  expect(dueOf('usual', shown({ shownAt: 1000 }), {}, needsUsual)).toBe(1000 + usualTime.readAfter)
  expect(dueOf('usual', shown({ shownAt: 1000 }))).toBeNull()
  for (const job of [shown({ shownAt: null }), waiting('queued')])
    expect(dueOf('usual', job, {}, needsUsual)).toBeNull()
})

it('asks by no id for a start without a run, nor for a run that is known by its entry alone', () => {
  const asked = { wantedAt: 5, stopAnsweredAt: 5, memoryAt: 1 }
  const restarted = { restartedAt: 3 }
  const nameless = goneJob(2, { jobId: nameOfEntry('1') })
  for (const job of [waiting('queued', {}, restarted), waiting('lost', {}, restarted), nameless])
    for (const kind of ['entry', 'memory'] as const) expect(dueOf(kind, job, asked)).toBeNull()
  expect(dueOf('memory', nameless, { ...asked, entryAt: 1200 })).toBeNull()
})
