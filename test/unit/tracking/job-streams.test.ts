import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { JobStreams } from '../../../src/main/tracking/job-streams.ts'
import { streams as limits } from '../../../src/main/tracking/policy.ts'
import type { JobStreamListener } from '../../../src/main/wexflow/server.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { runningJob } from '../job.ts'
import { useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const running = (jobId: string): Job => runningJob({ jobId }, { key: jobId })
const done = { status: 'Done', rawStatus: 'Done' } as const

/** Streams of a server that the test speaks for. */
function streams(isReopened: boolean): {
  readonly streams: JobStreams
  readonly opened: { readonly at: number; readonly jobId: string; readonly listener: JobStreamListener }[]
  readonly closed: string[]
  readonly told: string[]
  /** A connection is refused while others are in use. */
  readonly refuse: () => void
  readonly hellos: () => number
  readonly rooms: () => number
} {
  const opened: { at: number; jobId: string; listener: JobStreamListener }[] = []
  const closed: string[] = []
  const listeners: (() => void)[] = []
  let hellos = 0
  let rooms = 0
  const told: string[] = []
  const server = {
    openJobStream: (_: number, jobId: string, listener: JobStreamListener) => {
      opened.push({ at: Date.now(), jobId, listener })
      return () => closed.push(jobId)
    },
    onRefused: (listener: () => void) => {
      listeners.push(listener)
    },
    hello: () => {
      hellos += 1
      return Promise.resolve()
    },
  }
  const made = new JobStreams(server, {
    onFrame: (_, { rawStatus }) => told.push(rawStatus),
    onLost: () => {
      told.push('lost')
      return isReopened
    },
    onRoom: () => {
      rooms += 1
    },
  })
  return {
    streams: made,
    opened,
    closed,
    told,
    refuse: () => {
      for (const listener of listeners) listener()
    },
    hellos: () => hellos,
    rooms: () => rooms,
  }
}

it('opens one stream for a job, and none for one without an id', () => {
  const { streams: open, opened } = streams(true)
  const job = running('a')
  open.open(job)
  open.open(job)
  open.open({ ...job, key: 'other', run: null })
  expect(opened).toHaveLength(1)
})

it('opens no more than there shall be, and one more when one is over', () => {
  const { streams: open, opened } = streams(true)
  for (let count = 0; count <= limits.most; count += 1) open.open(running(String(count)))
  expect([opened.length, open.size]).toEqual([limits.most, limits.most])
  opened[0]?.listener.onFrame(done)
  open.open(running('late'))
  expect(open.size).toBe(limits.most)
})

it('opens a lost stream again, ever more rarely, at least once a minute', async () => {
  const { streams: open, opened } = streams(true)
  open.open(running('a'))
  const pauses: number[] = []
  for (let count = 0; count < 7; count += 1) {
    const lostAt = Date.now()
    opened.at(-1)?.listener.onClosed(null)
    await vi.advanceTimersByTimeAsync(60_000)
    pauses.push((opened.at(-1)?.at ?? 0) - lostAt)
  }
  expect(opened).toHaveLength(8)
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
})

it('lets it be where it is told so', async () => {
  const { streams: open, opened, told } = streams(false)
  open.open(running('a'))
  opened[0]?.listener.onClosed(null)
  await vi.advanceTimersByTimeAsync(600_000)
  expect([opened.length, open.size, told]).toEqual([1, 0, ['lost']])
})

it('closes every stream and forgets those that wait to be opened again', async () => {
  const { streams: open, opened, closed } = streams(true)
  const [first, second] = [running('a'), running('b')]
  open.open(first)
  open.open(second)
  opened[0]?.listener.onClosed(null)
  open.closeAll()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([opened.length, open.size, closed]).toEqual([2, 0, ['b']])
})

it('keeps half of them where a connection is refused, the oldest, and one more each minute', async () => {
  const { streams: open, closed, refuse, rooms } = streams(true)
  for (let count = 0; count < 9; count += 1) open.open(running(String(count)))
  refuse()
  refuse()
  await new Promise((resolve) => setImmediate(resolve))
  expect([closed, open.size]).toEqual([['4', '5', '6', '7', '8'], 4])
  open.open(running('new'))
  expect(open.size).toBe(4)
  await vi.advanceTimersByTimeAsync(limits.growAfter)
  expect(rooms()).toBe(1)
  open.open(running('new'))
  open.open(running('newer'))
  expect(open.size).toBe(5)
})

it('keeps none where connections go on being refused, and as many as ever on another way', async () => {
  const { streams: open, refuse } = streams(true)
  for (let count = 0; count < 9; count += 1) open.open(running(String(count)))
  for (let times = 0; times < 4; times += 1) {
    refuse()
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(limits.refusedTogether)
  }
  expect(open.size).toBe(0)
  open.beginAnew()
  for (let count = 0; count < 9; count += 1) open.open(running(String(count)))
  expect(open.size).toBe(9)
})

it('sees whether calls have connections left, once where more are open than before', async () => {
  const { streams: open, hellos } = streams(true)
  for (let count = 0; count < limits.neverChecked; count += 1) open.open(running(String(count)))
  await vi.advanceTimersByTimeAsync(5000)
  expect(hellos()).toBe(0)
  for (let count = 0; count < 20; count += 1) open.open(running(`more ${count}`))
  await vi.advanceTimersByTimeAsync(5000)
  expect(hellos()).toBe(limits.spare)
  open.close('more 1')
  open.open(running('other'))
  await vi.advanceTimersByTimeAsync(5000)
  expect(hellos()).toBe(limits.spare)
})
