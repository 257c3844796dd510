import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { endedJob, startAt } from '../job.ts'
import { pass, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what was told of a job that has left the list', () => {
  /** Some more of these and the record is made small, which is some time after that was done with the jobs file. */
  const jobs = 2040

  test('is known for as long as the next start of the app finds the job in its file: it tells nothing again', async () => {
    app.keep = 10
    for (let number = 0; number < jobs; number += 1) {
      const job = endedJob('done', {}, { key: `job ${number}`, start: startAt(1_000_000 + number) })
      for (let line = 0; line < 3; line += 1)
        await app.put({ ...job, end: null, evidence: [{ at: line, kind: 'startAsked' }] })
      app.end(job)
      await pass(10_000)
    }
    expect(app.toaster.titles).toHaveLength(jobs)
    await app.restart()
    app.notifier.onCaughtUp('server')
    await pass(60_000)
    expect(app.toaster.titles).toEqual([])
  })

  test('is known when the person brings it back, who can take it off once more', async () => {
    app.end(endedJob('done', {}, { key: 'a' }))
    await pass(1000)
    const gone = app.store.remove(['a'])
    await pass(1000)
    for (const job of gone) app.store.put(job)
    await pass(30_000)
    expect(app.toldOf('a')).toMatchObject({ outcome: 'done' })
    expect(app.store.remove(['a']).map(({ key }) => key)).toEqual(['a'])
  })
})
