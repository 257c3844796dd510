import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Agenda, type DueRead } from '../../../src/main/tracking/agenda.ts'
import type { PlannedRead, ReadKind } from '../../../src/main/tracking/plan/rule.ts'
import { asking, lanes } from '../../../src/main/tracking/policy.ts'
import { jobWith } from '../job.ts'
import { Followed, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

interface Made {
  readonly agenda: Agenda
  /** What was read, and how many milliseconds after the beginning. */
  readonly reads: (readonly [string, number])[]
  readonly made: DueRead[]
  readonly most: () => number
  /** What is to be read about a job, each in so many milliseconds from now; then makes what is due. */
  readonly wish: (key: string, ...reads: (readonly [ReadKind, inMs: number])[]) => void
  mayAsk: boolean
  isAnswered: boolean
}

const planned = ([kind, inMs]: readonly [ReadKind, number]): PlannedRead => ({
  kind,
  dueAt: Date.now() + inMs,
  why: `${kind} in ${inMs}`,
})

/** An agenda whose reads take so long, and are not wished for again by their answers. */
function reading(answerMs: number): Made {
  const start = Date.now()
  const reads: (readonly [string, number])[] = []
  const made: DueRead[] = []
  let underWay = 0
  let most = 0
  const agenda: Agenda = new Agenda({
    mayAsk: () => self.mayAsk,
    make: (read) => {
      made.push(read)
      reads.push([`${read.kind} ${read.keys.join(' ')}`, Date.now() - start])
      underWay += 1
      most = Math.max(most, underWay)
      return new Promise((resolve) => {
        setTimeout(() => {
          underWay -= 1
          if (self.isAnswered) for (const key of read.keys) agenda.set(jobWith({ key }), [])
          resolve(self.isAnswered)
        }, answerMs)
      })
    },
  })
  const self: Made = {
    agenda,
    reads,
    made,
    most: () => most,
    wish: (key, ...wishes) => {
      agenda.set(jobWith({ key }), wishes.map(planned))
      agenda.run()
    },
    mayAsk: true,
    isAnswered: true,
  }
  return self
}

/** Whether a promise has resolved by now. */
function watch(promise: Promise<void>): () => boolean {
  let isOver = false
  void promise.finally(() => {
    isOver = true
  })
  return () => isOver
}

it('makes each read when it is due, and says why', async () => {
  const { wish, reads, made } = reading(5)
  wish('a', ['entry', 1000])
  wish('b', ['jobs', 0])
  await vi.advanceTimersByTimeAsync(999)
  expect(reads).toEqual([['jobs b', 0]])
  await vi.advanceTimersByTimeAsync(1000)
  expect(reads).toEqual([
    ['jobs b', 0],
    ['entry a', 1000],
  ])
  expect(made.map(({ why }) => why)).toEqual(['jobs in 0', 'entry in 1000'])
})

it('follows the newest plan of a job, sooner or later, and forgets what is no longer in it', async () => {
  const { wish, reads } = reading(5)
  wish('a', ['entry', 1000], ['log', 100])
  wish('a', ['entry', 300])
  await vi.advanceTimersByTimeAsync(200)
  wish('a', ['entry', 5000])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads).toEqual([['entry a', 5200]])
})

it('reads a workflow once for all its jobs that want it by then, from the earliest on', async () => {
  const { wish, reads } = reading(5)
  wish('a', ['jobs', 1000])
  wish('b', ['jobs', 500])
  wish('c', ['jobs', 400], ['history', 400])
  wish('c', ['history', 400])
  await vi.advanceTimersByTimeAsync(600)
  expect(reads).toEqual([
    ['history c', 400],
    ['jobs b', 500],
  ])
})

it('makes as many at once as there are places, in the order in which they were wished for', async () => {
  const { wish, reads, most } = reading(100)
  for (let count = 0; count < 20; count += 1) wish(String(count), ['entry', 0])
  await vi.advanceTimersByTimeAsync(1000)
  expect(most()).toBe(lanes.jobs)
  expect(reads.map(([read]) => read)).toEqual(Array.from({ length: 20 }, (_, at) => `entry ${at}`))
})

it('keeps places for each kind: logs that are slow hold up no entry', async () => {
  const { wish, reads } = reading(60_000)
  for (let count = 0; count < 10; count += 1) wish(`log ${count}`, ['log', 0])
  wish('a', ['entry', 0])
  wish('b', ['history', 0])
  await vi.advanceTimersByTimeAsync(10)
  expect(reads.filter(([read]) => read.startsWith('log'))).toHaveLength(lanes.logs)
  expect(reads.map(([read]) => read)).toEqual(expect.arrayContaining(['entry a', 'history b']))
})

it('makes a read again that is wished for while it is under way, a little after its answer', async () => {
  const { agenda, wish, reads } = reading(50)
  wish('a', ['entry', 0])
  await vi.advanceTimersByTimeAsync(60)
  wish('a', ['entry', 0])
  await vi.advanceTimersByTimeAsync(1000)
  expect(reads).toEqual([
    ['entry a', 0],
    ['entry a', 50 + asking.atLeastApart],
  ])
  agenda.clear()
})

it('makes a read that failed again ever more rarely, and nobody waits for it', async () => {
  const made = reading(0)
  made.isAnswered = false
  made.wish('a', ['entry', 0])
  const isOver = watch(made.agenda.idle(30_000))
  await vi.advanceTimersByTimeAsync(40_000)
  expect(made.reads.map(([, at]) => Math.floor(at / 10) * 10)).toEqual([0, 5000, 15_000, 30_000])
  expect(isOver()).toBe(true)
  made.isAnswered = true
  await vi.advanceTimersByTimeAsync(10_000)
  made.isAnswered = false
  made.wish('a', ['entry', 0])
  const since = made.reads.length
  await vi.advanceTimersByTimeAsync(5200)
  // It begins anew with the first pause.
  expect(made.reads.length - since).toBe(1)
})

it('makes nothing while the server can’t be asked, and everything that is due once it can', async () => {
  const made = reading(5)
  made.mayAsk = false
  made.wish('a', ['entry', 0])
  await vi.advanceTimersByTimeAsync(1000)
  expect(made.reads).toEqual([])
  expect(watch(made.agenda.idle(30_000))).toBeDefined()
  made.mayAsk = true
  made.agenda.run()
  expect(made.reads).toEqual([['entry a', 1000]])
})

it('is idle when nothing is due or under way, whatever is to be read later', async () => {
  const { agenda, wish } = reading(100)
  wish('a', ['entry', 0], ['history', 60_000])
  const isOver = watch(agenda.idle(30_000))
  await vi.advanceTimersByTimeAsync(99)
  expect(isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver()).toBe(true)
})

it('is waited for no longer than was said', async () => {
  const { agenda, wish } = reading(100_000)
  wish('a', ['entry', 0])
  const isOver = watch(agenda.idle(30_000))
  await vi.advanceTimersByTimeAsync(29_999)
  expect(isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver()).toBe(true)
})

it('forgets everything when it is cleared, and lets nobody wait', async () => {
  const { agenda, wish, reads } = reading(100)
  for (let count = 0; count < 10; count += 1) wish(String(count), ['entry', 0])
  wish('late', ['entry', 500])
  const idle = agenda.idle(30_000)
  agenda.clear()
  await idle
  await vi.advanceTimersByTimeAsync(1000)
  expect(reads).toHaveLength(lanes.jobs)
  expect(vi.getTimerCount()).toBe(0)
})

it('does not put off by an hour what waits for its pause, when the clock is set back by an hour', async () => {
  const made = reading(0)
  made.isAnswered = false
  made.wish('a', ['entry', 0])
  await vi.advanceTimersByTimeAsync(1000)
  vi.setSystemTime(Date.now() - 3_600_000)
  made.agenda.moveBack(3_600_000)
  made.wish('a', ['entry', 0])
  await vi.advanceTimersByTimeAsync(4000)
  expect(made.reads).toHaveLength(2)
})

it('has each read and why it is made in a log of level debug', async () => {
  const app = await Followed.begin({ faults: { lateEntryMs: 1000 } })
  await app.start(second)
  await app.advance(600)
  expect(app.logged).toEqual([`reads entry of workflow ${second.id}: it has just begun`])
})
