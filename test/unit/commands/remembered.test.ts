import { beforeEach, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { endedJob, startAt } from '../job.ts'
import { answered, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

const favourites = (one: MainProcess): string[] =>
  one.server.workflows.flatMap(({ name, isFavourite }) => (isFavourite ? [name] : []))

describe('what is remembered', () => {
  test('a favourite is shown at once, and is there in the next run', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.setFavourite(second)
    expect(favourites(main)).toEqual(['Import orders'])
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(favourites(next)).toEqual(['Import orders'])
    await next.setFavourite(second, false)
    expect(favourites(next)).toEqual([])
  })

  test('a favourite of nobody is nothing', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    await main.setFavourite(second)
    await main.appStore.flush()
    expect(machine.settingsFile.text).toBeNull()
  })

  test('settings hold at once: jobs above the number that is kept are forgotten', async () => {
    const main = await MainProcess.launch(new Machine())
    for (let at = 0; at < 15; at += 1) {
      main.jobStore.put(endedJob('done', {}, { key: String(at), start: startAt(at) }))
      main.told.settle(String(at), { at, outcome: 'done', how: 'shown' })
    }
    const settings = { ...defaultSettings, keepJobs: 10 }
    expect(await main.run({ kind: 'saveSettings', settings })).toEqual(settings)
    expect(main.jobStore.list().map(({ key }) => key)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(14 - index)),
    )
  })

  test.each([
    ['in front of a person, on the jobs', true, 'jobs', 0],
    ['in front of a person, elsewhere', true, 'settings', 1],
    ['behind other windows, where the list moves by itself', false, 'jobs', 1],
  ] as const)('a place %s: %s', async (_name, isFocused, page, unseen) => {
    const main = await MainProcess.launch(new Machine())
    main.model.addUnseen('k')
    main.window.isFocused = isFocused
    await main.run({ kind: 'saveView', view: { page, selectedKey: 'k', scrollTop: 3 } })
    expect(main.appStore.view).toEqual({ page, selectedKey: 'k', scrollTop: 3 })
    expect(main.model.unseen.size).toBe(unseen)
  })
})

describe('muting notifications', () => {
  test('for an hour holds the ends of that hour back for one summary, also over a restart of the app', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.run({ kind: 'mute', choice: 'hour' }))
    expect(main.model.state.quiet).toEqual({ until: expect.any(Number), isMuted: true })
    await main.start(second)
    await pass(5000)
    await main.quit()
    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.model.state.quiet?.isMuted).toBe(true)
    await next.start(second)
    await pass(3_600_000)
    expect(main.toaster.titles).toEqual([])
    expect(next.toaster.titles).toEqual(['2 jobs ended: 2 done'])
    expect(next.model.state.quiet).toBeNull()
  })

  test('until it is ended, whereupon what was held back is told at once', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.run({ kind: 'mute', choice: 'morning' }))
    await main.start(second)
    await pass(5000)
    expect(main.toaster.titles).toEqual([])
    await answered(main.run({ kind: 'unmute' }))
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
    expect(main.model.state.quiet).toBeNull()
  })
})

test('quiet hours that are turned on hold notifications back at once, and no longer when they are turned off', async () => {
  const main = await MainProcess.signedIn()
  const quietHours = { isOn: true, days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 23 * 60 + 59 }
  await answered(main.run({ kind: 'saveSettings', settings: { ...defaultSettings, quietHours } }))
  expect(main.model.state.quiet?.isMuted).toBe(false)
  await main.start(second)
  await pass(5000)
  expect(main.toaster.titles).toEqual([])
  await answered(main.run({ kind: 'saveSettings', settings: defaultSettings }))
  await pass()
  expect(main.toaster.titles).toEqual(['Done: Import orders'])
  expect(main.model.state.quiet).toBeNull()
})
