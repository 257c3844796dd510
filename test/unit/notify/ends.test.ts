import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { outcomes } from '../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { endedJob, runningJob, startAt } from '../job.ts'
import { muted, pass, shownAfter, startTelling, type Telling } from './telling.ts'

let app: Telling

const { t } = createTranslator(['en-GB'])

/** Reading the job's log takes so many milliseconds, and finds an error in it. */
const errorFoundAfter =
  (ms: number) =>
  async (key: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    const job = app.store.get(key)
    if (job?.end != null) app.store.put({ ...job, end: { ...job.end, errorLine: 'disk full' } })
  }

beforeEach(async () => {
  app = await startTelling()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('one end', () => {
  test.each(outcomes)('%s is told at once, and once', async (outcome) => {
    const job = endedJob(outcome, { errorLine: 'known' })
    app.end(job)
    app.notifier.onEnded(viewOf(job), 'live')
    await pass()
    app.notifier.onEnded(viewOf(job), 'live')
    await pass(60_000)
    expect(app.toaster.titles).toEqual([`${t(`outcome.${outcome}`)}: Import orders`])
    expect(app.toldOf('key')).toEqual({ at: 1_000_000, outcome, how: 'shown' })
  })

  test('is not told before the job has ended', async () => {
    app.end(runningJob())
    await pass()
    expect(app.toaster.toasts).toEqual([])
  })

  test('is silent where the settings ask for no sound', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    app.end(endedJob('warning', {}, { key: 'b' }))
    await pass()
    expect(app.toaster.toasts.map(({ isSilent }) => isSilent)).toEqual([true, false])
  })

  test('brings a click to its job, and has the job as its id', async () => {
    app.end(endedJob('done', {}, { key: 'k' }))
    await pass()
    app.toaster.click()
    expect(app.toaster.toasts[0]?.id).toBe('k')
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'k' }])
  })

  test.each(outcomes)('%s: a button runs it again unless it is done or was rejected', async (outcome) => {
    app.end(endedJob(outcome, { errorLine: 'known' }, { key: 'k' }))
    await pass()
    const again = [{ id: 'runAgain', label: 'Run again' }]
    const isOffered = outcome !== 'done' && outcome !== 'rejected'
    expect(app.toaster.toasts[0]?.actions).toEqual(isOffered ? again : [])
    app.toaster.toasts[0]?.onAction('runAgain')
    expect(app.wishes).toEqual(['runAgain k'])
  })

  test('has no such button where what it was given is not known', async () => {
    const withSecret = startAt(0, { variables: [{ name: 'password', value: null }] })
    app.end(endedJob('failed', {}, { key: 'a', start: withSecret }))
    const ofOthers = startAt(0, { answer: { kind: 'elsewhere', at: 0, launchType: 'cron' } })
    app.end(endedJob('failed', {}, { key: 'b', start: ofOthers }))
    await pass(20_000)
    expect(app.toaster.toasts.flatMap(({ actions }) => actions)).toEqual([])
  })
})

describe('muted outcomes', () => {
  test('are not told, are marked so, and are not told later when the settings change', async () => {
    app.settings = muted('done')
    app.end(endedJob('done'))
    await pass()
    app.settings = defaultSettings
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toEqual([])
    expect(app.toldOf('key')?.how).toBe('muted')
  })

  test('still ask for attention where the end was a bad one', async () => {
    app.settings = muted('failed')
    app.end(endedJob('failed'))
    expect([...app.model.unseen]).toEqual(['key'])
  })
})

describe('the log', () => {
  test('of a failure is waited for, and its last error is told', async () => {
    app.readLog = errorFoundAfter(1400)
    app.end(endedJob('failed'))
    await pass(1399)
    expect(app.toaster.toasts).toEqual([])
    await pass(1)
    expect(app.toaster.toasts[0]?.body).toBe('Took 12s\ndisk full')
  })

  test('is waited for 1.5 s at most', async () => {
    app.readLog = errorFoundAfter(5000)
    app.end(endedJob('failed'))
    await pass(1499)
    expect(app.toaster.toasts).toEqual([])
    await pass(1)
    expect(app.toaster.toasts.map(({ body }) => body)).toEqual(['Took 12s'])
    await pass(10_000)
    expect(app.toaster.toasts).toHaveLength(1)
  })

  test('is not waited for as the app quits, and the next start tells nothing again', async () => {
    app.readLog = errorFoundAfter(1400)
    app.toaster.answer = shownAfter(50)
    app.end(endedJob('failed'))
    await pass(400)
    const over = app.notifier.flush()
    await pass(100)
    await over
    expect(app.toaster.toasts.map(({ body }) => body)).toEqual(['Took 12s'])
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass(5000)
    expect(app.toaster.toasts).toEqual([])
  })

  test('that can’t be read holds nothing up', async () => {
    app.readLog = () => Promise.reject(new Error('offline'))
    app.end(endedJob('failed'))
    await pass()
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.logged).toEqual(['a notification goes without the job’s log'])
  })

  test('is not asked for where it can add nothing', async () => {
    const asked: string[] = []
    app.readLog = async (key) => asked.push(key)
    app.end(endedJob('done'))
    await pass()
    expect([app.toaster.toasts.length, asked]).toEqual([1, []])
  })

  test('of a failure that turns into something else meanwhile: the truth alone is told', async () => {
    app.readLog = () =>
      new Promise((resolve) => {
        setTimeout(resolve, 1000)
      })
    app.end(endedJob('failed'))
    await pass(500)
    app.end(endedJob('stopped'))
    await pass(5000)
    expect(app.toaster.titles).toEqual(['Stopped: Import orders'])
  })
})

describe('a burst', () => {
  const hundred = Array.from({ length: 100 }, (_, index) =>
    endedJob('done', {}, { key: `k${index}`, workflowName: `W${index}` }),
  )

  test('of a hundred ends: two toasts at once and one for the rest, which names their workflows', async () => {
    for (const job of hundred) app.end(job)
    await pass()
    expect(app.toaster.titles).toEqual(['Done: W0', 'Done: W1'])
    await pass(10_000)
    expect(app.toaster.toasts.slice(2)).toMatchObject([
      { title: '98 jobs ended: 98 done', body: 'Done: W2, W3, W4, 95 more' },
    ])
    expect(hundred.filter(({ key }) => app.toldOf(key)?.how !== 'shown')).toEqual([])
  })

  test('is what the person says it is', async () => {
    app.settings = { ...defaultSettings, oneByOne: 20 }
    for (const job of hundred.slice(0, 20)) app.end(job)
    await pass()
    expect(app.toaster.toasts).toHaveLength(20)
  })

  test('of ends and of jobs that wait for approval is one burst', async () => {
    for (const job of hundred.slice(0, 2)) app.end(job)
    app.store.put({ ...runningJob({ activity: 'waiting' }), key: 'w', workflowName: 'Release' })
    await pass(9999)
    expect(app.toaster.toasts).toHaveLength(2)
    await pass(1)
    expect(app.toaster.titles.at(-1)).toBe('Waiting for approval: Release')
  })

  test('a click on the toast of many brings the list', async () => {
    for (const job of hundred) app.end(job)
    await pass(10_000)
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: null }])
  })

  test('makes a sound if one of its ends asks for it, and has the picture of the worst', async () => {
    for (const job of hundred) app.end(job)
    app.end(endedJob('failed', { errorLine: 'x' }, { key: 'f' }))
    await pass(10_000)
    expect(app.toaster.toasts.map(({ isSilent, icon }) => [isSilent, icon])).toEqual([
      [true, 'done'],
      [true, 'done'],
      [false, 'failed'],
    ])
  })

  test('an end that is corrected while it is held back is told as it is then', async () => {
    for (const job of hundred.slice(0, 4)) app.end(job)
    app.end(endedJob('stopped', {}, { key: 'k3', workflowName: 'W3' }))
    await pass(10_000)
    expect(app.toaster.titles.at(-1)).toBe('2 jobs ended: 1 done, 1 stopped')
    expect(app.toaster.toasts).toHaveLength(3)
  })

  test('an end that is held back and turns into a muted one is not told', async () => {
    app.settings = muted('stopped')
    for (const job of hundred.slice(0, 3)) app.end(job)
    app.end(endedJob('stopped', {}, { key: 'k2', workflowName: 'W2' }))
    await pass(10_000)
    expect(app.toaster.toasts).toHaveLength(2)
  })

  test('that leaves one end to tell tells it by its own words', async () => {
    app.settings = muted('stopped')
    for (const job of hundred.slice(0, 4)) app.end(job)
    app.end(endedJob('stopped', {}, { key: 'k2', workflowName: 'W2' }))
    await pass(10_000)
    expect(app.toaster.toasts.at(-1)).toMatchObject({ id: 'k3', title: 'Done: W3', body: 'Took 12s' })
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: 'k3' }])
  })

  test('that the app’s end interrupts is told before it ends', async () => {
    for (const job of hundred.slice(0, 10)) app.end(job)
    await app.notifier.flush()
    expect(app.toaster.titles.at(-1)).toBe('8 jobs ended: 8 done')
    expect(app.toldOf('k9')?.how).toBe('shown')
  })
})

describe('a job that the window shows to the person at that moment', () => {
  test.each(outcomes)('is not told as %s, also later, nor at the next start', async (outcome) => {
    app.shownKey = 'key'
    app.end(endedJob(outcome, { errorLine: 'known' }))
    app.shownKey = null
    await pass(60_000)
    expect(app.toaster.toasts).toEqual([])
    expect(app.toldOf('key')?.how).toBe('seen')
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass()
    expect(app.toaster.toasts).toEqual([])
  })

  test('is told where that is wanted, and so is every other job', async () => {
    app.shownKey = 'key'
    app.end(endedJob('done', {}, { key: 'other' }))
    app.settings = { ...defaultSettings, tellShown: true }
    app.end(endedJob('stopped'))
    await pass()
    expect(app.toaster.titles).toEqual(['Done: Import orders', 'Stopped: Import orders'])
  })
})

describe('a correction', () => {
  test('is told as one, in the place of what it corrects', async () => {
    app.end(endedJob('unknown', { reason: 'notRecorded' }))
    await pass()
    app.end(endedJob('done'))
    await pass()
    expect(app.toaster.toasts.map(({ id, title }) => [id, title])).toEqual([
      ['key', 'Unknown: Import orders'],
      ['key', 'Done (corrected): Import orders'],
    ])
    expect(app.toldOf('key')?.outcome).toBe('done')
  })

  test('is told even where the settings mute the true outcome', async () => {
    app.settings = muted('done')
    app.end(endedJob('unknown'))
    await pass()
    app.end(endedJob('done'))
    await pass()
    expect(app.toaster.titles.at(-1)).toBe('Done (corrected): Import orders')
  })

  test('to a good end no longer asks for attention; to a bad one it does', async () => {
    app.end(endedJob('unknown', {}, { key: 'a' }))
    app.end(endedJob('done', {}, { key: 'b' }))
    await pass()
    expect([...app.model.unseen]).toEqual(['a'])
    app.end(endedJob('done', {}, { key: 'a' }))
    app.end(endedJob('failed', {}, { key: 'b' }))
    expect([...app.model.unseen]).toEqual(['b'])
  })

  test('that comes while the system has not answered yet is told', async () => {
    app.toaster.answer = shownAfter(100)
    app.end(endedJob('unknown'))
    await pass(50)
    app.end(endedJob('done'))
    await pass(200)
    expect(app.toaster.titles).toEqual(['Unknown: Import orders', 'Done: Import orders'])
    expect(app.toldOf('key')?.outcome).toBe('done')
  })
})
