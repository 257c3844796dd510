import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ToastStatus } from '../../../src/main/notify/toaster.ts'
import { endedJob, startAt } from '../job.ts'
import { muted, pass, refused, shown, shownAfter, startTelling, type Telling } from './telling.ts'

let app: Telling

/** A system that says neither that it shows a toast nor that it refuses. */
const silent = (): Promise<ToastStatus> => new Promise(() => {})

beforeEach(async () => {
  app = await startTelling()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what ended while the app was away', () => {
  test('comes as one summary, once all of it is known', async () => {
    app.end(endedJob('done', {}, { key: 'a' }), 'away')
    app.end(endedJob('failed', {}, { key: 'b', workflowName: 'Send invoices' }), 'away')
    await pass(5000)
    expect(app.toaster.toasts).toEqual([])
    app.notifier.onCaughtUp('server')
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toMatchObject([
      { title: '2 jobs ended: 1 done, 1 failed', body: 'Failed: Send invoices\nDone: Import orders' },
    ])
  })

  test('is told by its own words where it is one job, with the duration that its log tells', async () => {
    app.readLog = async (key) => {
      const job = app.store.get(key)
      if (job?.end != null) app.store.put({ ...job, end: { ...job.end, durationMs: 61_000 } })
    }
    app.end(endedJob('done', { durationMs: null }), 'away')
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toMatchObject([{ title: 'Done: Import orders', body: 'Took 1m 1s' }])
  })

  test('is told even where the server is not there to tell the rest', async () => {
    app.end(endedJob('done'), 'away')
    app.notifier.onLink('server', 'offline')
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('or was about to be told when the app died, is told at the next start', async () => {
    app.toaster.answer = () => new Promise(() => {})
    app.end(endedJob('done'))
    await app.restart()
    expect(app.toaster.toasts).toEqual([])
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('and was told then is not told again', async () => {
    app.end(endedJob('done'))
    await pass()
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toEqual([])
  })
})

describe('a desktop that does not take it', () => {
  beforeEach(() => {
    app.toaster.answer = refused
  })

  test('is said in the menu and the log, and the end is still to be told', async () => {
    app.end(endedJob('done'))
    await pass()
    expect(app.model.state.notices).toEqual([{ kind: 'notificationsRefused', detail: 'notSupported' }])
    expect(app.logged).toEqual(['notification key refused: notSupported'])
    expect(app.toldOf('key')).toBeNull()
  })

  test('is asked again after half a minute, a minute, and so on up to ten minutes', async () => {
    app.end(endedJob('done'))
    await pass()
    const asked: number[] = []
    for (let seconds = 10; seconds <= 3600; seconds += 10) {
      await pass(10_000)
      if (app.toaster.toasts.length > asked.length + 1) asked.push(seconds)
    }
    expect(asked).toEqual([30, 90, 210, 450, 930, 1530, 2130, 2730, 3330])
  })

  test('is told, once, as soon as something that shows notifications has come; the notice goes with it', async () => {
    app.end(endedJob('done'))
    await pass(100)
    app.toaster.answer = shown
    app.toaster.ready()
    expect(app.model.state.notices).toEqual([])
    await pass(3_600_000)
    expect(app.toaster.titles).toEqual(['Done: Import orders', 'Done: Import orders'])
    expect(app.toldOf('key')?.how).toBe('shown')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is told all of it together when something that shows notifications has come', async () => {
    for (const key of ['a', 'b']) app.end(endedJob('done', {}, { key }))
    app.end(endedJob('failed', { errorLine: 'x' }, { key: 'c', workflowName: 'Send invoices' }))
    await pass(10_000)
    app.toaster.answer = shown
    app.toaster.ready()
    await pass()
    expect(app.toaster.toasts.slice(3)).toMatchObject([
      { title: '3 jobs ended: 2 done, 1 failed', body: 'Failed: Send invoices\nDone: Import orders' },
    ])
    expect(['a', 'b', 'c'].map((key) => app.toldOf(key)?.how)).toEqual(['shown', 'shown', 'shown'])
  })

  test('but takes the next one: then it is told the rest as well', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await pass(1000)
    app.toaster.answer = shown
    app.end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders', 'Done: Ping', 'Done: Import orders'])
    expect(app.model.state.notices).toEqual([])
    expect([app.toldOf('a')?.how, app.toldOf('b')?.how]).toEqual(['shown', 'shown'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a summary is told again as it is by then', async () => {
    app.end(endedJob('done', {}, { key: 'a' }), 'away')
    app.end(endedJob('unknown', { reason: 'notRecorded' }, { key: 'b' }), 'away')
    app.notifier.onCaughtUp('server')
    await pass()
    app.toaster.answer = shown
    app.end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    await pass()
    expect(app.toaster.titles).toEqual([
      '2 jobs ended: 1 done, 1 unknown',
      'Done: Ping',
      'Done: Import orders',
    ])
  })

  test('what is not wanted any more by then is not told', async () => {
    app.end(endedJob('done'))
    await pass()
    app.settings = muted('done')
    app.toaster.answer = shown
    app.toaster.ready()
    await pass()
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.toldOf('key')?.how).toBe('muted')
  })

  test('until the app quits, though the desktop takes others in that moment: its next start tells, and it alone', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await pass()
    app.toaster.answer = shownAfter(50)
    app.end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    const over = app.notifier.flush()
    await pass(1000)
    await over
    expect(app.toaster.titles).toEqual(['Done: Import orders', 'Done: Ping'])
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('until the app quits: its next start tells, together with what it learns', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await pass()
    const over = app.notifier.flush()
    await pass(1000)
    await over
    expect(vi.getTimerCount()).toBe(0)
    await app.restart()
    app.end(endedJob('failed', {}, { key: 'b', workflowName: 'Send invoices' }), 'away')
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 1 done, 1 failed'])
  })
})

describe('a desktop that says nothing', () => {
  test('for ten seconds: the app says so, and the next start tells it', async () => {
    app.toaster.answer = silent
    app.end(endedJob('done'))
    await pass(9999)
    expect(app.model.state.notices).toEqual([])
    await pass(1)
    expect(app.model.state.notices).toEqual([{ kind: 'notificationsRefused', detail: 'noAnswer' }])
    await pass(3_600_000)
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.toldOf('key')).toBeNull()
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.toldOf('key')?.how).toBe('shown')
  })

  test.each(['shown', 'refused'] as const)('and then says %s', async (status) => {
    app.toaster.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status, reason: status }), 50_000)
      })
    app.end(endedJob('done'))
    await pass(50_000)
    expect(app.toldOf('key')?.how ?? null).toBe(status === 'shown' ? 'shown' : null)
    expect(app.model.state.notices).toHaveLength(status === 'shown' ? 0 : 1)
    app.toaster.answer = shown
    await pass(30_000)
    expect(app.toaster.toasts).toHaveLength(status === 'shown' ? 1 : 2)
    expect(app.toldOf('key')?.how).toBe('shown')
  })

  test('until after a correction was told: the correction is what counts', async () => {
    app.toaster.answer = shownAfter(20_000)
    app.end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass(1000)
    app.toaster.answer = shown
    app.end(endedJob('done'))
    await pass(30_000)
    expect(app.toldOf('key')?.outcome).toBe('done')
    expect(app.toaster.titles).toEqual(['Unknown: Import orders', 'Done: Import orders'])
  })

  test('holds up the end of the app for a second at most', async () => {
    app.toaster.answer = silent
    app.end(endedJob('done'))
    const onDone = vi.fn<() => void>()
    const flushed = app.notifier.flush().then(onDone)
    await pass(999)
    expect(onDone).not.toHaveBeenCalled()
    await pass(1)
    await flushed
  })
})

test('an end that comes while the app quits is told by its next start, and by that alone', async () => {
  const over = app.notifier.flush()
  app.end(endedJob('done'))
  await pass(5000)
  await over
  expect(app.toaster.toasts).toEqual([])
  await app.restart()
  app.notifier.onCaughtUp('server')
  await pass(5000)
  expect(app.toaster.titles).toHaveLength(1)
})

test('an end that waits for the desktop’s answer is kept above the number that is wanted, and goes once it was told', async () => {
  app.keep = 1
  app.toaster.answer = shownAfter(1000)
  app.end(endedJob('done', {}, { key: 'old', start: startAt(1) }))
  app.end(endedJob('done', {}, { key: 'new', start: startAt(2) }))
  await pass(900)
  expect(app.store.list().map(({ key }) => key)).toEqual(['new', 'old'])
  await pass(100)
  expect(app.store.list().map(({ key }) => key)).toEqual(['new'])
  expect(app.told.get('new')?.how).toBe('shown')
})

describe('an end is to be handed on', () => {
  test('when the desktop is given it, whether or not it takes it', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await pass()
    app.toaster.answer = refused
    app.end(endedJob('failed', {}, { key: 'b' }))
    await pass()
    expect(app.handedOn).toEqual(['a done', 'b failed'])
  })

  test('where the settings keep it from the screen, or the window shows it', async () => {
    app.settings = muted('done')
    app.end(endedJob('done', {}, { key: 'a' }))
    app.shownKey = 'b'
    app.end(endedJob('failed', {}, { key: 'b' }))
    await pass()
    expect(app.toaster.toasts).toEqual([])
    expect(app.handedOn).toEqual(['a done', 'b failed'])
  })

  test('at once while notifications are held back, also what was learnt afterwards', async () => {
    app.isQuiet = true
    app.end(endedJob('done', {}, { key: 'a' }))
    app.end(endedJob('failed', {}, { key: 'b' }), 'away')
    expect(app.handedOn).toEqual(['a done'])
    app.notifier.onCaughtUp('server')
    expect(app.handedOn).toEqual(['a done', 'b failed'])
  })

  test('one by one where the screen tells them together', async () => {
    for (const key of ['a', 'b']) app.end(endedJob('done', {}, { key }), 'away')
    app.notifier.onCaughtUp('server')
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.handedOn).toEqual(['a done', 'b done'])
  })
})
