import { expect, test } from 'vitest'
import { lastBeginOf } from '../../../src/main/schedule/last-begin.ts'

const before = { jobId: 'a', lastStart: 1000 }

test.each<[what: string, jobId: string | null, known: typeof before | undefined, at: number]>([
  ['with another job', 'b', before, 2000],
  ['with no job', null, before, 2000],
  ['for the first time', 'a', undefined, 2000],
  ['with the job before, whose start it was not', 'a', before, 1000],
])('a workflow that is listed %s last began then', (_what, jobId, known, at) => {
  expect(lastBeginOf({ jobId, lastStart: 2000 }, known)).toBe(at)
})

test('a workflow of which no job is known has begun all the same', () => {
  expect(lastBeginOf({ jobId: null, lastStart: 2000 }, { jobId: null, lastStart: 1000 })).toBe(2000)
})
