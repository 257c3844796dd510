import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { outcomes } from '../../../src/shared/outcome.ts'
import { defaultSettings, type NotificationRule, type Settings } from '../../../src/shared/settings.ts'
import { toldPhases } from '../../../src/shared/told-phase.ts'
import { endedJob, runningJob, waitingJob } from '../job.ts'
import { pass, refused, shown, shownAfter, startTelling, type Telling } from './telling.ts'
import { nameOfEntry } from '../tracking/facts.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
  app.notifier.gatherUntold()
})
afterEach(() => {
  vi.useRealTimers()
})

const waiting = (part: Partial<Job> = {}): Job => runningJob({ activity: 'waiting' }, part)
const suspended = (part: Partial<Job> = {}): Job =>
  runningJob({ activity: 'suspended', wasSuspended: true }, part)
const running = (part: Partial<Job> = {}): Job => runningJob({}, part)
/** It runs, and this app has asked the server to suspend it. */
const suspending = (part: Partial<Job> = {}): Job =>
  running({ wish: { kind: 'suspend', askedAt: 0 }, ...part })
const notBegun = (part: Partial<Job> = {}): Job => runningJob({ notBegunSince: 0 }, part)

describe('a job that begins to wait for approval', () => {
  test('is told at once, with a button for each decision, and with a sound', async () => {
    await app.put(waiting())
    expect(app.toaster.toasts).toMatchObject([
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
    await app.put(waiting())
    await app.put(waiting({ serverRun: '7' }))
    expect(app.toaster.toasts).toHaveLength(1)
    await app.put(running())
    await app.put(waiting())
    expect(app.toaster.toasts).toHaveLength(2)
  })

  test('and no longer waits: its toast is withdrawn', async () => {
    await app.put(waiting())
    expect(app.toaster.withdrawn).not.toContain('phase:key')
    await app.put(running())
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('and ended: its toast is withdrawn, and the end is told', async () => {
    await app.put(waiting())
    app.end(endedJob('rejected'))
    await pass()
    expect(app.toaster.withdrawn).toContain('phase:key')
    expect(app.toaster.titles.at(-1)).toBe('Rejected: Import orders')
  })

  test.each(['approve', 'reject'])('hands on the decision %s', async (decision) => {
    await app.put(waiting())
    app.toaster.press(decision)
    app.toaster.press('something else')
    expect(app.wishes).toEqual([`${decision} key`])
  })

  test('brings a click to its job', async () => {
    await app.put(waiting())
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'key' }])
  })

  test('many at once are told together, and withdrawn when none of them waits any more', async () => {
    const keys = Array.from({ length: 5 }, (_, index) => `k${index}`)
    await app.put(...keys.map((key) => waiting({ key, workflowName: key })))
    await pass(10_000)
    expect(app.toaster.toasts).toHaveLength(3)
    expect(app.toaster.toasts.at(-1)).toMatchObject({
      title: '3 jobs wait for approval',
      body: 'k2, k3, k4',
      actions: [],
    })
    await app.put(...keys.slice(1).map((key) => running({ key })))
    expect(app.toaster.withdrawn).not.toContain('phase:waiting')
    await app.put(running({ key: 'k0' }))
    expect(app.toaster.withdrawn).toContain('phase:waiting')
  })

  test('and is gone from the list: so is what told of it, and of many together once the last of them is gone', async () => {
    const keys = ['k0', 'k1', 'k2', 'k3']
    await app.put(...keys.map((key) => waiting({ key })))
    await pass(10_000)
    app.store.forget(['k0', 'k1', 'k2'])
    await pass()
    expect(app.toaster.withdrawn).toContain('phase:k0')
    expect(app.toaster.withdrawn).not.toContain('phase:waiting')
    app.store.forget(['k3'])
    await pass()
    expect(app.toaster.withdrawn).toContain('phase:waiting')
  })

  test('and was looked at: its toast is withdrawn', async () => {
    await app.put(waiting())
    app.notifier.onLookedAt('key')
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('before the app started, and was told then: it is not told again', async () => {
    await app.put(waiting())
    await app.restart()
    app.notifier.onCaughtUp('server')
    await app.put(waiting({ serverRun: '7' }))
    expect(app.toaster.toasts).toEqual([])
  })

  test('before the app started, but was not told: it is told once the server has confirmed it', async () => {
    app.toaster.answer = refused
    await app.put(waiting())
    await app.restart()
    await pass()
    expect(app.toaster.toasts).toEqual([])
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['Waiting for approval: Import orders'])
  })

  test('and the desktop refuses: it is told when the desktop takes it, if it still waits then', async () => {
    app.toaster.answer = refused
    await app.put(waiting({ key: 'a' }), waiting({ key: 'b', workflowName: 'Ping' }))
    await app.put(running({ key: 'a' }))
    app.toaster.answer = shown
    app.toaster.ready()
    await pass(10_000)
    expect(app.toaster.titles.slice(2)).toEqual(['Waiting for approval: Ping'])
  })

  test('and no longer does before the desktop has answered: the toast is withdrawn as soon as it is there', async () => {
    app.toaster.answer = shownAfter(5000)
    await app.put(waiting())
    await app.put(running())
    await pass(5000)
    expect(app.toaster.withdrawn).toContain('phase:key')
    expect(app.told.phaseOf('key')).toBeNull()
  })

  test('and is followed no more before the desktop has answered: its toast is withdrawn, and nothing is kept of it', async () => {
    app.toaster.answer = shownAfter(5000)
    await app.put(waiting())
    app.store.forget(['key'])
    await pass(5000)
    expect(app.toaster.withdrawn).toContain('phase:key')
    expect(app.told.phaseOf('key')).toBeNull()
  })
})

test('an end that the desktop refused is told again though it then takes what it was given of the job before', async () => {
  app.toaster.answer = shownAfter(5000)
  await app.put(waiting())
  app.toaster.answer = refused
  app.end(endedJob('done'))
  await pass(1000)
  app.toaster.answer = shown
  await pass(60_000)
  expect(app.toaster.titles).toEqual([
    'Waiting for approval: Import orders',
    'Done: Import orders',
    'Done: Import orders',
  ])
})

describe('a job whose server seems to have restarted', () => {
  test.each([
    ['suspended', suspended],
    ['waiting', waiting],
  ] as const)('and that is still %s is not told again once that shows', async (_, inPhase) => {
    await app.put(inPhase())
    await app.put(inPhase({ restartedAt: 1 }))
    expect(app.toaster.withdrawn).not.toContain('phase:key')
    await app.put(inPhase())
    expect(app.toaster.toasts).toHaveLength(1)
    await app.put(running())
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('and that ended with it is no longer said to be suspended', async () => {
    await app.put(suspended())
    await app.put(suspended({ restartedAt: 1 }))
    app.end(endedJob('unknown', {}, { restartedAt: 1 }))
    await pass()
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('is not told as suspended while nobody knows what it does', async () => {
    await app.put(suspended({ restartedAt: 1 }))
    expect(app.toaster.toasts).toEqual([])
  })
})

describe('a job that is suspended', () => {
  test('while the desktop has yet to answer that it waits for approval, is told at once, and its toast stays', async () => {
    app.toaster.answer = shownAfter(60_000)
    await app.put(waiting())
    app.toaster.answer = shown
    await app.put(suspended())
    expect(app.toaster.titles).toEqual(['Waiting for approval: Import orders', 'Suspended: Import orders'])
    const withdrawn = app.toaster.withdrawn.length
    await pass(60_000)
    expect(app.toaster.withdrawn).toHaveLength(withdrawn)
    expect(app.toaster.titles).toHaveLength(2)
  })

  test('once more is told once more, though the desktop has not answered for the first time', async () => {
    app.toaster.answer = () => new Promise(() => undefined)
    await app.put(suspended())
    await app.put(running())
    await app.put(suspended())
    expect(app.toaster.titles).toHaveLength(2)
  })

  test('by others is told, without a sound, with buttons that resume and stop it', async () => {
    await app.put(running())
    await app.put(suspended())
    await app.put(suspended({ serverRun: '7' }))
    expect(app.toaster.toasts).toMatchObject([
      {
        title: 'Suspended: Import orders',
        body: 'It goes on once somebody resumes it.',
        icon: 'suspended',
        isSilent: true,
        actions: [
          { id: 'resume', label: 'Resume' },
          { id: 'stop', label: 'Stop' },
        ],
      },
    ])
  })

  test.each(['resume', 'stop'])('hands on the wish to %s it', async (wish) => {
    await app.put(suspended())
    app.toaster.press(wish)
    expect(app.wishes).toEqual([`${wish} key`])
  })

  test.each<[what: string, next: () => Promise<void>]>([
    ['goes on', () => app.put(running())],
    ['ends', async () => app.end(endedJob('stopped'))],
  ])('and %s: its toast is withdrawn', async (_what, next) => {
    await app.put(suspended())
    await next()
    await pass()
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('by the person, in a menu or the window, is not told, also not after a restart of the app', async () => {
    await app.put(suspending())
    await app.put(suspended())
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toEqual([])
  })

  test('and then stopped by the person is not told, though the suspension shows first', async () => {
    await app.put(suspending())
    const stop = { askedAt: 0, said: null }
    await app.put(suspending({ stop }))
    await app.put(suspended({ stop }))
    app.end(endedJob('stopped'))
    await pass()
    expect(app.toaster.titles).toEqual(['Stopped: Import orders'])
  })

  test('by others after the person has suspended and resumed it is told', async () => {
    await app.put(suspending())
    await app.put(suspended())
    await app.put(running())
    await app.put(suspended())
    expect(app.toaster.titles).toEqual(['Suspended: Import orders'])
  })

  test('by others after the server has refused the person to suspend it is told', async () => {
    await app.put(suspending())
    await app.put(running())
    await app.put(suspended())
    expect(app.toaster.titles).toEqual(['Suspended: Import orders'])
  })

  test('while the window shows it is not told, unless that is wanted', async () => {
    app.shownKey = 'key'
    await app.put(suspended())
    await app.put(running())
    expect(app.toaster.toasts).toEqual([])
    app.settings = { ...defaultSettings, tellShown: true }
    await app.put(suspended())
    expect(app.toaster.toasts).toHaveLength(1)
  })

  test('while it waits for approval is told as suspended, and as waiting once it goes on', async () => {
    await app.put(waiting())
    await app.put(suspended())
    await app.put(waiting())
    await pass(10_000)
    expect(app.toaster.titles).toEqual([
      'Waiting for approval: Import orders',
      'Suspended: Import orders',
      'Waiting for approval: Import orders',
    ])
  })

  test('many at once are told together', async () => {
    await app.put(...Array.from({ length: 4 }, (_, index) => suspended({ key: `k${index}` })))
    await pass(10_000)
    expect(app.toaster.toasts.at(-1)).toMatchObject({ title: '2 jobs were suspended', isSilent: true })
  })
})

const exception = (part: Partial<NotificationRule>): Settings => ({
  ...defaultSettings,
  rules: [
    {
      workflow: 'Import orders',
      serverId: null,
      startedBy: 'anyone',
      outcomes: [...outcomes],
      phases: [...toldPhases],
      notify: false,
      sound: false,
      chosenSound: null,
      stays: false,
      handOn: [],
      ...part,
    },
  ],
})

describe('an exception', () => {
  test.each([
    ['waits', waiting()],
    ['is suspended', suspended()],
    ['does not begin', notBegun()],
  ])(
    'that wants no notification of a workflow keeps it from being told that its job %s',
    async (_what, job) => {
      app.settings = exception({})
      await app.put(job)
      await app.put({ ...job, key: 'other', workflowName: 'Ping' })
      expect(app.toaster.toasts).toMatchObject([{ id: 'phase:other' }])
    },
  )

  test('that is made while a job waits takes its notification away, and without it the job is told again', async () => {
    await app.put(waiting())
    app.settings = exception({})
    await app.put(waiting({ serverRun: '7' }))
    expect(app.toaster.withdrawn).toContain('phase:key')
    app.settings = defaultSettings
    await app.put(waiting({ serverRun: '8' }))
    expect(app.toaster.toasts).toHaveLength(2)
  })

  test('says with which sound it is told, and whether it stays', async () => {
    const chosenSound = { kind: 'named', name: 'bell' } as const
    app.settings = exception({ notify: true, sound: true, chosenSound, stays: true })
    await app.put(suspended())
    expect(app.toaster.toasts).toMatchObject([{ isSilent: false, sound: chosenSound, isStaying: true }])
  })
})

test('the settings say of approvals and the like whether they are told, with which sound, and whether they stay', async () => {
  const { phases } = defaultSettings
  const asSaid = { notify: true, sound: false, chosenSound: null, stays: true }
  app.settings = {
    ...defaultSettings,
    phases: { ...phases, waiting: asSaid, suspended: { ...asSaid, notify: false } },
  }
  await app.put(waiting(), suspended({ key: 'other' }))
  expect(app.toaster.toasts).toMatchObject([{ id: 'phase:key', isSilent: true, isStaying: true }])
})

describe('a button of a toast', () => {
  test('is not there for what can’t be asked of a job whose id the server has not told', async () => {
    await app.put(runningJob({ jobId: nameOfEntry('1'), activity: 'waiting' }))
    expect(app.toaster.toasts).toMatchObject([{ actions: [] }])
  })

  test('leads to the job where the state of the job no longer allows what it says', async () => {
    await app.put(waiting())
    await app.put(waiting({ wish: { kind: 'reject', askedAt: 0 } }))
    app.toaster.press('approve')
    expect(app.wishes).toEqual([])
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'key' }])
  })
})

describe('what was heard of a job before its server went away', () => {
  test.each<[what: string, away: () => void]>([
    ['the server is away', () => app.notifier.onLink('server', 'offline')],
    ['nobody is signed in to it', () => app.notifier.onLink('server', 'signedOut')],
    ['the computer has slept', () => app.notifier.onWake()],
  ])('is not told while %s, but once the server says it anew', async (_what, away) => {
    app.isQuiet = true
    await app.put(waiting({ key: 'a' }), suspended({ key: 'b' }))
    away()
    await app.endQuiet()
    expect(app.toaster.toasts).toEqual([])
    await app.put(running({ key: 'b' }))
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.titles).toEqual(['Waiting for approval: Import orders'])
  })
})

describe('a start that the server has taken and does not begin', () => {
  test('is told as that, though the person has asked to stop it: the server has nothing to stop', async () => {
    await app.put(notBegun({ stop: { askedAt: 0, said: false } }))
    expect(app.toaster.titles).toEqual(['Taken, not begun: Import orders'])
  })

  test('is told with what can be done about it', async () => {
    await app.put(notBegun())
    expect(app.toaster.toasts).toMatchObject([
      {
        title: 'Taken, not begun: Import orders',
        body: 'The server has taken this start, but begins nothing. Start the workflow again; if that does not begin either, restart the server, or open the workflow in Wexflow and save it again.',
        actions: [],
      },
    ])
  })

  test('and begins after all: a toast says so in its place', async () => {
    await app.put(notBegun())
    await app.put(running())
    await app.put(running({ serverRun: '7' }))
    expect(app.toaster.toasts.map(({ id, title }) => [id, title])).toEqual([
      ['phase:key', 'Taken, not begun: Import orders'],
      ['phase:key', 'Begun after all: Import orders'],
    ])
  })

  test('and waits in its queue again before it begins: its toast stays until then', async () => {
    await app.put(waitingJob('queued', { heldSince: 5 }))
    await app.put(waitingJob('queued', { heldSince: null }))
    expect(app.toaster.titles).toEqual(['Taken, not begun: Import orders'])
    expect(app.toaster.withdrawn).not.toContain('phase:key')
    await app.put(running())
    expect(app.toaster.titles.at(-1)).toBe('Begun after all: Import orders')
  })

  test('and begins while the window shows it: its toast goes, and nothing more is told', async () => {
    await app.put(notBegun())
    app.shownKey = 'key'
    await app.put(running())
    expect(app.toaster.titles).toEqual(['Taken, not begun: Import orders'])
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('and ends: the end alone is told', async () => {
    await app.put(notBegun())
    app.end(endedJob('done'))
    await pass()
    expect(app.toaster.titles).toEqual(['Taken, not begun: Import orders', 'Done: Import orders'])
    expect(app.toaster.withdrawn).toContain('phase:key')
  })

  test('many of them are told together', async () => {
    await app.put(...Array.from({ length: 4 }, (_, index) => notBegun({ key: `k${index}` })))
    await pass(10_000)
    expect(app.toaster.toasts.at(-1)).toMatchObject({
      title: 'The server has taken 2 starts and begins none',
      body: 'Import orders',
    })
  })
})

test('nothing is told of phases once the app quits', async () => {
  const over = app.notifier.flush()
  await pass(1000)
  await over
  await app.put(waiting())
  app.notifier.onCaughtUp('server')
  await pass()
  expect(app.toaster.toasts).toEqual([])
})
