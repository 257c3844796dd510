import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerWithinMs } from '../../../src/main/notify/toaster.ts'
import { endedJob } from '../job.ts'
import { pass, refused, shown, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a test that the desktop takes is said to be shown, and its click opens the window', async () => {
  expect(await app.notifier.test(null)).toEqual({ status: 'shown', reason: '' })
  expect(app.toaster.toasts).toMatchObject([{ title: 'This is a test', isSilent: false }])
  app.toaster.click()
  expect(app.clicks).toEqual([{ kind: 'showWindow' }])
})

test('a test with a sound has that sound', async () => {
  await app.notifier.test({ kind: 'named', name: 'bell' })
  expect(app.toaster.toasts).toMatchObject([{ sound: { kind: 'named', name: 'bell' } }])
})

test('one that the desktop refuses is said to be refused, and is not shown later', async () => {
  app.toaster.answer = refused
  expect(await app.notifier.test(null)).toEqual({ status: 'refused', reason: 'notSupported' })
  app.toaster.answer = shown
  app.toaster.ready()
  await pass(600_000)
  expect(app.toaster.titles).toEqual(['This is a test'])
})

test('one that the desktop does not answer is said to be silent', async () => {
  app.toaster.answer = () => new Promise(() => {})
  const testing = app.notifier.test(null)
  await pass(answerWithinMs)
  expect(await testing).toEqual({ status: 'silent', reason: '' })
})

test('one that is taken again shows that the rest is taken too', async () => {
  app.toaster.answer = refused
  app.end(endedJob('failed'))
  await pass(10_000)
  app.toaster.answer = shown
  await app.notifier.test(null)
  await pass()
  expect(app.toaster.titles).toEqual(['Failed: Import orders', 'This is a test', 'Failed: Import orders'])
  expect(app.model.state.notices).toEqual([])
})
