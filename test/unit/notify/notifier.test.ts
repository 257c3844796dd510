import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { type ClickCommand, Notifier } from '../../../src/main/notify/notifier.ts'
import type { ToastStatus } from '../../../src/main/notify/toaster.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import type { Told } from '../../../src/shared/told.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { type Outcome, outcomes } from '../../../src/shared/outcome.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { defaultSettings, type Settings } from '../../../src/shared/settings.ts'
import { profile, serverWith } from '../app-state.ts'
import { endedJob, runningJob, startAt } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { RecordingToaster } from './recording-toaster.ts'

const { t, locale } = createTranslator(['en-GB'])
let disk: MemoryDisk
let toldDisk: MemoryDisk
let keep: number
let toaster: RecordingToaster
let store: JobStore
let told: ToldRecord
let model: AppModel
let notifier: Notifier
let settings: Settings
let clicks: ClickCommand[]
let decisions: string[]
let logged: string[]
/** What reading a job's log does. */
let readLog: (key: string) => Promise<unknown>

/** The app starts, with the jobs file as the last run left it. */
async function startApp(): Promise<void> {
  const jobsFile = disk.open()
  told = await ToldRecord.open({ file: toldDisk.open(), jobsFile, onProblem: () => {} })
  store = await JobStore.open({
    file: jobsFile,
    keep: () => keep,
    mayForget: (job) => told.isSettled(viewOf(job)),
    onProblem: () => {},
  })
  model = new AppModel()
  model.setServers([serverWith({})], profile.id)
  toaster = new RecordingToaster()
  clicks = []
  decisions = []
  logged = []
  const log = (message: string): void => void logged.push(message)
  notifier = new Notifier({
    toaster,
    store,
    told,
    model,
    log: { error: log, warn: log, info: log, debug: log },
    t,
    locale,
    settings: () => settings,
    readLog: (key) => readLog(key),
    onClick: (command) => clicks.push(command),
    onDecision: (key, decision) => decisions.push(`${decision} ${key}`),
  })
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: 1_000_000 })
  disk = new MemoryDisk()
  toldDisk = new MemoryDisk()
  keep = 1000
  settings = defaultSettings
  readLog = async () => []
  await startApp()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets everything happen that happens within so many milliseconds. */
const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** A job ends, as the tracker tells it. */
function end(job: Job, circumstance: 'live' | 'away' = 'live'): void {
  store.put(job)
  notifier.onEnded(viewOf(job), circumstance)
}

const toldOf = (key: string): Told | null => told.get(key)

const muted = (outcome: Outcome): Settings => ({
  ...defaultSettings,
  outcomes: { ...defaultSettings.outcomes, [outcome]: { notify: false, sound: false } },
})

/** A system that says neither that it shows a toast nor that it refuses. */
const silent = (): Promise<ToastStatus> => new Promise(() => {})

const shown = async (): Promise<ToastStatus> => ({ status: 'shown', reason: '' })
const refused = async (): Promise<ToastStatus> => ({ status: 'refused', reason: 'notSupported' })

describe('one end', () => {
  test.each(outcomes)('%s is told at once, and once', async (outcome) => {
    const job = endedJob(outcome, { errorLine: 'known' })
    end(job)
    notifier.onEnded(viewOf(job), 'live')
    await pass()
    notifier.onEnded(viewOf(job), 'live')
    await pass(60_000)
    expect(toaster.titles).toEqual([`${t(`outcome.${outcome}`)}: Import orders`])
    expect(toldOf('key')).toEqual({ at: 1_000_000, outcome, how: 'shown' })
  })

  test('is not told before the job has ended', async () => {
    end(runningJob())
    await pass()
    expect(toaster.toasts).toEqual([])
  })

  test('is silent where the settings ask for no sound', async () => {
    end(endedJob('done', {}, { key: 'a' }))
    end(endedJob('warning', {}, { key: 'b' }))
    await pass()
    expect(toaster.toasts.map(({ isSilent }) => isSilent)).toEqual([true, false])
  })

  test('brings a click to its job, and has the job as its id', async () => {
    end(endedJob('done', {}, { key: 'k' }))
    await pass()
    toaster.click()
    expect(toaster.toasts[0]?.id).toBe('k')
    expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'k' }])
  })
})

describe('muted outcomes', () => {
  test('are not told, are marked so, and are not told later when the settings change', async () => {
    settings = muted('done')
    end(endedJob('done'))
    await pass()
    settings = defaultSettings
    await store.flush()
    await startApp()
    notifier.gatherUntold()
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts).toEqual([])
    expect(toldOf('key')?.how).toBe('muted')
  })

  test('still ask for attention where the end was a bad one', async () => {
    settings = muted('failed')
    end(endedJob('failed'))
    expect([...model.unseen]).toEqual(['key'])
  })
})

/** The job's log was read, and names an error. */
const found = (key: string): void => {
  const job = store.get(key)
  if (job?.end != null) store.put({ ...job, end: { ...job.end, errorLine: 'disk full' } })
}

describe('the log', () => {
  test('of a failure is waited for, and its last error is told', async () => {
    readLog = (key) =>
      new Promise((resolve) => {
        setTimeout(() => resolve(found(key)), 1400)
      })
    end(endedJob('failed'))
    await pass(1399)
    expect(toaster.toasts).toEqual([])
    await pass(1)
    expect(toaster.toasts[0]?.body).toBe('Took 12s\ndisk full')
  })

  test('is waited for 1.5 s at most', async () => {
    readLog = (key) =>
      new Promise((resolve) => {
        setTimeout(() => resolve(found(key)), 5000)
      })
    end(endedJob('failed'))
    await pass(1499)
    expect(toaster.toasts).toEqual([])
    await pass(1)
    expect(toaster.toasts.map(({ body }) => body)).toEqual(['Took 12s'])
    await pass(10_000)
    expect(toaster.toasts).toHaveLength(1)
  })

  test('that can’t be read holds nothing up', async () => {
    readLog = () => Promise.reject(new Error('offline'))
    end(endedJob('failed'))
    await pass()
    expect(toaster.toasts).toHaveLength(1)
    expect(logged).toEqual(['a notification goes without the job’s log'])
  })

  test('is not asked for where it can add nothing', async () => {
    const asked: string[] = []
    readLog = async (key) => asked.push(key)
    end(endedJob('done'))
    await pass()
    expect([toaster.toasts.length, asked]).toEqual([1, []])
  })

  test('of a failure that turns into something else meanwhile: the truth alone is told', async () => {
    readLog = () =>
      new Promise((resolve) => {
        setTimeout(resolve, 1000)
      })
    end(endedJob('failed'))
    await pass(500)
    end(endedJob('stopped'))
    await pass(5000)
    expect(toaster.titles).toEqual(['Stopped: Import orders'])
  })
})

describe('a burst', () => {
  const hundred = Array.from({ length: 100 }, (_, index) =>
    endedJob('done', {}, { key: `k${index}`, workflowName: `W${index}` }),
  )

  test('of a hundred ends: four toasts at once and one for the rest', async () => {
    for (const job of hundred) end(job)
    await pass()
    expect(toaster.titles).toEqual(['Done: W0', 'Done: W1', 'Done: W2', 'Done: W3'])
    await pass(5000)
    expect(toaster.titles.slice(4)).toEqual(['96 jobs ended: 96 done'])
    expect(hundred.filter(({ key }) => toldOf(key)?.how !== 'shown')).toEqual([])
  })

  test('a click on the toast of many brings the list', async () => {
    for (const job of hundred) end(job)
    await pass(1000)
    toaster.click()
    expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
  })

  test('makes a sound if one of its ends asks for it', async () => {
    for (const job of hundred) end(job)
    end(endedJob('failed', { errorLine: 'x' }, { key: 'f' }))
    await pass(1000)
    expect(toaster.toasts.map(({ isSilent }) => isSilent)).toEqual([true, true, true, true, false])
  })

  test('an end that is corrected while it is held back is told as it is then', async () => {
    for (const job of hundred.slice(0, 6)) end(job)
    end(endedJob('stopped', {}, { key: 'k5', workflowName: 'W5' }))
    await pass(5000)
    expect(toaster.titles.at(-1)).toBe('2 jobs ended: 1 done, 1 stopped')
    expect(toaster.toasts).toHaveLength(5)
  })

  test('an end that is held back and turns into a muted one is not told', async () => {
    settings = muted('stopped')
    for (const job of hundred.slice(0, 5)) end(job)
    end(endedJob('stopped', {}, { key: 'k4', workflowName: 'W4' }))
    await pass(5000)
    expect(toaster.toasts).toHaveLength(4)
  })

  test('that leaves one end to tell tells it by its own words', async () => {
    settings = muted('stopped')
    for (const job of hundred.slice(0, 6)) end(job)
    end(endedJob('stopped', {}, { key: 'k4', workflowName: 'W4' }))
    await pass(5000)
    expect(toaster.toasts.at(-1)).toMatchObject({ id: 'k5', title: 'Done: W5', body: 'Took 12s' })
    toaster.click()
    expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'k5' }])
  })

  test('that the app’s end interrupts is told before it ends', async () => {
    for (const job of hundred.slice(0, 10)) end(job)
    await notifier.flush()
    expect(toaster.titles.at(-1)).toBe('6 jobs ended: 6 done')
    expect(toldOf('k9')?.how).toBe('shown')
  })
})

describe('what ended while the app was away', () => {
  test('comes as one summary, once all of it is known', async () => {
    end(endedJob('done', {}, { key: 'a' }), 'away')
    end(endedJob('failed', {}, { key: 'b', workflowName: 'Send invoices' }), 'away')
    await pass(5000)
    expect(toaster.toasts).toEqual([])
    notifier.onCaughtUp('server')
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts).toMatchObject([
      { title: '2 jobs ended: 1 done, 1 failed', body: 'Failed: Send invoices' },
    ])
  })

  test('is told by its own words where it is one job, with the duration that its log tells', async () => {
    readLog = async (key) => {
      const job = store.get(key)
      if (job?.end != null) store.put({ ...job, end: { ...job.end, durationMs: 61_000 } })
    }
    end(endedJob('done', { durationMs: null }), 'away')
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts).toMatchObject([{ title: 'Done: Import orders', body: 'Took 1m 1s' }])
  })

  test('is told even where the server is not there to tell the rest', async () => {
    end(endedJob('done'), 'away')
    notifier.onLink('server', 'offline')
    await pass()
    expect(toaster.titles).toEqual(['Done: Import orders'])
  })

  test('or was about to be told when the app died, is told at the next start', async () => {
    toaster.answer = () => new Promise(() => {})
    end(endedJob('done'))
    await store.flush()

    await startApp()
    notifier.gatherUntold()
    expect(toaster.toasts).toEqual([])
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.titles).toEqual(['Done: Import orders'])
  })

  test('and was told then is not told again', async () => {
    end(endedJob('done'))
    await pass()
    await store.flush()
    await startApp()
    notifier.gatherUntold()
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts).toEqual([])
  })
})

describe('a correction', () => {
  test('is told as one, in the place of what it corrects', async () => {
    end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass()
    end(endedJob('done'))
    await pass()
    expect(toaster.toasts.map(({ id, title }) => [id, title])).toEqual([
      ['key', 'Unknown: Import orders'],
      ['key', 'Done (corrected): Import orders'],
    ])
    expect(toldOf('key')?.outcome).toBe('done')
  })

  test('is told even where the settings mute the true outcome', async () => {
    settings = muted('done')
    end(endedJob('unknown'))
    await pass()
    end(endedJob('done'))
    await pass()
    expect(toaster.titles.at(-1)).toBe('Done (corrected): Import orders')
  })

  test('to a good end no longer asks for attention; to a bad one it does', async () => {
    end(endedJob('unknown', {}, { key: 'a' }))
    end(endedJob('done', {}, { key: 'b' }))
    await pass()
    expect([...model.unseen]).toEqual(['a'])
    end(endedJob('done', {}, { key: 'a' }))
    end(endedJob('failed', {}, { key: 'b' }))
    expect([...model.unseen]).toEqual(['b'])
  })

  test('that comes while the system has not answered yet is told', async () => {
    toaster.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status: 'shown', reason: '' }), 100)
      })
    end(endedJob('unknown'))
    await pass(50)
    end(endedJob('done'))
    await pass(200)
    expect(toaster.titles).toEqual(['Unknown: Import orders', 'Done: Import orders'])
    expect(toldOf('key')?.outcome).toBe('done')
  })
})

describe('a desktop that does not take it', () => {
  beforeEach(() => {
    toaster.answer = refused
  })

  test('is said in the menu and the log, and the end is still to be told', async () => {
    end(endedJob('done'))
    await pass()
    expect(model.state.notices).toEqual([{ kind: 'notificationsRefused', detail: 'notSupported' }])
    expect(logged).toEqual(['notification key refused: notSupported'])
    expect(toldOf('key')).toBeNull()
  })

  test('is asked again after half a minute, a minute, and so on up to ten minutes', async () => {
    end(endedJob('done'))
    await pass()
    const asked: number[] = []
    for (let seconds = 10; seconds <= 3600; seconds += 10) {
      await pass(10_000)
      if (toaster.toasts.length > asked.length + 1) asked.push(seconds)
    }
    expect(asked).toEqual([30, 90, 210, 450, 930, 1530, 2130, 2730, 3330])
  })

  test('is told, once, as soon as something that shows notifications has come; the notice goes with it', async () => {
    end(endedJob('done'))
    await pass(100)
    toaster.answer = shown
    toaster.ready()
    expect(model.state.notices).toEqual([])
    await pass(3_600_000)
    expect(toaster.titles).toEqual(['Done: Import orders', 'Done: Import orders'])
    expect(toldOf('key')?.how).toBe('shown')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is told all of it together when something that shows notifications has come', async () => {
    for (const key of ['a', 'b']) end(endedJob('done', {}, { key }))
    end(endedJob('failed', { errorLine: 'x' }, { key: 'c', workflowName: 'Send invoices' }))
    await pass(100)
    toaster.answer = shown
    toaster.ready()
    await pass()
    expect(toaster.toasts.slice(3)).toMatchObject([
      { title: '3 jobs ended: 2 done, 1 failed', body: 'Failed: Send invoices' },
    ])
    expect(['a', 'b', 'c'].map((key) => toldOf(key)?.how)).toEqual(['shown', 'shown', 'shown'])
  })

  test('but takes the next one: then it is told the rest as well', async () => {
    end(endedJob('done', {}, { key: 'a' }))
    await pass(1000)
    toaster.answer = shown
    end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    await pass()
    expect(toaster.titles).toEqual(['Done: Import orders', 'Done: Ping', 'Done: Import orders'])
    expect(model.state.notices).toEqual([])
    expect([toldOf('a')?.how, toldOf('b')?.how]).toEqual(['shown', 'shown'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a summary is told again as it is by then', async () => {
    end(endedJob('done', {}, { key: 'a' }), 'away')
    end(endedJob('unknown', { reason: 'notRecorded' }, { key: 'b' }), 'away')
    notifier.onCaughtUp('server')
    await pass()
    toaster.answer = shown
    end(endedJob('done', {}, { key: 'b', workflowName: 'Ping' }))
    await pass()
    expect(toaster.titles).toEqual(['2 jobs ended: 1 done, 1 unknown', 'Done: Ping', 'Done: Import orders'])
  })

  test('what is not wanted any more by then is not told', async () => {
    end(endedJob('done'))
    await pass()
    settings = muted('done')
    toaster.answer = shown
    toaster.ready()
    await pass()
    expect(toaster.toasts).toHaveLength(1)
    expect(toldOf('key')?.how).toBe('muted')
  })

  test('until the app quits: its next start tells, together with what it learns', async () => {
    end(endedJob('done', {}, { key: 'a' }))
    await pass()
    const over = notifier.flush()
    await pass(1000)
    await over
    expect(vi.getTimerCount()).toBe(0)
    await store.flush()
    await startApp()
    notifier.gatherUntold()
    end(endedJob('failed', {}, { key: 'b', workflowName: 'Send invoices' }), 'away')
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.titles).toEqual(['2 jobs ended: 1 done, 1 failed'])
  })
})

describe('a desktop that says nothing', () => {
  test('for ten seconds: the app says so, and the next start tells it', async () => {
    toaster.answer = silent
    end(endedJob('done'))
    await pass(9999)
    expect(model.state.notices).toEqual([])
    await pass(1)
    expect(model.state.notices).toEqual([{ kind: 'notificationsRefused', detail: 'noAnswer' }])
    await pass(3_600_000)
    expect(toaster.toasts).toHaveLength(1)
    expect(toldOf('key')).toBeNull()
    await store.flush()

    await startApp()
    notifier.gatherUntold()
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts).toHaveLength(1)
    expect(toldOf('key')?.how).toBe('shown')
  })

  test.each(['shown', 'refused'] as const)('and then says %s', async (status) => {
    toaster.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status, reason: status }), 50_000)
      })
    end(endedJob('done'))
    await pass(50_000)
    expect(toldOf('key')?.how ?? null).toBe(status === 'shown' ? 'shown' : null)
    expect(model.state.notices).toHaveLength(status === 'shown' ? 0 : 1)
    toaster.answer = shown
    await pass(30_000)
    expect(toaster.toasts).toHaveLength(status === 'shown' ? 1 : 2)
    expect(toldOf('key')?.how).toBe('shown')
  })

  test('until after a correction was told: the correction is what counts', async () => {
    toaster.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status: 'shown', reason: '' }), 20_000)
      })
    end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass(1000)
    toaster.answer = shown
    end(endedJob('done'))
    await pass(30_000)
    expect(toldOf('key')?.outcome).toBe('done')
    expect(toaster.titles).toEqual(['Unknown: Import orders', 'Done: Import orders'])
  })

  test('holds up the end of the app for a second at most', async () => {
    toaster.answer = silent
    end(endedJob('done'))
    const onDone = vi.fn<() => void>()
    const flushed = notifier.flush().then(onDone)
    await pass(999)
    expect(onDone).not.toHaveBeenCalled()
    await pass(1)
    await flushed
  })
})

describe('what was looked at in the window', () => {
  test('is taken off the desktop: the toast of the job, and those that tell of many', async () => {
    for (let index = 0; index < 6; index += 1) end(endedJob('done', {}, { key: `k${index}` }))
    await pass(1000)
    notifier.onLookedAt('k0')
    expect(toaster.withdrawn).toEqual(expect.arrayContaining(['k0', 'summary:k4']))
    expect(toaster.withdrawn).not.toContain('k1')
  })
})

test('an end that comes while the app quits is told by its next start, and by that alone', async () => {
  const over = notifier.flush()
  end(endedJob('done'))
  await pass(5000)
  await over
  expect(toaster.toasts).toEqual([])
  await startApp()
  notifier.gatherUntold()
  notifier.onCaughtUp('server')
  await pass(5000)
  expect(toaster.titles).toHaveLength(1)
})

test('an end that waits for the desktop’s answer is kept above the number that is wanted, and goes once it was told', async () => {
  keep = 1
  toaster.answer = () =>
    new Promise((resolve) => {
      setTimeout(() => resolve({ status: 'shown', reason: '' }), 1000)
    })
  end(endedJob('done', {}, { key: 'old', start: startAt(1) }))
  end(endedJob('done', {}, { key: 'new', start: startAt(2) }))
  await pass(900)
  expect(store.list().map(({ key }) => key)).toEqual(['new', 'old'])
  await pass(100)
  expect(store.list().map(({ key }) => key)).toEqual(['new'])
  await vi.waitFor(() => expect(told.get('old')).toBeNull())
  expect(told.get('new')?.how).toBe('shown')
})

describe('the server', () => {
  test('that is away for a minute is told once, calmly, and that it is back', async () => {
    notifier.onLink('server', 'online')
    notifier.onLink('server', 'offline')
    await pass(59_999)
    expect(toaster.toasts).toEqual([])
    await pass(600_000)
    notifier.onLink('server', 'online')
    await pass()
    expect(toaster.toasts).toMatchObject([
      {
        id: 'server:server',
        title: 'The Wexflow server does not answer',
        body: 'wexflow:8000',
        isSilent: true,
      },
      { id: 'server:server', title: 'The Wexflow server answers again', isSilent: true },
    ])
    toaster.click()
    expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
  })

  test('that wants a new sign-in is told once; a click leads to the form', async () => {
    notifier.onLink('server', 'online')
    notifier.onLink('server', 'signInNeeded')
    notifier.onLink('server', 'signInNeeded')
    await pass(600_000)
    expect(toaster.titles).toEqual(['Sign in again to follow your jobs'])
    toaster.click()
    expect(clicks).toEqual([{ kind: 'showSignIn', serverId: 'server' }])
  })

  test('that has its sign-in, or is not followed any more: its toast is taken off the desktop', async () => {
    for (const [id, link] of [
      ['server', 'online'],
      ['other', 'signedOut'],
    ] as const) {
      notifier.onLink(id, 'signInNeeded')
      notifier.onLink(id, 'connecting')
      notifier.onLink(id, 'signInNeeded')
      expect(toaster.withdrawn).not.toContain(`signIn:${id}`)
      notifier.onLink(id, link)
      expect(toaster.withdrawn).toContain(`signIn:${id}`)
    }
    expect(toaster.toasts).toHaveLength(2)
  })

  test('that wants a sign-in a second time is told a second time', () => {
    for (const link of ['signInNeeded', 'connecting', 'online', 'signInNeeded'] as const)
      notifier.onLink('server', link)
    expect(toaster.toasts).toHaveLength(2)
  })
})

describe('of several servers', () => {
  beforeEach(() => {
    const other = serverWith({ id: 'other', name: 'production' })
    model.setServers([serverWith({}), other, serverWith({ id: 'out', name: 'old', link: 'signedOut' })], null)
  })

  test('what ended meanwhile is told by each when it has caught up, and not by another one', async () => {
    for (const key of ['a', 'b']) end(endedJob('done', {}, { key }), 'away')
    for (const key of ['c', 'd']) end(endedJob('done', {}, { key, serverId: 'other' }), 'away')
    notifier.onCaughtUp('server')
    await pass(5000)
    expect(toaster.toasts).toMatchObject([{ title: '2 jobs ended: 2 done', body: 'On wexflow:8000' }])
    notifier.onLink('other', 'offline')
    await pass()
    expect(toaster.toasts.slice(1)).toMatchObject([{ title: '2 jobs ended: 2 done', body: 'On production' }])
  })

  test('what ended before the start on one that nobody follows waits for no other', async () => {
    store.put(endedJob('done', {}, { key: 'a' }))
    store.put(endedJob('failed', { errorLine: 'x' }, { key: 'b', serverId: 'out' }))
    store.put(endedJob('failed', { errorLine: 'x' }, { key: 'c', serverId: 'no longer known' }))
    notifier.gatherUntold()
    await pass(5000)
    const where = toaster.toasts.map(({ body }) => body.replace(/\n.*/su, ''))
    expect(where.toSorted()).toEqual(['On a forgotten server', 'On old'])
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.toasts.at(-1)).toMatchObject({
      title: 'Done: Import orders',
      body: 'On wexflow:8000\nTook 12s',
    })
  })

  test('that go away together one toast tells, by their names, and one that they are back', async () => {
    for (const id of ['other', 'server']) notifier.onLink(id, 'offline')
    await pass(60_000)
    for (const id of ['other', 'server']) notifier.onLink(id, 'online')
    await pass()
    expect(toaster.toasts).toMatchObject([
      { title: '2 Wexflow servers do not answer', body: 'wexflow:8000, production' },
      { title: '2 Wexflow servers answer again', body: 'wexflow:8000, production' },
    ])
    expect(new Set(toaster.toasts.map(({ id }) => id)).size).toBe(1)
  })

  test('the one that wants a sign-in is named, and a click leads to its form', async () => {
    notifier.onLink('other', 'signInNeeded')
    await pass()
    expect(toaster.toasts).toMatchObject([{ body: 'production' }])
    toaster.click()
    expect(clicks).toEqual([{ kind: 'showSignIn', serverId: 'other' }])
  })

  test('the one that refuses a wish is named', async () => {
    store.put(runningJob({}, { serverId: 'other' }))
    notifier.onWishFailed('key', 'stop', { kind: 'serverError', detail: '500' })
    await pass()
    expect(toaster.toasts[0]?.body).toMatch(/^On production\nThe server reported an error\./u)
  })
})

describe('a wish from the tray that the server refuses', () => {
  test.each([
    ['stop', 'Import orders could not be stopped'],
    ['approve', 'Import orders could not be approved'],
    ['reject', 'Import orders could not be rejected'],
  ] as const)('%s: is told, and a click brings the job', async (wish, title) => {
    store.put(runningJob())
    notifier.onWishFailed('key', wish, { kind: 'forbidden', detail: '401' })
    await pass()
    expect(toaster.toasts).toMatchObject([
      { title, body: 'You are not permitted to do this. Ask the server’s administrator.' },
    ])
    toaster.click()
    expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'key' }])
  })

  test('does not take the place of how the job ended', async () => {
    store.put(runningJob())
    notifier.onWishFailed('key', 'stop', { kind: 'serverError', detail: '500' })
    end(endedJob('done'))
    await pass()
    expect(new Set(toaster.toasts.map(({ id }) => id)).size).toBe(2)
  })
})

test('a desktop without a place for the icon is told once in a run, and shown while it holds', async () => {
  notifier.onTrayHost(false)
  notifier.onTrayHost(true)
  expect(model.state.notices).toEqual([])
  notifier.onTrayHost(false)
  await pass()
  expect(model.state.notices).toEqual([{ kind: 'noTrayHost', detail: '' }])
  expect(toaster.titles).toEqual(['Wexflow Tray runs without an icon'])
})

test('that the app can’t remember is told once in a run, without a sound, and a click leads to the window', async () => {
  notifier.onNotices([{ kind: 'noKeychain', detail: '' }])
  await pass()
  expect(toaster.toasts).toEqual([])
  notifier.onNotices([{ kind: 'cannotRemember', detail: 'ENOSPC' }])
  notifier.onNotices([])
  notifier.onNotices([{ kind: 'cannotRemember', detail: 'EACCES' }])
  await pass()
  expect(toaster.toasts).toMatchObject([
    {
      title: 'Wexflow Tray may forget your jobs',
      body: 'The app can’t write its files (ENOSPC), so jobs may be forgotten when it quits. Check the disk’s space and permissions.',
      isSilent: true,
    },
  ])
  toaster.click()
  expect(clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
})
