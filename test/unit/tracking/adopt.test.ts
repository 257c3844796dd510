import { expect, it } from 'vitest'
import { adopt, awaitsJobId } from '../../../src/main/tracking/adopt.ts'
import { decide } from '../../../src/main/tracking/decide/decide.ts'
import { newJob } from '../../../src/main/tracking/new-job.ts'
import type { Job } from '../../../src/main/tracking/job.ts'

const queuedAt = (key: string, requestedAt: number, runningBefore: string[] = []): Job => ({
  ...decide(
    newJob('server', { id: 9020, name: 'Queue2s', isApproval: false }, requestedAt),
    { kind: 'startQueued' },
    0,
  ).job,
  key,
  runningBefore,
})
const lostAt = (key: string, requestedAt: number, runningBefore: string[] = []): Job => ({
  ...decide(
    newJob('server', { id: 1, name: 'Import', isApproval: false }, requestedAt),
    { kind: 'startAnswerLost', detail: '' },
    0,
  ).job,
  key,
  runningBefore,
})
const nobody = (): boolean => false

it('gives the queue’s next instance to the start that waits longest', () => {
  const waiting = [queuedAt('second', 20), queuedAt('first', 10)]
  expect(adopt(waiting, ['a'], nobody)).toEqual([{ key: 'first', jobId: 'a' }])
})

it('does not take an instance that ran before the start', () => {
  expect(adopt([queuedAt('one', 10, ['a'])], ['a'], nobody)).toEqual([])
})

it('does not take an instance that belongs to another job', () => {
  expect(adopt([queuedAt('one', 10)], ['a', 'b'], (jobId) => jobId === 'a')).toEqual([
    { key: 'one', jobId: 'b' },
  ])
})

it('leaves the only instance to the later of two lost starts: the job of the earlier may have ended already', () => {
  expect(adopt([lostAt('first', 10), lostAt('second', 20)], ['b'], nobody)).toEqual([
    { key: 'second', jobId: 'b' },
  ])
})

it('gives each of two lost starts the instance that it can be', () => {
  const waiting = [lostAt('first', 10), lostAt('second', 20, ['a'])]
  expect(adopt(waiting, ['a', 'b'], nobody)).toEqual([
    { key: 'second', jobId: 'b' },
    { key: 'first', jobId: 'a' },
  ])
})

it('gives each instance away once', () => {
  const waiting = [queuedAt('one', 10), queuedAt('two', 20)]
  expect(adopt(waiting, ['a', 'b'], nobody)).toEqual([
    { key: 'one', jobId: 'a' },
    { key: 'two', jobId: 'b' },
  ])
})

it('gives away once what the history holds two rows of', () => {
  const waiting = [queuedAt('first', 10), queuedAt('second', 20)]
  expect(adopt(waiting, ['a', 'a'], nobody)).toEqual([{ key: 'first', jobId: 'a' }])
})

it('knows which starts wait for an id', () => {
  const starting = newJob('server', { id: 1, name: 'A', isApproval: false }, 0)
  expect(awaitsJobId(starting)).toBe(false)
  expect(awaitsJobId(decide(starting, { kind: 'startAnswerLost', detail: '' }, 0).job)).toBe(true)
  expect(awaitsJobId(decide(starting, { kind: 'startAnswered', jobId: 'a' }, 0).job)).toBe(false)
})
