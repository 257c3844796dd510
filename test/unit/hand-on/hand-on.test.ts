import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Target } from '../../../src/shared/hand-on.ts'
import { outcomes } from '../../../src/shared/outcome.ts'
import type { NotificationRule } from '../../../src/shared/settings.ts'
import { answered, failing, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'
import { startProxy } from '../network/servers.ts'
import { closedPort } from '../wexflow/local-server.ts'
import { startWebhook, type Webhook } from './webhook.ts'

beforeEach(useFakeClock)

const target: Target = { id: 'phone', name: 'My phone', kind: 'json', host: '', isForAll: true }

/** A person who is signed in, and has ends handed on to that service. */
async function signedIn(webhook: Webhook, machine = new Machine()): Promise<MainProcess> {
  const main = await MainProcess.signedIn(machine)
  expect(await main.run({ kind: 'saveTarget', target, address: webhook.address })).toMatchObject({ ok: true })
  return main
}

/** Waits until that is so: a real server answers at no time of the test's clock. */
const until = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 5000, interval: 10 })

const outcomesOf = ({ received }: Webhook): unknown[] =>
  received.map(({ body }) =>
    typeof body === 'object' && body !== null && 'title' in body ? body.title : body,
  )

/** Starts a workflow and lets it end. */
async function runThrough(main: MainProcess, { id }: { readonly id: number }): Promise<void> {
  await answered(main.run({ kind: 'startWorkflow', serverId: main.serverId, workflowId: id }))
  await pass(5000)
}

describe('the end of a job', () => {
  test('is handed on once, after its notification, with what its log tells', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    await runThrough(main, failing)
    await until(() => expect(webhook.received).toHaveLength(1))
    expect(main.toaster.titles).toEqual(['Failed: Send invoices'])
    expect(webhook.received).toMatchObject([
      {
        path: '/hooks/secret-token',
        body: {
          event: 'jobEnded',
          title: 'Failed: Send invoices',
          outcome: 'failed',
          server: 'wexflow:8000',
        },
      },
    ])
    await main.quit()
    await pass(600_000)
    expect(webhook.received).toHaveLength(1)
  })

  test('is handed on while notifications are muted, and not again when they are shown', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    await answered(main.run({ kind: 'mute', choice: 'hour' }))
    await runThrough(main, second)
    await until(() => expect(outcomesOf(webhook)).toEqual(['Done: Import orders']))
    expect(main.toaster.titles).toEqual([])
    await answered(main.run({ kind: 'unmute' }))
    await pass(20_000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
    expect(webhook.received).toHaveLength(1)
  })

  test('is handed on where the desktop takes no notification', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    main.toaster.answer = async () => ({ status: 'refused', reason: 'notSupported' })
    await runThrough(main, second)
    await until(() => expect(webhook.received).toHaveLength(1))
    await pass(120_000)
    expect(main.toaster.titles.length).toBeGreaterThan(1)
    expect(webhook.received).toHaveLength(1)
  })

  test('that is not told is not handed on to those for all', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    const { settings } = main.appStore
    const silentDone = { ...settings.outcomes, done: { ...settings.outcomes.done, notify: false } }
    await main.run({ kind: 'saveSettings', settings: { ...settings, outcomes: silentDone } })
    await runThrough(main, second)
    await runThrough(main, failing)
    await until(() => expect(outcomesOf(webhook)).toEqual(['Failed: Send invoices']))
  })
})

const notices = (main: MainProcess): unknown[] =>
  main.model.state.notices.filter(({ kind }) => kind === 'notHandedOn')

/** Waits until so many attempts have failed. */
const failed = (main: MainProcess, count: number): Promise<void> =>
  until(() =>
    expect(main.logged.filter((line) => line.startsWith('an end was not handed on'))).toHaveLength(count),
  )

describe('what could not be handed on', () => {
  test('is tried again, no sooner than the service asks', async () => {
    const webhook = await startWebhook()
    webhook.statuses.push(500, { status: 429, retryAfter: '90' })
    const main = await signedIn(webhook)
    await runThrough(main, second)
    await failed(main, 1)
    await pass(5000)
    await failed(main, 2)
    await pass(80_000)
    expect(webhook.received).toHaveLength(2)
    await pass(10_000)
    await until(() => expect(webhook.received).toHaveLength(3))
    expect(notices(main)).toEqual([])
  })

  test('is given up after three more attempts, and told', async () => {
    const webhook = await startWebhook()
    webhook.statuses.push(503, 503, 503, 503)
    const main = await signedIn(webhook)
    await runThrough(main, second)
    for (const [index, ms] of [5000, 30_000, 120_000].entries()) {
      await failed(main, index + 1)
      expect(notices(main)).toEqual([])
      await pass(ms)
    }
    await until(() => expect(notices(main)).toHaveLength(1))
    await pass(600_000)
    expect(webhook.received).toHaveLength(4)
  })

  test('is told once, until it works again', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    webhook.statuses.push(404, 404)
    await runThrough(main, second)
    const told = {
      title: 'The end of Import orders could not be handed on',
      body: 'My phone\nIt refused what was sent (status 404). Check the address, or make a new one at the service.',
    }
    await until(() => expect(main.toaster.toasts).toContainEqual(expect.objectContaining(told)))
    await pass(20_000)
    await runThrough(main, second)
    await failed(main, 2)
    expect(notices(main)).toEqual([{ kind: 'notHandedOn', detail: 'My phone' }])
    expect(main.toaster.titles.filter((title) => title === told.title)).toHaveLength(1)
    expect(await main.run({ kind: 'testTarget', id: target.id })).toEqual({ ok: true })
    expect(notices(main)).toEqual([])
  })
})

describe('a restart', () => {
  test('goes on with what waits for another attempt', async () => {
    const webhook = await startWebhook()
    webhook.statuses.push(503)
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    await runThrough(main, second)
    await failed(main, 1)
    await main.quit()
    const next = await MainProcess.launch(machine)
    await until(() => expect(webhook.received).toHaveLength(2))
    await next.quit()
    await MainProcess.launch(machine)
    await pass(60_000)
    expect(webhook.received).toHaveLength(2)
  })

  test('after a crash does not hand on what may have been handed on', async () => {
    const webhook = await startWebhook()
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    await runThrough(main, second)
    await until(() => expect(webhook.received).toHaveLength(1))
    // The process is gone without having heard the answer.
    await MainProcess.launch(machine)
    await pass(60_000)
    expect(webhook.received).toHaveLength(1)
  })
})

describe('the address', () => {
  test('stands in clear neither in the settings file nor in the log nor in an export', async () => {
    const webhook = await startWebhook()
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    main.ports.log.info('asked', webhook.address)
    main.ports.log.info('asked /hooks/secret-token')
    await main.run({ kind: 'exportSettings' })
    await main.run({ kind: 'copyDiagnostics' })
    await main.quit()
    for (const text of [machine.settingsFile.text ?? '', ...main.logged, ...main.asked])
      expect(text).not.toContain('secret-token')
    expect(machine.settingsFile.text).toContain('target:phone')
  })

  test('is known after a restart, and forgotten with its target', async () => {
    const webhook = await startWebhook()
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(await next.run({ kind: 'testTarget', id: target.id })).toEqual({ ok: true })
    expect(await next.run({ kind: 'removeTarget', id: target.id })).toMatchObject({ targets: [] })
    await next.quit()
    expect(machine.settingsFile.text).not.toContain('target:phone')
  })

  test('stays as it is where only the name is another, and not at another service', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    const renamed = { ...target, name: 'Pager' }
    expect(await main.run({ kind: 'saveTarget', target: renamed, address: '' })).toMatchObject({ ok: true })
    expect(await main.run({ kind: 'testTarget', id: target.id })).toEqual({ ok: true })
    const slack = { ...target, kind: 'slack' } as const
    const badAddress = { ok: false, failure: { problem: 'badAddress', detail: '' } }
    expect(await main.run({ kind: 'saveTarget', target: slack, address: '' })).toEqual(badAddress)
    expect(await main.run({ kind: 'saveTarget', target: slack, address: 'my phone' })).toEqual(badAddress)
    expect(main.appStore.settings.targets).toMatchObject([{ name: 'Pager', kind: 'json' }])
  })

  test('is said to be locked in the keychain', async () => {
    const webhook = await startWebhook()
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    await main.quit()
    machine.keychain.isLocked = true
    const next = await MainProcess.launch(machine)
    const tested = (): Promise<unknown> => next.run({ kind: 'testTarget', id: target.id })
    expect(await tested()).toMatchObject({ ok: false, failure: { problem: 'keychain' } })
    machine.keychain.unlock()
    expect(await tested()).toEqual({ ok: true })
  })

  test('of a machine that does not answer is told as such', async () => {
    const main = await MainProcess.signedIn()
    await main.run({ kind: 'saveTarget', target, address: `http://127.0.0.1:${await closedPort()}/hook` })
    expect(await main.run({ kind: 'testTarget', id: target.id })).toEqual({
      ok: false,
      failure: { problem: 'unreachable', detail: 'ECONNREFUSED' },
    })
  })
})

test('a URL is called over the proxy that the system names', async () => {
  const webhook = await startWebhook()
  const proxy = await startProxy()
  const main = new MainProcess(new Machine())
  await main.build({ resolveProxy: async () => `PROXY 127.0.0.1:${proxy.port}` })
  await main.run({ kind: 'saveTarget', target, address: webhook.address })
  expect(await main.run({ kind: 'testTarget', id: target.id })).toEqual({ ok: true })
  expect(proxy.asked).toEqual([`POST ${webhook.address}`])
  expect(webhook.received).toHaveLength(1)
})

describe('the targets', () => {
  test('can be changed by nothing but their own form', async () => {
    const webhook = await startWebhook()
    const main = await signedIn(webhook)
    const { settings } = main.appStore
    await main.run({ kind: 'saveSettings', settings: { ...settings, targets: [] } })
    expect(main.appStore.settings.targets).toEqual(settings.targets)
  })
})

describe('a program', () => {
  const lamp: Target = {
    id: 'lamp',
    name: 'Lamp',
    kind: 'program',
    program: process.execPath,
    args: ['-e', 'process.exit(process.env.WEXFLOW_OUTCOME === "failed" ? 7 : 0)'],
    isForAll: false,
  }

  test('is run for the exceptions that choose it, also where they keep the end from the screen', async () => {
    const main = await MainProcess.signedIn()
    expect(await main.run({ kind: 'saveTarget', target: lamp, address: '' })).toMatchObject({ ok: true })
    expect(await main.run({ kind: 'testTarget', id: lamp.id })).toEqual({ ok: true })
    const rule: NotificationRule = {
      workflow: 'Send invoices',
      serverId: null,
      startedBy: 'anyone',
      outcomes: [...outcomes],
      phases: [],
      notify: false,
      sound: false,
      chosenSound: null,
      stays: false,
      handOn: [lamp.id],
    }
    await main.run({ kind: 'saveSettings', settings: { ...main.appStore.settings, rules: [rule] } })
    await runThrough(main, second)
    await runThrough(main, failing)
    await until(() =>
      expect(main.toaster.titles).toContain('The end of Send invoices could not be handed on'),
    )
    expect(main.toaster.titles).toHaveLength(2)
    expect(await main.run({ kind: 'removeTarget', id: lamp.id })).toMatchObject({
      targets: [],
      rules: [{ handOn: [] }],
    })
    expect(notices(main)).toEqual([])
  })

  test('is saved only once the person has allowed it, with these arguments', async () => {
    const main = await MainProcess.signedIn()
    const save = (change: Partial<typeof lamp>): Promise<unknown> =>
      main.run({ kind: 'saveTarget', target: { ...lamp, ...change }, address: '' })
    const notConfirmed = { ok: false, failure: { problem: 'notConfirmed', detail: '' } }
    main.saysYes = false
    expect(await save({})).toEqual(notConfirmed)
    expect(main.appStore.settings.targets).toEqual([])
    expect(main.asked).toEqual([
      `Run this program when jobs end?\n${lamp.program}\n\nIts arguments, one on each line:\n${lamp.args.join('\n')}\n\nAllow it only if you have just entered it yourself.`,
    ])
    main.saysYes = true
    expect(await save({})).toMatchObject({ ok: true })
    main.saysYes = false
    expect(await save({ args: [...lamp.args, 'more'] })).toEqual(notConfirmed)
    expect(await save({ program: '/bin/sh' })).toEqual(notConfirmed)
    expect(await save({ id: 'another' })).toEqual(notConfirmed)
    expect(main.appStore.settings.targets).toEqual([lamp])
    // A name is none of a program's business.
    expect(await save({ name: 'Lamp 2' })).toMatchObject({ ok: true })
  })

  test('is asked about one at a time', async () => {
    const main = await MainProcess.signedIn()
    const save = (id: string): Promise<unknown> =>
      main.run({ kind: 'saveTarget', target: { ...lamp, id }, address: '' })
    expect(await Promise.all([save('a'), save('b')])).toMatchObject([
      { ok: true },
      { ok: false, failure: { problem: 'notConfirmed' } },
    ])
    expect(main.asked).toHaveLength(1)
  })

  test('that has more to it than a box can show is asked about with what is left out marked', async () => {
    const main = await MainProcess.signedIn()
    const args = ['x'.repeat(400), 'two\nlines', ...Array.from({ length: 30 }, (_one, at) => String(at))]
    await main.run({ kind: 'saveTarget', target: { ...lamp, args }, address: '' })
    const lines = (main.asked[0] ?? '').split('\n')
    expect(lines).toContain(`${'x'.repeat(300)}…`)
    expect(lines).toContain('two lines')
    expect(lines.slice(-4)).toEqual(['17', '…', '', 'Allow it only if you have just entered it yourself.'])
  })

  test('has a full path', async () => {
    const main = await MainProcess.signedIn()
    const badProgram = { ok: false, failure: { problem: 'badProgram', detail: '' } }
    for (const program of ['lamp', './lamp', ''])
      expect(await main.run({ kind: 'saveTarget', target: { ...lamp, program }, address: '' })).toEqual(
        badProgram,
      )
  })

  test('in the place of a URL takes nothing of its address with it', async () => {
    const webhook = await startWebhook()
    const machine = new Machine()
    const main = await signedIn(webhook, machine)
    await main.run({ kind: 'saveTarget', target: { ...lamp, id: target.id }, address: '' })
    await main.quit()
    expect(machine.settingsFile.text).not.toContain('target:phone')
  })
})
