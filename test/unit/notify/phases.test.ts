import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { Notifier } from '../../../src/main/notify/notifier.ts'
import { ToldRecord } from '../../../src/main/notify/told-record.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { profile, serverWith } from '../app-state.ts'
import { endedJob, runningJob } from '../job.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { RecordingToaster } from './recording-toaster.ts'

const silence = (): void => {}
let jobsDisk: MemoryDisk
let toldDisk: MemoryDisk
let toaster: RecordingToaster
let store: JobStore
let told: ToldRecord
let notifier: Notifier
let clicks: (string | null)[]
let decisions: string[]

async function startApp(): Promise<void> {
  const jobsFile = jobsDisk.open()
  told = await ToldRecord.open({ file: toldDisk.open(), jobsFile, onProblem: silence })
  store = await JobStore.open({
    file: jobsFile,
    keep: () => 1000,
    mayForget: (job) => told.isSettled(viewOf(job)),
    onProblem: silence,
  })
  const model = new AppModel()
  model.setServers([serverWith({})], profile.id)
  toaster = new RecordingToaster()
  clicks = []
  decisions = []
  const { t, locale } = createTranslator(['en-GB'])
  notifier = new Notifier({
    toaster,
    store,
    told,
    model,
    log: { error: silence, warn: silence, info: silence, debug: silence },
    t,
    locale,
    settings: () => defaultSettings,
    readLog: async () => [],
    onClick: (command) => clicks.push(command.kind === 'show' ? command.key : null),
    onDecision: (key, decision) => decisions.push(`${decision} ${key}`),
  })
  notifier.gatherUntold()
}

beforeEach(async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date', 'performance'],
  })
  jobsDisk = new MemoryDisk()
  toldDisk = new MemoryDisk()
  await startApp()
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** The tracker writes down what is known of a job; resolves when that was heard. */
async function put(...jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) store.put(job)
  await pass()
}

const waiting = (part: Partial<Job> = {}): Job => runningJob({ activity: 'waiting' }, part)
const running = (part: Partial<Job> = {}): Job => runningJob({}, part)
const notBegun = (part: Partial<Job> = {}): Job => runningJob({ notBegunSince: 0 }, part)

describe('a job that begins to wait for approval', () => {
  test('is told at once, with a button for each decision, and with a sound', async () => {
    await put(waiting())
    expect(toaster.toasts).toMatchObject([
      {
        title: 'Waiting for approval: Import orders',
        isSilent: false,
        actions: [
          { id: 'approve', label: 'Approve' },
          { id: 'reject', label: 'Reject' },
        ],
      },
    ])
  })

  test('is told once for each time that it begins to wait', async () => {
    await put(waiting())
    await put(waiting({ serverRun: '7' }))
    expect(toaster.toasts).toHaveLength(1)
    await put(running())
    await put(waiting())
    expect(toaster.toasts).toHaveLength(2)
  })

  test('and no longer waits: its toast is withdrawn', async () => {
    await put(waiting())
    expect(toaster.withdrawn).not.toContain('phase:key')
    await put(running())
    expect(toaster.withdrawn).toContain('phase:key')
  })

  test('and ended: its toast is withdrawn, and the end is told', async () => {
    await put(waiting())
    const ended = endedJob('rejected')
    store.put(ended)
    notifier.onEnded(viewOf(ended), 'live')
    await pass()
    expect(toaster.withdrawn).toContain('phase:key')
    expect(toaster.titles.at(-1)).toBe('Rejected: Import orders')
  })

  test.each(['approve', 'reject'])('hands on the decision %s', async (decision) => {
    await put(waiting())
    toaster.press(decision)
    toaster.press('something else')
    expect(decisions).toEqual([`${decision} key`])
  })

  test('brings a click to its job', async () => {
    await put(waiting())
    toaster.click()
    expect(clicks).toEqual(['key'])
  })

  test('many at once are told together, and withdrawn when none of them waits any more', async () => {
    const keys = Array.from({ length: 7 }, (_, index) => `k${index}`)
    await put(...keys.map((key) => waiting({ key, workflowName: key })))
    await pass(1000)
    expect(toaster.toasts).toHaveLength(5)
    expect(toaster.toasts.at(-1)).toMatchObject({
      title: '3 jobs wait for approval',
      body: 'k4, k5, k6',
      actions: [],
    })
    await put(...keys.slice(1).map((key) => running({ key })))
    expect(toaster.withdrawn).not.toContain('phase:waiting')
    await put(running({ key: 'k0' }))
    expect(toaster.withdrawn).toContain('phase:waiting')
  })

  test('and was looked at: its toast is withdrawn', async () => {
    await put(waiting())
    notifier.onLookedAt('key')
    expect(toaster.withdrawn).toContain('phase:key')
  })

  test('before the app started, and was told then: it is not told again', async () => {
    await put(waiting())
    await Promise.all([told.flush(), store.flush()])
    await startApp()
    notifier.onCaughtUp('server')
    await put(waiting({ serverRun: '7' }))
    expect(toaster.toasts).toEqual([])
  })

  test('before the app started, but was not told: it is told once the server has confirmed it', async () => {
    toaster.answer = async () => ({ status: 'refused', reason: 'x' })
    await put(waiting())
    await Promise.all([told.flush(), store.flush()])
    await startApp()
    await pass()
    expect(toaster.toasts).toEqual([])
    notifier.onCaughtUp('server')
    await pass()
    expect(toaster.titles).toEqual(['Waiting for approval: Import orders'])
  })

  test('and the desktop refuses: it is told when the desktop takes it, if it still waits then', async () => {
    toaster.answer = async () => ({ status: 'refused', reason: 'x' })
    await put(waiting({ key: 'a' }), waiting({ key: 'b', workflowName: 'Ping' }))
    await put(running({ key: 'a' }))
    toaster.answer = async () => ({ status: 'shown', reason: '' })
    toaster.ready()
    await pass()
    expect(toaster.titles.slice(2)).toEqual(['Waiting for approval: Ping'])
  })

  test('and no longer does before the desktop has answered: the toast is withdrawn as soon as it is there', async () => {
    toaster.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status: 'shown', reason: '' }), 5000)
      })
    await put(waiting())
    await put(running())
    await pass(5000)
    expect(toaster.withdrawn).toContain('phase:key')
    expect(told.phaseOf('key')).toBeNull()
  })
})

describe('a start that the server has taken and does not begin', () => {
  test('is told with what can be done about it', async () => {
    await put(notBegun())
    expect(toaster.toasts).toMatchObject([
      {
        title: 'Taken, not begun: Import orders',
        body: 'The server has taken this start, but begins nothing. Restart the server, or open the workflow in Wexflow and save it again.',
        actions: [],
      },
    ])
  })

  test('and begins after all: a toast says so in its place', async () => {
    await put(notBegun())
    await put(running())
    await put(running({ serverRun: '7' }))
    expect(toaster.toasts.map(({ id, title }) => [id, title])).toEqual([
      ['phase:key', 'Taken, not begun: Import orders'],
      ['phase:key', 'Begun after all: Import orders'],
    ])
  })

  test('and ends: the end alone is told', async () => {
    await put(notBegun())
    const ended = endedJob('done')
    store.put(ended)
    notifier.onEnded(viewOf(ended), 'live')
    await pass()
    expect(toaster.titles).toEqual(['Taken, not begun: Import orders', 'Done: Import orders'])
    expect(toaster.withdrawn).toContain('phase:key')
  })

  test('many of them are told together', async () => {
    await put(...Array.from({ length: 6 }, (_, index) => notBegun({ key: `k${index}` })))
    await pass(1000)
    expect(toaster.toasts.at(-1)).toMatchObject({
      title: 'The server has taken 2 starts and begins none',
      body: 'Import orders',
    })
  })
})

test('nothing is told of phases once the app quits', async () => {
  const over = notifier.flush()
  await pass(1000)
  await over
  await put(waiting())
  notifier.onCaughtUp('server')
  await pass()
  expect(toaster.toasts).toEqual([])
})
