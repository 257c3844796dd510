import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { serverWith } from '../app-state.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { UsualTimes } from '../../../src/main/job-store/usual-times.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import { workflowKeyOf } from '../../../src/shared/usual.ts'
import { feedWindow } from '../../../src/main/window/feed.ts'
import type { EventName, EventPayload } from '../../../src/shared/ipc.ts'
import { endedJob, jobWith, runWith, startAt } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'

/** The window, as far as it is fed. */
class Window {
  isOpen = true
  readonly sent: [name: EventName, payload: unknown][] = []

  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    if (this.isOpen) this.sent.push([name, payload])
  }
}

let keep: number
let window: Window
let model: AppModel
let jobStore: JobStore
let told: ToldRecord
let usual: UsualTimes

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'Date'] })
  keep = 1000
  window = new Window()
  model = new AppModel()
  const jobsFile = new MemoryDisk().open()
  told = await ToldRecord.open({ file: new MemoryDisk().open(), jobsFile, onProblem: () => {} })
  jobStore = await JobStore.open({
    file: jobsFile,
    keep: () => keep,
    mayForget: () => true,
    onProblem: () => {},
  })
  model.setServers([serverWith({ link: 'signedOut' })], 'server')
  usual = await UsualTimes.open({ file: new MemoryDisk().open(), onProblem: () => {} })
  feedWindow({ window, model, jobStore, told, usual })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what changes within a moment is sent once, as it is then', async () => {
  const job = jobWith({ key: 'a' })
  jobStore.put(job)
  model.setServers([serverWith({ link: 'connecting' })], 'server')
  await vi.advanceTimersByTimeAsync(30)
  const running = { ...job, run: runWith() }
  jobStore.put(running)
  model.setServers([serverWith({ link: 'online' })], 'server')
  expect(window.sent).toEqual([])
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toEqual([
    ['stateChanged', model.state],
    ['jobsChanged', { changed: [viewOf(running)], removed: [] }],
  ])
})

test('whom the sign-in form is for is sent at once, before the page that shows it', async () => {
  model.setServers([serverWith({})], null)
  expect(window.sent).toEqual([['stateChanged', model.state]])
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toHaveLength(1)
})

test('that something was told of a job is sent as a change of it', async () => {
  jobStore.put(endedJob('done', {}, { key: 'a' }))
  await vi.advanceTimersByTimeAsync(100)
  told.settle('a', { at: 5, outcome: 'done', how: 'shown' })
  told.settle('no such job', { at: 5, outcome: 'done', how: 'shown' })
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.slice(1)).toMatchObject([['jobsChanged', { changed: [{ key: 'a' }], removed: [] }]])
})

test('a burst of a thousand changes makes a few messages', async () => {
  for (let at = 0; at < 1000; at += 1) {
    jobStore.put(jobWith({ key: String(at % 10), restartedAt: at }))
    await vi.advanceTimersByTimeAsync(1)
  }
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.length).toBeLessThanOrEqual(1000 / 50 + 1)
})

test('a change of the jobs alone does not send the state, nor the other way round', async () => {
  jobStore.put(jobWith({}))
  await vi.advanceTimersByTimeAsync(100)
  model.setServers([serverWith({ link: 'online' })], 'server')
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.map(([name]) => name)).toEqual(['jobsChanged', 'stateChanged'])
})

test('that something was looked at in the tray changes nothing in the window', async () => {
  model.addUnseen('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toEqual([])
})

test('jobs that are no longer kept are taken out of the window', async () => {
  jobStore.put(endedJob('done', {}, { key: 'old', start: startAt(1) }))
  jobStore.put(endedJob('done', {}, { key: 'new', start: startAt(2) }))
  await vi.advanceTimersByTimeAsync(100)
  keep = 1
  jobStore.prune()
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.at(-1)).toEqual(['jobsChanged', { changed: [], removed: ['old'] }])
})

test('a job that comes back within the moment in which it was taken out stays', async () => {
  const old = endedJob('done', {}, { key: 'old', start: startAt(1) })
  jobStore.put(old)
  jobStore.put(endedJob('done', {}, { key: 'new', start: startAt(2) }))
  await vi.advanceTimersByTimeAsync(100)
  keep = 1
  jobStore.prune()
  await vi.advanceTimersByTimeAsync(10)
  keep = 2
  jobStore.put({ ...old, serverRun: '7' })
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.at(-1)).toMatchObject(['jobsChanged', { changed: [{ key: 'old' }], removed: [] }])
})

test('a window that opens later has all of it from its snapshot, and is sent only what comes after', async () => {
  window.isOpen = false
  jobStore.put(jobWith({ key: 'a' }))
  model.setServers([serverWith({ link: 'online' })], 'server')
  await vi.advanceTimersByTimeAsync(100)
  window.isOpen = true
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toEqual([])
  jobStore.put(jobWith({ key: 'b' }))
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent.at(-1)).toMatchObject(['jobsChanged', { changed: [{ key: 'b' }] }])
})

test('a window that closes while something is gathered does not get it when it opens again', async () => {
  jobStore.put(jobWith({ key: 'a' }))
  await vi.advanceTimersByTimeAsync(10)
  window.isOpen = false
  await vi.advanceTimersByTimeAsync(100)
  window.isOpen = true
  jobStore.put(jobWith({ key: 'b' }))
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toMatchObject([['jobsChanged', { changed: [{ key: 'b' }] }]])
})

test('what a workflow usually takes is sent when it is another time', async () => {
  const job = endedJob('done', { durationMs: 5000 })
  usual.note([viewOf(job), viewOf(job)])
  await vi.advanceTimersByTimeAsync(100)
  usual.note([viewOf(job)])
  await vi.advanceTimersByTimeAsync(100)
  expect(window.sent).toEqual([['usualChanged', { [workflowKeyOf(job)]: 5000 }]])
})
