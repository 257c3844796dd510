import { beforeEach, describe, expect, test } from 'vitest'
import { runningJob } from '../job.ts'
import {
  answered,
  approval,
  hour,
  Machine,
  MainProcess,
  pass,
  second,
  useFakeClock,
} from '../main-process.ts'

beforeEach(useFakeClock)

describe('removing jobs', () => {
  test('takes ended ones from the list, and brings them back', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    await main.start(hour)
    const keys = main.jobStore.list().map(({ key }) => key)
    expect(await main.run({ kind: 'removeJobs', keys })).toBe(1)
    expect(main.jobStore.list()).toHaveLength(1)
    const back = await main.run({ kind: 'restoreJobs' })
    expect(main.jobStore.list().map(({ key }) => key)).toEqual(keys)
    expect(keys).toContain(back)
    expect(await main.run({ kind: 'restoreJobs' })).toBeNull()
  })

  test('that were brought back takes them off once more, also where their file was written meanwhile', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const keys = main.jobStore.list().map(({ key }) => key)
    await main.run({ kind: 'removeJobs', keys })
    await main.start(hour)
    await pass(5000)
    await main.run({ kind: 'restoreJobs' })
    await pass(1000)
    expect(await main.run({ kind: 'removeJobs', keys })).toBe(1)
  })
})

describe('wishes about a job', () => {
  test('stop', async () => {
    const main = await MainProcess.signedIn()
    await main.start(hour)
    expect(await answered(main.run({ kind: 'stopJob', key: main.job.key }))).toEqual({ ok: true })
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export'])
  })

  test.each([
    ['approveJob', 'Done: Release payments'],
    ['rejectJob', 'Rejected: Release payments'],
  ] as const)('%s a job that waits', async (wish, title) => {
    const main = await MainProcess.signedIn()
    await main.start(approval)
    await pass(15_000)
    expect(main.job.phase).toBe('waiting')
    expect(await answered(main.run({ kind: wish, key: main.job.key }))).toEqual({ ok: true })
    await pass(10_000)
    expect(main.toaster.titles).toEqual(['Waiting for approval: Release payments', title])
  })

  test.each([
    ['approve', 'done'],
    ['reject', 'rejected'],
  ] as const)('%s by the button of its notification', async (decision, outcome) => {
    const main = await MainProcess.signedIn()
    await main.start(approval)
    await pass(15_000)
    main.toaster.press(decision)
    await pass(10_000)
    expect(main.outcomes).toEqual([outcome])
    expect(main.toaster.withdrawn).toContain(`phase:${main.job.key}`)
  })

  test('resume by the button of its notification, shown as asked until the server shows it', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(hour)
    machine.sim.suspendElsewhere(hour.id, main.job.jobId ?? '')
    await pass(20_000)
    expect(main.toaster.titles).toEqual(['Suspended: Nightly export'])
    main.toaster.press('resume')
    expect([main.job.phase, main.job.asked]).toEqual(['suspended', 'resume'])
    await pass(5000)
    expect([main.job.phase, main.job.asked]).toEqual(['running', null])
    expect(main.toaster.titles).toHaveLength(1)
  })

  test('suspend, of which no notification tells whoever has asked for it', async () => {
    const main = await MainProcess.signedIn()
    await main.start(hour)
    expect(await answered(main.run({ kind: 'suspendJob', key: main.job.key }))).toEqual({ ok: true })
    await pass(20_000)
    expect([main.job.phase, main.toaster.titles]).toEqual(['suspended', []])
  })

  test('looking at it in the window takes its notification off the desktop', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const view = { page: 'jobs', selectedKey: main.job.key, scrollTop: 0 } as const
    main.window.isFocused = false
    await main.run({ kind: 'saveView', view })
    expect(main.toaster.withdrawn).toEqual([])
    main.window.isFocused = true
    await main.run({ kind: 'saveView', view })
    expect(main.toaster.withdrawn).toContain(main.job.key)
  })

  test('log', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const answer = await answered(main.run({ kind: 'jobLog', key: main.job.key }))
    expect(answer).toMatchObject({ ok: true })
    expect(answer.ok && answer.text).toMatch(/Workflow finished\.$/u)
  })

  const wishes = ['stopJob', 'approveJob', 'rejectJob', 'jobLog'] as const

  test.each(wishes)('%s without a sign-in is a failure, no crash', async (wish) => {
    const main = await MainProcess.launch(new Machine())
    main.jobStore.put(runningJob())
    expect(await main.run({ kind: wish, key: 'key' })).toMatchObject({
      ok: false,
      failure: { kind: 'signInExpired' },
    })
  })

  test.each(wishes)('%s of a job of another server is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    main.jobStore.put(runningJob({}, { serverId: 'another' }))
    expect(await main.run({ kind: wish, key: 'key' })).toMatchObject({ ok: false })
  })

  test.each(wishes)('%s of a job that there is not is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    expect(await main.run({ kind: wish, key: 'no such job' })).toMatchObject({ ok: false })
  })

  test('a server that is down is a failure', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(hour)
    machine.sim.shutDown('killed')
    expect(await answered(main.run({ kind: 'stopJob', key: main.job.key }))).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    })
    expect(main.job.stopAskedAt).toBeNull()
  })
})
