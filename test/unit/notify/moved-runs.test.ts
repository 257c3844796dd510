import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { endedJob, startAt } from '../job.ts'
import { pass, refused, shownAfter, startTelling, type Telling } from './telling.ts'

let app: Telling

const ofOthers = startAt(0, { answer: { kind: 'elsewhere', at: 0, launchType: 'trigger' } })
const watched = (key: string): Job => endedJob('failed', { errorLine: 'x' }, { key, start: ofOthers })
const start = endedJob('failed', { errorLine: 'y' }, { key: 'start' })

/** The tracker finds that the start owns the run which was watched, and then that it does not. */
function claimAndGiveBack(): void {
  app.notifier.onRunMoved('watched', 'start')
  app.store.forget(['watched'])
  app.store.put(watched('again'))
  app.notifier.onRunMoved('start', 'again')
  app.end(watched('again'))
}

beforeEach(async () => {
  app = await startTelling()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('what was told of a run that others began', () => {
  test('counts for the start that turns out to own it', async () => {
    app.end(watched('watched'))
    await pass()
    app.notifier.onRunMoved('watched', 'start')
    app.store.forget(['watched'])
    app.end(start)
    await pass(60_000)
    expect(app.toaster.toasts).toHaveLength(1)
    expect([...app.model.unseen]).toEqual(['start'])
  })

  test('does not count for a start that gives the run back: its own end is told, though it is the same', async () => {
    app.end(watched('watched'))
    await pass()
    claimAndGiveBack()
    expect([app.toldOf('start'), app.toldOf('again')?.outcome]).toEqual([null, 'failed'])
    app.end(start)
    await pass(60_000)
    expect(app.toaster.toasts.map(({ id, title }) => [id, title])).toEqual([
      ['watched', 'Failed: Import orders'],
      ['start', 'Failed: Import orders'],
    ])
  })

  test('is gone with a run that nobody follows once it was given back', async () => {
    app.end(watched('watched'))
    await pass()
    app.notifier.onRunMoved('watched', 'start')
    app.store.forget(['watched'])
    app.notifier.onRunMoved('start', null)
    expect([...app.model.unseen]).toEqual([])
    app.end(start)
    await pass(60_000)
    expect(app.toaster.toasts.map(({ id }) => id)).toEqual(['watched', 'start'])
  })
})

describe('what the desktop has yet to answer for as the run is claimed and given back', () => {
  test('counts for the run', async () => {
    app.toaster.answer = shownAfter(30_000)
    app.end(watched('watched'))
    await pass(1000)
    claimAndGiveBack()
    app.end(start)
    await pass(60_000)
    expect(app.toaster.toasts.map(({ id }) => id)).toEqual(['watched', 'start'])
    expect(['start', 'again'].map((key) => app.toldOf(key)?.how)).toEqual(['shown', 'shown'])
  })

  test('is told again where the desktop refuses it, of the run alone', async () => {
    app.toaster.answer = () => shownAfter(30_000)().then(refused)
    app.end(watched('watched'))
    await pass(1000)
    claimAndGiveBack()
    app.toaster.answer = shownAfter(10)
    await pass(60_000)
    expect(app.toaster.toasts.map(({ id }) => id)).toEqual(['watched', 'again'])
    expect(app.toldOf('start')).toBeNull()
  })
})
