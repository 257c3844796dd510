import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isLongRun } from '../../../src/main/notify/long-runs.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import type { JobView } from '../../../src/shared/job-view.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { endedJob, runningJob, runWith } from '../job.ts'
import { endedView, viewIn } from '../job-view.ts'
import { pass, refused, shown, startTelling, type Telling } from './telling.ts'

const minute = 60_000

const startedAt = 0
const view = viewIn('running', { startedAt })

test.each([
  ['three times as long', 10 * minute, 30 * minute],
  ['five minutes longer where it is short', 1000, 5 * minute + 1000],
])('%s is not yet far longer, a moment more is', (_what, usualMs, ms) => {
  expect(isLongRun(view, usualMs, ms)).toBe(false)
  expect(isLongRun(view, usualMs, ms + 1)).toBe(true)
})

test.each<[what: string, job: JobView, usualMs: number | null]>([
  ['whose workflow’s usual time is not known', view, null],
  ['that has ended', endedView('done'), 1000],
  ['of which nobody saw the begin', viewIn('running'), 1000],
  ['that was suspended', { ...view, wasSuspended: true }, 1000],
  ['that is suspended', viewIn('suspended', { startedAt }), 1000],
  ['that may have waited for a person', { ...view, isApproval: true }, 1000],
  ['that does not begin', viewIn('notBegun', { startedAt }), 1000],
])('a job %s never runs for far longer than usual', (_what, job, usualMs) => {
  expect(isLongRun(job, usualMs, 24 * 60 * minute)).toBe(false)
})

describe('a job that runs for far longer than usual', () => {
  let app: Telling
  /** It begins now, and usually takes three minutes. */
  const begin = async (part: Partial<Job> = {}): Promise<Job> => {
    const job = runningJob({ startedAt: Date.now() }, part)
    await app.put(job)
    return job
  }

  beforeEach(async () => {
    app = await startTelling()
    app.usualMs = 3 * minute
    app.notifier.gatherUntold()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is told within a minute, once, without a sound, with a button that stops it', async () => {
    await begin()
    await pass(9 * minute)
    expect(app.toaster.toasts).toEqual([])
    await pass(1 * minute)
    expect(app.toaster.toasts).toMatchObject([
      {
        title: 'Still running: Import orders',
        body: '10m so far, usually 3m',
        isSilent: true,
        icon: 'stillRunning',
        actions: [
          { id: 'stop', label: 'Stop' },
          { id: 'suspend', label: 'Suspend' },
        ],
      },
    ])
    await pass(60 * minute)
    expect(app.toaster.toasts).toHaveLength(1)
    app.toaster.toasts[0]?.onAction('stop')
    app.toaster.toasts[0]?.onClick()
    expect([app.wishes, app.clicks]).toEqual([['stop key'], [{ kind: 'show', page: 'jobs', key: 'key' }]])
  })

  test('is told once also over a restart of the app, and whatever becomes of what is usual', async () => {
    const job = await begin()
    await pass(10 * minute)
    await app.restart()
    await app.put({ ...job, serverRun: '2' })
    app.usualMs = 60 * minute
    await pass(2 * minute)
    app.usualMs = 3 * minute
    await pass(2 * minute)
    expect(app.toaster.toasts).toEqual([])
  })

  test('is told after a restart of the app where it was not before', async () => {
    await begin()
    await pass(2 * minute)
    await app.restart()
    await pass(10 * minute)
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toHaveLength(1)
  })

  test('is withdrawn as it ends', async () => {
    const job = await begin()
    await pass(10 * minute)
    app.end({ ...job, end: endedJob('done').end })
    await pass(2000)
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('is told again until the desktop takes it', async () => {
    app.toaster.answer = refused
    await begin()
    await pass(10 * minute)
    app.toaster.answer = shown
    await pass(10 * minute)
    const [first, ...others] = app.toaster.toasts
    expect(others.length).toBeGreaterThan(0)
    expect(others.every(({ title }) => title === first?.title)).toBe(true)
    const told = app.toaster.toasts.length
    await pass(60 * minute)
    expect(app.toaster.toasts).toHaveLength(told)
  })

  test('and that its toast suspends is told as suspended, since nothing else says what became of that', async () => {
    const job = await begin()
    await pass(10 * minute)
    app.toaster.press('suspend')
    await app.put({ ...job, wish: { kind: 'suspend', askedAt: Date.now() } })
    const run = { ...runWith({ startedAt: job.run?.startedAt ?? null }), wasSuspended: true }
    await app.put({ ...job, run: { ...run, activity: 'suspended' } })
    expect(app.toaster.toasts.at(-1)).toMatchObject({
      title: 'Suspended: Import orders',
      actions: [{ id: 'resume' }, { id: 'stop' }],
    })
    await app.put({ ...job, run })
    await pass(60 * minute)
    expect(app.toaster.withdrawn).toContain('phase:key')
    expect(app.toaster.titles).toEqual(['Still running: Import orders', 'Suspended: Import orders'])
  })

  test('has no button that suspends it while the server was asked to', async () => {
    await begin({ wish: { kind: 'suspend', askedAt: Date.now() } })
    await pass(10 * minute)
    expect(app.toaster.toasts).toMatchObject([{ actions: [{ id: 'stop' }] }])
  })

  test('is not told while notifications are held back, and afterwards if it still runs', async () => {
    app.isQuiet = true
    await begin()
    await pass(10 * minute)
    expect(app.toaster.toasts).toEqual([])
    await app.endQuiet()
    expect(app.toaster.toasts).toMatchObject([{ body: '10m so far, usually 3m' }])
  })

  test('is not told where the settings ask for none', async () => {
    const { phases } = defaultSettings
    app.settings = {
      ...defaultSettings,
      phases: { ...phases, stillRunning: { ...phases.stillRunning, notify: false } },
    }
    await begin()
    await pass(20 * minute)
    expect(app.toaster.toasts).toEqual([])
  })

  test('is not told while its server is away: it may have ended', async () => {
    await begin()
    app.notifier.onLink('server', 'offline')
    await pass(20 * minute)
    app.notifier.onLink('server', 'online')
    await pass(1 * minute)
    expect(app.toaster.titles).not.toContain('Still running: Import orders')
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles.at(-1)).toBe('Still running: Import orders')
  })

  test('is not told as the computer wakes, but a minute later', async () => {
    await begin()
    await pass(30_000)
    vi.setSystemTime(Date.now() + 8 * 60 * minute)
    await pass(30_000)
    expect(app.toaster.toasts).toEqual([])
    await pass(1 * minute)
    expect(app.toaster.toasts).toHaveLength(1)
  })

  test('is told together with others', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await begin({ key })
    await pass(11 * minute)
    expect(app.toaster.toasts.map(({ title }) => title)).toContain('2 jobs run for far longer than usual')
  })
})
