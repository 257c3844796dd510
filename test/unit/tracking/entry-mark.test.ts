import { expect, it, onTestFinished, vi } from 'vitest'
import { entryPage } from '../../entry-page.ts'
import { EntryMark } from '../../../src/main/tracking/entry-mark.ts'
import { starting } from '../../../src/main/tracking/policy.ts'
import type { Entry } from '../../../src/main/wexflow/server.ts'

const row = (id: number): Entry => ({
  id: String(id),
  workflowId: 1,
  name: 'P1s',
  status: 'Done',
  rawStatus: '2',
  statusDate: `at ${id}`,
})

/** The mark before a start, where the newest entries are these. */
function serving(ids: readonly number[]): EntryMark {
  return new EntryMark({
    entries: async (page, count) => entryPage(ids.map(row), page, count),
  })
}

const thirty = Array.from({ length: 30 }, (_, at) => 30 - at)

it('is the greatest of the newest entries, not the one that changed last', async () => {
  expect(await serving([2, 5, 4]).read()).toBe('5')
})

it('is that of all entries of a second, where a database keeps whole seconds and has the oldest of one first', async () => {
  const entries = Array.from({ length: 30 }, (_, at): Entry => ({ ...row(at + 1), statusDate: '09:12:01' }))
  const mark = new EntryMark({
    entries: async (page, count) => entryPage(entries, page, count),
  })
  expect(await mark.read()).toBe('30')
})

it('is that of a sweep, where the server’s clock went back and old entries are on top', async () => {
  const mark = serving(thirty)
  mark.note({ rows: [row(30), row(300)], isWhole: false }, performance.now())
  expect(await mark.read()).toBe('300')
})

it('is none of an earlier run of the server, whose entries are gone', async () => {
  const mark = serving([2, 1])
  mark.note({ rows: [row(300)], isWhole: false }, performance.now())
  expect(await mark.read()).toBe('2')
  mark.note({ rows: [row(300)], isWhole: false }, performance.now())
  mark.note({ rows: [row(3)], isWhole: true }, performance.now())
  expect(await serving([]).read()).toBe('0')
  expect(await mark.read()).toBe('2')
})

it('is none of an earlier run of the server, of which nothing stands as it did, though not all entries were read', async () => {
  const mark = serving(thirty)
  mark.note({ rows: [row(500), row(499)], isWhole: false }, performance.now())
  expect(await mark.read()).toBe('30')
})

it('is known without asking for a few seconds after a page was read, in the same run of the server', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const mark = serving([])
  expect(mark.recent).toBeNull()
  mark.note({ rows: [row(7)], isWhole: true }, performance.now())
  expect(mark.recent).toBe('7')
  vi.advanceTimersByTime(starting.entrySeenWithin + 1)
  expect(mark.recent).toBeNull()
  mark.note({ rows: [row(8)], isWhole: true }, performance.now())
  mark.onStream()
  expect(mark.recent).toBeNull()
})

it('is not known by an answer that was long on its way: what began meanwhile is not on it', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const mark = serving([])
  const askedAt = performance.now()
  vi.advanceTimersByTime(starting.entrySeenWithin + 1)
  mark.note({ rows: [row(7)], isWhole: true }, askedAt)
  expect(mark.recent).toBeNull()
  // A page that was asked for later, and answered before, is not older for that.
  mark.note({ rows: [row(8)], isWhole: true }, performance.now())
  for (const isWhole of [false, true]) mark.note({ rows: [row(7)], isWhole }, askedAt)
  expect(mark.recent).toBe('8')
})
