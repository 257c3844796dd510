import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { hasEnded } from '../../../src/shared/job-view.ts'
import { RepeatedFailures } from '../../../src/main/notify/sequel.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { endedJob } from '../job.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { muted, pass, refused, shown, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
  app.settings = { ...defaultSettings, oneByOne: 100 }
})
afterEach(() => {
  vi.useRealTimers()
})

let ended = 0

/** The next end of a workflow, a second after the one before. */
async function end(
  outcome: Outcome,
  part: Partial<Job> & { readonly errorLine?: string } = {},
): Promise<string> {
  const { errorLine = 'disk full', ...job } = part
  ended += 1
  const key = `job ${ended}`
  app.end(endedJob(outcome, { endedAt: ended * 1000, errorLine }, { key, ...job }))
  await pass(1000)
  return key
}

describe('a workflow that is done', () => {
  test('after it had failed is said to be fixed, once', async () => {
    await end('failed')
    await end('done')
    await end('done')
    expect(app.toaster.titles).toEqual([
      'Failed: Import orders',
      'Fixed: Import orders',
      'Done: Import orders',
    ])
    expect(app.toaster.toasts[1]?.icon).toBe('done')
  })

  test('takes the place of the notification of its failure, unless that was to stay until somebody dismisses it', async () => {
    await end('failed')
    const fixed = await end('done')
    expect([...app.toaster.standing]).toEqual([fixed])
    const failed = { ...defaultSettings.outcomes.failed, stays: true }
    app.settings = { ...app.settings, outcomes: { ...defaultSettings.outcomes, failed } }
    const staying = await end('failed')
    const fixedToo = await end('done')
    expect([...app.toaster.standing]).toEqual([fixed, staying, fixedToo])
  })

  test('after it had failed and was stopped is just done', async () => {
    for (const outcome of ['failed', 'stopped', 'done'] as const) await end(outcome)
    expect(app.toaster.titles.at(-1)).toBe('Done: Import orders')
  })

  test('after another one had failed, or the same one of another server, is just done', async () => {
    await end('failed', { workflowId: 2, workflowName: 'Ping' })
    await end('failed', { serverId: 'other' })
    await end('done')
    expect(app.toaster.titles.at(-1)).toBe('Done: Import orders')
  })

  test('is told where it is fixed although "done" is not told', async () => {
    app.settings = { ...muted('done'), oneByOne: 100 }
    await end('done')
    await end('failed')
    const fixed = await end('done')
    await end('done')
    expect(app.toaster.titles).toEqual(['Failed: Import orders', 'Fixed: Import orders'])
    expect(app.toldOf(fixed)?.how).toBe('shown')
  })

  test('is not, where that is turned off', async () => {
    app.settings = { ...muted('done'), tellFixed: false, oneByOne: 100 }
    await end('failed')
    await end('done')
    app.settings = { ...defaultSettings, tellFixed: false, oneByOne: 100 }
    await end('failed')
    await end('done')
    expect(app.toaster.titles).toEqual([
      'Failed: Import orders',
      'Failed: Import orders',
      'Done: Import orders',
    ])
  })

  test('is nothing to tell where its failure was not told either', async () => {
    const { done } = muted('done').outcomes
    const { failed } = muted('failed').outcomes
    app.settings = { ...defaultSettings, outcomes: { ...defaultSettings.outcomes, done, failed } }
    await end('failed')
    await end('done')
    expect(app.toaster.toasts).toEqual([])
  })

  test('is told in the summary after a mute', async () => {
    app.settings = { ...muted('done'), oneByOne: 100 }
    app.isQuiet = true
    await end('failed')
    await end('done')
    await app.endQuiet()
    expect(app.toaster.titles).toEqual(['2 jobs ended: 1 done, 1 failed'])
  })
})

describe('a failure like one that nobody has looked at', () => {
  test('takes the place of its notification, with a number, and leads to the newest job', async () => {
    const first = await end('failed')
    const second = await end('failed')
    const third = await end('failed')
    expect(app.toaster.titles).toEqual([
      'Failed: Import orders',
      'Failed ×2: Import orders',
      'Failed ×3: Import orders',
    ])
    expect(app.toaster.toasts.map(({ replaces }) => replaces)).toEqual([undefined, first, second])
    expect([...app.toaster.standing]).toEqual([third])
    app.toaster.click()
    expect(app.clicks).toEqual([{ kind: 'show', page: 'jobs', key: third }])
    expect([first, second, third].map((key) => app.toldOf(key)?.how)).toEqual(['shown', 'shown', 'shown'])
  })

  test('for another reason, or of another workflow, has one of its own', async () => {
    await end('failed')
    await end('failed', { errorLine: 'no network' })
    await end('failed', { workflowId: 2, workflowName: 'Ping' })
    await end('failed')
    expect(app.toaster.titles).toEqual([
      'Failed: Import orders',
      'Failed: Import orders',
      'Failed: Ping',
      'Failed ×2: Import orders',
    ])
  })

  test('that was looked at is the first again', async () => {
    const key = await end('failed')
    app.notifier.onLookedAt(key)
    await end('failed')
    expect(app.toaster.titles.at(-1)).toBe('Failed: Import orders')
  })

  test('is the first again once the workflow was done', async () => {
    await end('failed')
    await end('done')
    await end('failed')
    expect(app.toaster.titles.at(-1)).toBe('Failed: Import orders')
  })

  test('is told by itself where the desktop refused it, and counts as one', async () => {
    await end('failed')
    app.toaster.answer = refused
    await end('failed')
    app.toaster.answer = shown
    await pass(60_000)
    expect(app.toaster.titles).toEqual([
      'Failed: Import orders',
      'Failed ×2: Import orders',
      'Failed: Import orders',
    ])
  })

  test('a warning is counted with nothing', async () => {
    await end('warning')
    await end('warning')
    expect(app.toaster.titles).toEqual(['Warning: Import orders', 'Warning: Import orders'])
  })
})

test('a failure that turns out to be none ends the count', async () => {
  const key = await end('failed')
  app.end(endedJob('done', { endedAt: 1 }, { key }))
  await pass()
  await end('failed')
  expect(app.toaster.titles).toEqual([
    'Failed: Import orders',
    'Done (corrected): Import orders',
    'Failed: Import orders',
  ])
})

test('a workflow that fails for years, each time for another reason, takes no more and more memory', () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no garbage is collected')
  const failures = new RepeatedFailures(() => false)
  const fail = (from: number, count: number): number => {
    for (let number = from; number < from + count; number += 1) {
      const job = viewOf(
        endedJob('failed', { errorLine: `${number} `.repeat(150) }, { key: `job ${number}` }),
      )
      if (hasEnded(job)) failures.add(job)
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = fail(0, 1000)
  expect(fail(1000, 20_000) - before).toBeLessThan(5_000_000)
})
