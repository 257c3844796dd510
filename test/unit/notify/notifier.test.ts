import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serverWith } from '../app-state.ts'
import { endedJob, runningJob } from '../job.ts'
import { pass, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what was looked at in the window', () => {
  test('is taken off the desktop: the toast of the job, and those that tell of many', async () => {
    for (let index = 0; index < 4; index += 1) app.end(endedJob('done', {}, { key: `k${index}` }))
    await pass(10_000)
    app.notifier.onLookedAt('k0')
    expect(app.toaster.withdrawn).toEqual(expect.arrayContaining(['k0', 'summary:k2']))
    expect(app.toaster.withdrawn).not.toContain('k1')
  })
})

describe('the server', () => {
  test('that is away for a minute is told once, calmly, and that it is back', async () => {
    app.notifier.onLink('server', 'online')
    app.notifier.onLink('server', 'offline')
    await pass(59_999)
    expect(app.toaster.toasts).toEqual([])
    await pass(600_000)
    app.notifier.onLink('server', 'online')
    await pass()
    expect(app.toaster.toasts).toMatchObject([
      {
        id: 'server:server',
        title: 'The Wexflow server does not answer',
        body: 'wexflow:8000',
        isSilent: true,
      },
      { id: 'server:server', title: 'The Wexflow server answers again', isSilent: true },
    ])
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
  })

  test('that wants a new sign-in is told once; a click leads to the form', async () => {
    app.notifier.onLink('server', 'online')
    app.notifier.onLink('server', 'signInNeeded')
    app.notifier.onLink('server', 'signInNeeded')
    await pass(600_000)
    expect(app.toaster.titles).toEqual(['Sign in again to follow your jobs'])
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'showSignIn', serverId: 'server' }])
  })

  test('that has its sign-in, or is not followed any more: its toast is taken off the desktop', async () => {
    for (const [id, link] of [
      ['server', 'online'],
      ['other', 'signedOut'],
    ] as const) {
      app.notifier.onLink(id, 'signInNeeded')
      app.notifier.onLink(id, 'connecting')
      app.notifier.onLink(id, 'signInNeeded')
      expect(app.toaster.withdrawn).not.toContain(`signIn:${id}`)
      app.notifier.onLink(id, link)
      expect(app.toaster.withdrawn).toContain(`signIn:${id}`)
    }
    expect(app.toaster.toasts).toHaveLength(2)
  })

  test('that wants a sign-in a second time is told a second time', () => {
    for (const link of ['signInNeeded', 'connecting', 'online', 'signInNeeded'] as const)
      app.notifier.onLink('server', link)
    expect(app.toaster.toasts).toHaveLength(2)
  })
})

describe('of several servers', () => {
  beforeEach(() => {
    const other = serverWith({ id: 'other', name: 'production' })
    app.model.setServers(
      [serverWith({}), other, serverWith({ id: 'out', name: 'old', link: 'signedOut' })],
      null,
    )
  })

  test('what ended meanwhile is told by each when it has caught up, and not by another one', async () => {
    for (const key of ['a', 'b']) app.end(endedJob('done', {}, { key }), 'away')
    for (const key of ['c', 'd']) app.end(endedJob('done', {}, { key, serverId: 'other' }), 'away')
    app.notifier.onCaughtUp('server')
    await pass(5000)
    expect(app.toaster.toasts).toMatchObject([
      { title: '2 jobs ended: 2 done', body: 'On wexflow:8000\nDone: Import orders' },
    ])
    app.notifier.onLink('other', 'offline')
    await pass()
    expect(app.toaster.toasts.slice(1)).toMatchObject([
      { title: '2 jobs ended: 2 done', body: 'On production\nDone: Import orders' },
    ])
  })

  test('what ended before the start on one that nobody follows waits for no other', async () => {
    app.store.put(endedJob('done', {}, { key: 'a' }))
    app.store.put(endedJob('failed', { errorLine: 'x' }, { key: 'b', serverId: 'out' }))
    app.store.put(endedJob('failed', { errorLine: 'x' }, { key: 'c', serverId: 'no longer known' }))
    app.notifier.gatherUntold()
    await pass(5000)
    const where = app.toaster.toasts.map(({ body }) => body.replace(/\n.*/su, ''))
    expect(where.toSorted()).toEqual(['On a forgotten server', 'On old'])
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts.at(-1)).toMatchObject({
      title: 'Done: Import orders',
      body: 'On wexflow:8000\nTook 12s',
    })
  })

  test('that go away together one toast tells, by their names, and one that they are back', async () => {
    for (const id of ['other', 'server']) app.notifier.onLink(id, 'offline')
    await pass(60_000)
    for (const id of ['other', 'server']) app.notifier.onLink(id, 'online')
    await pass()
    expect(app.toaster.toasts).toMatchObject([
      { title: '2 Wexflow servers do not answer', body: 'wexflow:8000, production' },
      { title: '2 Wexflow servers answer again', body: 'wexflow:8000, production' },
    ])
    expect(new Set(app.toaster.toasts.map(({ id }) => id)).size).toBe(1)
  })

  test('the one that wants a sign-in is named, and a click leads to its form', async () => {
    app.notifier.onLink('other', 'signInNeeded')
    await pass()
    expect(app.toaster.toasts).toMatchObject([{ body: 'production' }])
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'showSignIn', serverId: 'other' }])
  })

  test('the one that refuses a wish is named', async () => {
    app.store.put(runningJob({}, { serverId: 'other' }))
    app.notifier.onWishFailed('key', 'stop', { kind: 'serverError', detail: '500' })
    await pass()
    expect(app.toaster.toasts[0]?.body).toMatch(/^On production\nThe server reported an error\./u)
  })
})

describe('a wish from the tray that the server refuses', () => {
  test.each([
    ['stop', 'Import orders could not be stopped'],
    ['approve', 'Import orders could not be approved'],
    ['reject', 'Import orders could not be rejected'],
  ] as const)('%s: is told, and a click brings the job', async (wish, title) => {
    app.store.put(runningJob())
    app.notifier.onWishFailed('key', wish, { kind: 'forbidden', detail: '401' })
    await pass()
    expect(app.toaster.toasts).toMatchObject([
      { title, body: 'You are not permitted to do this. Ask the server’s administrator.' },
    ])
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'key' }])
  })

  test('does not take the place of how the job ended', async () => {
    app.store.put(runningJob())
    app.notifier.onWishFailed('key', 'stop', { kind: 'serverError', detail: '500' })
    app.end(endedJob('done'))
    await pass()
    expect(new Set(app.toaster.toasts.map(({ id }) => id)).size).toBe(2)
  })
})

test('a desktop without a place for the icon is told once in a run, and shown while it holds', async () => {
  app.notifier.onTrayHost(false)
  app.notifier.onTrayHost(true)
  expect(app.model.state.notices).toEqual([])
  app.notifier.onTrayHost(false)
  await pass()
  expect(app.model.state.notices).toEqual([{ kind: 'noTrayHost', detail: '' }])
  expect(app.toaster.titles).toEqual(['Wexflow Tray runs without an icon'])
})

test('that the app can’t remember is told once in a run, without a sound, and a click leads to the window', async () => {
  app.notifier.onNotices([{ kind: 'noKeychain', detail: '' }])
  await pass()
  expect(app.toaster.toasts).toEqual([])
  app.notifier.onNotices([{ kind: 'cannotRemember', detail: 'ENOSPC' }])
  app.notifier.onNotices([])
  app.notifier.onNotices([{ kind: 'cannotRemember', detail: 'EACCES' }])
  await pass()
  expect(app.toaster.toasts).toMatchObject([
    {
      title: 'Wexflow Tray may forget your jobs',
      body: 'The app can’t write its files (ENOSPC), so jobs may be forgotten when it quits. Check the disk’s space and permissions.',
      isSilent: true,
    },
  ])
  app.toaster.click()
  expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
})
