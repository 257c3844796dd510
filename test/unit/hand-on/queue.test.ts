import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HandOn } from '../../../src/main/hand-on/hand-on.ts'
import type { Attempt } from '../../../src/main/hand-on/call-url.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'
import { type EndedJobView, hasEnded } from '../../../src/shared/job-view.ts'
import type { Target } from '../../../src/shared/hand-on.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { endedJob } from '../job.ts'
import { pass, startTelling, type Telling } from '../notify/telling.ts'

const texts = createTranslator(['en-GB'])
const phone: Target = { id: 'phone', name: 'Phone', kind: 'json', host: '', isForAll: true }
const done: Attempt = { ok: true }

let app: Telling
let targets: Target[]
/** What was handed on: the target, and the outcome with what it corrects. */
let sent: string[]
let answer: () => Promise<Attempt>
let given: string[]

beforeEach(async () => {
  app = await startTelling()
  targets = [phone]
  sent = []
  given = []
  answer = async () => done
})
afterEach(() => {
  vi.useRealTimers()
})

/** A queue on the app's store and record as they are now. */
const queue = (): HandOn =>
  new HandOn({
    store: app.store,
    told: app.told,
    settings: () => ({ ...defaultSettings, targets }),
    naming: () => ({ texts, serverOf: () => null, nameOf: () => null }),
    readLog: (key) => app.readLog(key),
    targets: {
      get: (id) => targets.find((target) => target.id === id) ?? null,
      handOn: (target, { outcome, corrects, error }) => {
        sent.push(
          [target.id, outcome, ...(corrects === null ? [] : [`not ${corrects}`]), error ?? '']
            .join(' ')
            .trim(),
        )
        return answer()
      },
    },
    isFailing: () => given.length > 0,
    onFailed: ({ id }) => given.push(id),
    log: { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} },
  })

/** The job as it ended, put into the store. */
function ended(job: Job): EndedJobView {
  app.store.put(job)
  const view = viewOf(job)
  if (!hasEnded(view)) throw new Error('it has not ended')
  return view
}

describe('an outcome', () => {
  test('is handed on once, however often it is told', async () => {
    const handOn = queue()
    const job = ended(endedJob('done'))
    handOn.take(job)
    handOn.take(job)
    await pass()
    handOn.take(job)
    await pass()
    expect(sent).toEqual(['phone done'])
  })

  test('that was wrong is put right at whoever heard of it, also where the right one is not told', async () => {
    const handOn = queue()
    handOn.take(ended(endedJob('unknown')))
    await pass()
    targets = [{ ...phone, isForAll: false }]
    handOn.take(ended(endedJob('done')))
    await pass()
    expect(sent).toEqual(['phone unknown', 'phone done not unknown'])
  })

  test('of which nobody heard corrects nothing', async () => {
    const handOn = queue()
    handOn.take(ended(endedJob('unknown')))
    handOn.take(ended(endedJob('done')))
    await pass()
    expect(sent).toEqual(['phone done'])
  })

  test('goes with what the log tells, if that comes soon', async () => {
    app.readLog = async (key) => {
      const job = app.store.get(key)
      if (job?.end != null) app.store.put({ ...job, end: { ...job.end, errorLine: 'refused' } })
    }
    queue().take(ended(endedJob('failed')))
    await pass()
    expect(sent).toEqual(['phone failed refused'])
  })

  test('does not wait for a log that does not come', async () => {
    app.readLog = () => new Promise(() => {})
    queue().take(ended(endedJob('failed')))
    await pass(2000)
    expect(sent).toEqual(['phone failed'])
  })
})

describe('many ends', () => {
  test('are handed on two at a time', async () => {
    const finish: (() => void)[] = []
    answer = () => new Promise((resolve) => finish.push(() => resolve(done)))
    const handOn = queue()
    for (const key of ['a', 'b', 'c']) handOn.take(ended(endedJob('done', {}, { key })))
    await pass(60_000)
    expect(sent).toHaveLength(2)
    finish[0]?.()
    await pass()
    expect(sent).toHaveLength(3)
  })

  test('are tried once each while their target does not work', async () => {
    answer = async () => ({ ok: false, failure: { problem: 'busy', detail: '503' }, againAfterMs: 0 })
    const handOn = queue()
    for (const key of ['a', 'b']) handOn.take(ended(endedJob('done', {}, { key })))
    await pass(600_000)
    expect(given).toEqual(['phone', 'phone'])
    const before = sent.length
    handOn.take(ended(endedJob('done', {}, { key: 'c' })))
    await pass(600_000)
    expect(sent).toHaveLength(before + 1)
  })
})

describe('what is not handed on when the app ends', () => {
  test('is handed on by its next run, and no more often', async () => {
    answer = () => new Promise(() => {})
    const first = queue()
    for (const key of ['a', 'b', 'c']) first.take(ended(endedJob('done', {}, { key })))
    const closing = first.close()
    await pass(1000)
    await closing
    expect(sent).toHaveLength(2)
    answer = async () => done
    await app.restart()
    const next = queue()
    next.resume()
    await pass()
    expect(sent).toHaveLength(3)
    await app.restart()
    queue().resume()
    await pass()
    expect(sent).toHaveLength(3)
    await next.close()
  })

  test('is forgotten where its target is gone', async () => {
    const first = queue()
    first.take(ended(endedJob('done')))
    targets = []
    await pass()
    expect([sent, app.told.handOnsPending()]).toEqual([[], []])
  })

  test('goes out at once where there is time', async () => {
    const handOn = queue()
    handOn.take(ended(endedJob('done')))
    const closing = handOn.close()
    await pass(1000)
    await closing
    expect(sent).toEqual(['phone done'])
  })
})

test('an end goes along with a run that is another job’s from then on, or nobody’s', async () => {
  const handOn = queue()
  handOn.take(ended(endedJob('done', {}, { key: 'a' })))
  app.told.move('a', 'b')
  handOn.onRunMoved('a', 'b')
  app.told.move('b', null)
  handOn.onRunMoved('b', null)
  await pass()
  expect(sent).toEqual([])
})

test('two jobs that turn out to be one are handed on as one', async () => {
  const handOn = queue()
  handOn.take(ended(endedJob('done', {}, { key: 'a' })))
  const merged = ended(endedJob('done', {}, { key: 'b' }))
  app.told.move('a', 'b')
  handOn.onRunMoved('a', 'b')
  app.store.remove(['a'])
  handOn.take(merged)
  await pass()
  expect(sent).toEqual(['phone done'])
})
