import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { serverWith } from '../app-state.ts'
import { endedJob, runningJob, startAt } from '../job.ts'
import { muted, pass, refused, shown, startTelling, type Telling } from './telling.ts'

let app: Telling

const waiting = (part: Partial<Job> = {}): Job => runningJob({ activity: 'waiting' }, part)
const ofOthers = startAt(0, { answer: { kind: 'elsewhere', at: 0, launchType: 'trigger' } })
const notBegun = (part: Partial<Job> = {}): Job => runningJob({ notBegunSince: 0 }, part)

beforeEach(async () => {
  app = await startTelling()
  app.notifier.gatherUntold()
  app.isQuiet = true
})
afterEach(() => {
  vi.useRealTimers()
})

describe('ends while notifications are held back', () => {
  test('are told in one summary after that, those of others among them, and never again', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    app.end(endedJob('failed', { errorLine: 'x' }, { key: 'b', workflowName: 'Send invoices' }))
    app.end(endedJob('done', {}, { key: 'c', start: ofOthers, workflowName: 'Ping' }))
    await pass(60_000)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    await app.endQuiet()
    app.notifier.onCaughtUp('server')
    await pass(60_000)
    expect(app.toaster.titles).toEqual(['3 jobs ended: 2 done, 1 failed'])
    expect(['a', 'b', 'c'].map((key) => app.toldOf(key)?.how)).toEqual(['shown', 'shown', 'shown'])
  })

  test('of one job are told by its own words', async () => {
    app.end(endedJob('done'))
    await app.endQuiet()
    expect(app.toaster.toasts).toMatchObject([{ id: 'key', title: 'Done: Import orders' }])
  })

  test('ask for attention in the tray all the same', () => {
    app.end(endedJob('failed'))
    expect([...app.model.unseen]).toEqual(['key'])
  })

  test('that were learnt of afterwards wait as well', async () => {
    app.end(endedJob('done', {}, { key: 'a' }), 'away')
    app.end(endedJob('done', {}, { key: 'b' }))
    app.notifier.onCaughtUp('server')
    app.notifier.onLink('server', 'offline')
    await pass(5000)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 2 done'])
  })

  test('that the person looked at meanwhile are no news any more', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    app.end(endedJob('done', {}, { key: 'b' }))
    app.shownKey = 'a'
    app.notifier.onLookedAt('a')
    app.shownKey = null
    await app.endQuiet()
    expect(app.toaster.toasts).toMatchObject([{ id: 'b' }])
    expect(app.toldOf('a')?.how).toBe('seen')
  })

  test('of the computer’s sleep that the person looked at before the server has told the rest are no news any more', async () => {
    app.isQuiet = false
    app.end(endedJob('done', {}, { key: 'a' }), 'away')
    app.end(endedJob('done', {}, { key: 'b' }), 'away')
    app.shownKey = 'a'
    app.notifier.onLookedAt('a')
    app.shownKey = null
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toMatchObject([{ id: 'b' }])
    expect(app.toldOf('a')?.how).toBe('seen')
  })

  test('that the settings no longer ask for are not told', async () => {
    app.end(endedJob('done'))
    app.settings = muted('done')
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
    expect(app.toldOf('key')?.how).toBe('muted')
  })

  test('are told as they turned out to be', async () => {
    app.end(endedJob('unknown', { reason: 'notRecorded' }))
    app.end(endedJob('done'))
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('that put right what was told before wait for the summary too', async () => {
    app.isQuiet = false
    app.end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass()
    app.isQuiet = true
    app.end(endedJob('done'))
    await pass(60_000)
    expect(app.toaster.titles).toEqual(['Unknown: Import orders'])
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['Unknown: Import orders', 'Done (corrected): Import orders'])
  })

  test('and put right what was told before are said to, also among others', async () => {
    app.isQuiet = false
    app.end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass()
    app.isQuiet = true
    app.end(endedJob('done'))
    app.end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    await app.endQuiet()
    expect(app.toaster.toasts.at(-1)).toMatchObject({
      title: '2 jobs ended: 2 done',
      body: 'Done: Import orders, Ping\n1 of them puts right what was told before',
    })
  })

  test('come together with those of the computer’s sleep, once the server has told them', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    app.notifier.onWake()
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
    app.end(endedJob('failed', { errorLine: 'x' }, { key: 'b' }), 'away')
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 1 done, 1 failed'])
  })

  test('are told after the computer’s sleep where the server is not there any more', async () => {
    app.end(endedJob('done'))
    app.notifier.onWake()
    await app.endQuiet()
    app.notifier.onLink('server', 'offline')
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('are told after the computer’s sleep at once where the server was away before it', async () => {
    app.model.setServers([serverWith({ link: 'offline' })], 'server')
    app.notifier.onLink('server', 'offline')
    app.end(endedJob('done'))
    app.notifier.onWake()
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('of a burst that had begun before wait with the rest', async () => {
    app.isQuiet = false
    for (const key of ['a', 'b', 'c']) app.end(endedJob('done', {}, { key }))
    app.isQuiet = true
    app.end(endedJob('done', {}, { key: 'd' }))
    await pass(60_000)
    expect(app.toaster.toasts).toHaveLength(2)
    await app.endQuiet()
    expect(app.toaster.titles.at(-1)).toBe('2 jobs ended: 2 done')
  })

  test('that the desktop had refused before come with the summary', async () => {
    app.isQuiet = false
    app.toaster.answer = refused
    app.end(endedJob('failed', { errorLine: 'x' }, { key: 'a' }))
    await pass()
    app.isQuiet = true
    app.toaster.answer = shown
    app.toaster.toasts.length = 0
    app.end(endedJob('done', {}, { key: 'b' }))
    await pass(60_000)
    app.toaster.ready()
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 1 done, 1 failed'])
  })

  test('are told by the next start of the app, where it is over by then', async () => {
    for (const key of ['a', 'b']) app.end(endedJob('done', {}, { key }))
    const over = app.notifier.flush()
    await pass(1000)
    await over
    expect(app.toaster.toasts).toEqual([])
    app.isQuiet = false
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 2 done'])
  })

  test('and the next start holds them back where it is not over', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await app.restart()
    app.end(endedJob('done', {}, { key: 'b' }))
    app.notifier.onCaughtUp('server')
    await pass(60_000)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 2 done'])
  })
})

describe('jobs that wait for approval while notifications are held back', () => {
  test('and still wait after that are told, with their buttons', async () => {
    await app.put(waiting())
    await pass(60_000)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.toasts).toMatchObject([
      { title: 'Waiting for approval: Import orders', actions: [{ id: 'approve' }, { id: 'reject' }] },
    ])
  })

  test('and were decided on are not told, unless the server refuses that', async () => {
    await app.put(waiting())
    await app.put(waiting({ wish: { kind: 'approve', askedAt: 0 } }))
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
    await app.put(waiting())
    expect(app.toaster.titles).toEqual(['Waiting for approval: Import orders'])
  })

  test('and that the person looked at meanwhile are no news any more', async () => {
    await app.put(waiting())
    app.shownKey = 'key'
    app.notifier.onLookedAt('key')
    app.shownKey = null
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
  })

  test('are told together where they are several, however often they were heard of', async () => {
    for (const key of ['a', 'b', 'c']) await app.put(waiting({ key }))
    await app.put(waiting({ key: 'a', serverRun: '7' }))
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['3 jobs wait for approval'])
  })

  test('and no longer wait are not told', async () => {
    await app.put(waiting())
    await app.put(runningJob())
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
  })
})

test('that a job has begun after all is told afterwards, unless it has ended by then', async () => {
  app.isQuiet = false
  await app.put(notBegun({ key: 'a' }), notBegun({ key: 'b' }))
  app.toaster.toasts.length = 0
  app.isQuiet = true
  await app.put(runningJob({}, { key: 'a' }), runningJob({}, { key: 'b' }))
  app.end(endedJob('done', {}, { key: 'b' }))
  await pass()
  expect(app.toaster.toasts).toEqual([])
  await app.endQuiet()
  expect(app.toaster.titles.toSorted()).toEqual(['Begun after all: Import orders', 'Done: Import orders'])
})

describe('an outage while notifications are held back', () => {
  test('is told afterwards where the server is still away, and its end', async () => {
    app.notifier.onLink('server', 'offline')
    await pass(120_000)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['The Wexflow server does not answer'])
    app.notifier.onLink('server', 'online')
    await pass()
    expect(app.toaster.titles.at(-1)).toBe('The Wexflow server answers again')
  })

  test('that follows on another is not told again where that one was told, and its end was not', async () => {
    app.isQuiet = false
    app.notifier.onLink('server', 'offline')
    await pass(120_000)
    app.isQuiet = true
    app.notifier.onLink('server', 'online')
    app.notifier.onLink('server', 'offline')
    await pass(120_000)
    await app.endQuiet()
    app.notifier.onLink('server', 'online')
    await pass()
    expect(app.toaster.titles).toEqual([
      'The Wexflow server does not answer',
      'The Wexflow server answers again',
    ])
  })

  test('is not told where the server is back', async () => {
    app.notifier.onLink('server', 'offline')
    await pass(120_000)
    app.notifier.onLink('server', 'online')
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
    expect(app.model.state.notices).toEqual([])
  })
})

test('a sign-in that is needed is asked for afterwards, unless it was made', async () => {
  app.notifier.onLink('server', 'signInNeeded')
  await pass()
  expect(app.toaster.toasts).toEqual([])
  await app.endQuiet()
  expect(app.toaster.titles).toEqual(['Sign in again to follow your jobs'])
})

test('what the person wishes meanwhile is answered at once where the server refuses it', async () => {
  await app.put(runningJob())
  app.notifier.onWishFailed('key', 'stop', { kind: 'forbidden', detail: '' })
  await pass()
  expect(app.toaster.titles).toEqual(['Import orders could not be stopped'])
})
