import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LinkState } from '../../../src/shared/app-state.ts'
import { endedJob, runningJob } from '../job.ts'
import type { ToastStatus } from '../../../src/main/notify/toaster.ts'
import { pass, refused, shown, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
  app.toaster.answer = refused
})
afterEach(() => {
  vi.useRealTimers()
})

/** Something that shows notifications has come. */
async function desktopComes(): Promise<void> {
  app.toaster.toasts.length = 0
  app.toaster.answer = shown
  app.toaster.ready()
  await pass(600_000)
}

test('that a sign-in is needed, which nothing showed at the login, is told once something does', async () => {
  app.notifier.onLink('server', 'signInNeeded')
  await pass(10_000)
  await desktopComes()
  expect(app.toaster.titles).toEqual(['Sign in again to follow your jobs'])
})

test('a sign-in that was made meanwhile is not asked for', async () => {
  app.notifier.onLink('server', 'signInNeeded')
  await pass(10_000)
  app.notifier.onLink('server', 'online')
  await desktopComes()
  expect(app.toaster.titles).toEqual([])
})

test('an outage that goes on is told once something shows it, and its end', async () => {
  app.notifier.onLink('server', 'offline')
  await pass(70_000)
  await desktopComes()
  app.notifier.onLink('server', 'online')
  await pass()
  expect(app.toaster.titles).toEqual([
    'The Wexflow server does not answer',
    'The Wexflow server answers again',
  ])
})

test('an outage that is over and that nobody was told is not told any more, nor its end', async () => {
  app.notifier.onLink('server', 'offline')
  await pass(70_000)
  app.notifier.onLink('server', 'online')
  await pass()
  await desktopComes()
  expect(app.toaster.titles).toEqual([])
})

test('a tray that has come meanwhile is not said to be missing', async () => {
  app.notifier.onTrayHost(false)
  await pass()
  app.notifier.onTrayHost(true)
  await desktopComes()
  expect(app.toaster.titles).toEqual([])
})

test('where nothing says that a desktop shows notifications again, a notice is tried again by the clock', async () => {
  app.notifier.onTrayHost(false)
  await pass(1000)
  app.toaster.answer = shown
  await pass(30_000)
  expect(app.toaster.titles).toHaveLength(2)
  await pass(3_600_000)
  expect(app.toaster.titles).toHaveLength(2)
})

/** The links of several servers change. */
function linksAre(link: LinkState, ...serverIds: readonly string[]): void {
  for (const id of serverIds) app.notifier.onLink(id, link)
}

test('servers that are back are told together where the notice of the first of them was refused', async () => {
  app.toaster.answer = shown
  linksAre('offline', 'a', 'b', 'c')
  await pass(70_000)
  app.toaster.answer = refused
  linksAre('online', 'a')
  await pass(65_000)
  linksAre('online', 'b', 'c')
  await pass()
  await desktopComes()
  expect(app.toaster.titles).toEqual(['3 Wexflow servers answer again'])
})

test('an outage that nobody was told goes on for the server that is not back', async () => {
  linksAre('offline', 'a', 'b')
  await pass(70_000)
  linksAre('online', 'a')
  await pass(65_000)
  await desktopComes()
  expect(app.toaster.titles).toEqual(['The Wexflow server does not answer'])
  linksAre('online', 'b')
  await pass()
  expect(app.toaster.titles.at(-1)).toBe('The Wexflow server answers again')
})

test('of a server that is away again nobody is told that it was back, but of the others, and of one that went with it', async () => {
  app.toaster.answer = shown
  linksAre('offline', 'a', 'b')
  await pass(70_000)
  app.toaster.answer = refused
  linksAre('online', 'a', 'b')
  await pass()
  linksAre('offline', 'a', 'c')
  await pass(70_000)
  await desktopComes()
  expect(app.toaster.titles.toSorted()).toEqual([
    'The Wexflow server answers again',
    'The Wexflow server does not answer',
  ])
})

test('servers that are still away are told as that where the desktop refuses late, after it was told that the others are back', async () => {
  app.toaster.answer = () => new Promise((resolve) => setTimeout(() => resolve(refused()), 90_000))
  linksAre('offline', 'a', 'b', 'c')
  await pass(70_000)
  app.toaster.answer = shown
  linksAre('online', 'a')
  await pass(60_000)
  expect(app.toaster.titles).toEqual(['3 Wexflow servers do not answer', 'The Wexflow server answers again'])
  await desktopComes()
  expect(app.toaster.titles).toEqual(['2 Wexflow servers do not answer'])
  linksAre('online', 'b', 'c')
  await pass()
  expect(app.toaster.titles.at(-1)).toBe('2 Wexflow servers answer again')
})

test.each(['signedOut', 'signInNeeded'] as const)(
  'a server that was away and is %s by now is not said to be away',
  async (link) => {
    linksAre('offline', 'a', 'b')
    await pass(70_000)
    linksAre(link, 'a')
    await desktopComes()
    expect(app.toaster.titles).toContain('The Wexflow server does not answer')
  },
)

describe('that a server is back, which the desktop refused', () => {
  beforeEach(async () => {
    app.toaster.answer = shown
    app.notifier.onLink('server', 'offline')
    await pass(70_000)
    app.toaster.answer = refused
    app.notifier.onLink('server', 'online')
    await pass()
    app.notifier.onLink('server', 'offline')
    await pass(1000)
  })

  test('is not told while it is away again, nor is that, since nobody saw it come back', async () => {
    await desktopComes()
    expect(app.toaster.titles).toEqual([])
  })

  test('is told when it is back again', async () => {
    await desktopComes()
    app.notifier.onLink('server', 'online')
    await pass()
    expect(app.toaster.titles).toEqual(['The Wexflow server answers again'])
  })
})

test('what is refused in the moment in which another notification is shown is told again', async () => {
  const answers: ((status: ToastStatus) => void)[] = []
  app.toaster.answer = () => new Promise((resolve) => answers.push(resolve))
  app.notifier.onLink('server', 'offline')
  app.end(endedJob('done'))
  await pass(60_000)
  app.toaster.answer = shown
  app.toaster.toasts.length = 0
  const [done, away] = answers
  away?.({ status: 'refused', reason: '' })
  done?.({ status: 'shown', reason: '' })
  await pass(600_000)
  expect(app.toaster.titles).toEqual(['The Wexflow server does not answer'])
})

describe('that a job could not be stopped', () => {
  const isForbidden = { kind: 'forbidden', detail: '' } as const
  const title = 'Import orders could not be stopped'

  test('is told once something shows it', async () => {
    await app.put(runningJob())
    app.notifier.onWishFailed('key', 'stop', isForbidden)
    await desktopComes()
    expect(app.toaster.titles).toEqual([title])
  })

  test('is not told any more once it has ended', async () => {
    await app.put(runningJob())
    app.notifier.onWishFailed('key', 'stop', isForbidden)
    app.end(endedJob('done'))
    await pass()
    await desktopComes()
    expect(app.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('goes from the screen when the job is looked at', async () => {
    app.toaster.answer = shown
    await app.put(runningJob())
    app.notifier.onWishFailed('key', 'stop', isForbidden)
    await pass()
    expect([...app.toaster.standing]).toEqual(['wish:key'])
    app.notifier.onLookedAt('key')
    expect([...app.toaster.standing]).toEqual([])
  })
})

test('of runs that did not come those are told that still have not', async () => {
  for (const workflowId of [1, 2, 3])
    app.notifier.onMissed('server', {
      workflowId,
      workflowName: `Import ${workflowId}`,
      dueAt: 0,
      isUncertain: false,
    })
  await pass(10_000)
  app.notifier.onCame('server', 2)
  await desktopComes()
  expect(app.toaster.toasts).toMatchObject([{ title: '2 workflows did not run', body: 'Import 1, Import 3' }])
})
