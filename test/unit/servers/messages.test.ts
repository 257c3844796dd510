import { beforeEach, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { answered, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

const minutes = 60_000

const send = (machine: Machine, text: string, from = 'administrator'): void =>
  machine.sim.messages.add(from, 'admin', text)

/** Every message that has a notification. */
const told = (main: MainProcess): string[] =>
  main.toaster.toasts.filter(({ id }) => id.startsWith('message')).map(({ body }) => body)

describe('messages of Wexflow', () => {
  test('that came while the app was away are told after the sign-in, those of others are not', async () => {
    const machine = new Machine()
    send(machine, 'The record “Contract” waits for you.')
    machine.sim.messages.add('admin', 'administrator', 'for somebody else')
    const main = await MainProcess.signedIn(machine)
    await pass(5000)
    expect(told(main)).toEqual(['The record “Contract” waits for you.'])
    expect(main.server.unreadMessages).toBe(1)
  })

  test('are looked for with every second read of the workflows, and listed only where one is unread', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await pass(5 * minutes)
    expect(machine.sim.requests('has-notifications')).toBe(3)
    expect(machine.sim.requests('search-notifications')).toBe(0)
    send(machine, 'hello')
    await pass(3 * minutes)
    expect(told(main)).toEqual(['hello'])
    const next = await MainProcess.launch(machine)
    await pass(3 * minutes)
    expect(told(next)).toEqual([])
  })

  test('are not looked for where nobody wants them', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    await main.run({ kind: 'saveSettings', settings: { ...defaultSettings, tellMessages: false } })
    await main.signIn()
    await pass(5 * minutes)
    expect(machine.sim.requests('has-notifications')).toBe(0)
  })

  test('of a server that does not know them are none, and asked for ever more rarely', async () => {
    const sim = new WexflowSim({ workflows: [second], faults: { noMessages: 1 } })
    const machine = new Machine(sim)
    const main = await MainProcess.signedIn(machine)
    await pass(60 * minutes)
    expect(machine.sim.requests('has-notifications')).toBeLessThan(7)
    expect(main.link).toBe('online')
    expect(main.toaster.titles).toEqual([])
  })

  test('are marked as read on the server by the button of their notification', async () => {
    const machine = new Machine()
    send(machine, 'hello')
    const main = await MainProcess.signedIn(machine)
    await pass(5000)
    main.toaster.toasts.at(-1)?.onAction('markRead')
    await pass(5000)
    expect(machine.sim.messages.hasUnread('admin')).toBe(false)
    expect(main.server.unreadMessages).toBe(0)
  })

  test('that can’t be marked as read say so', async () => {
    const machine = new Machine()
    send(machine, 'hello')
    const main = await MainProcess.signedIn(machine)
    await pass(5000)
    machine.sim.faults.set({ restStatus500: 1 })
    main.toaster.toasts.at(-1)?.onAction('markRead')
    await pass(5000)
    expect(main.toaster.titles.at(-1)).toBe('Messages could not be marked as read')
  })

  test('are listed for the window, newest first, which tells that they were seen', async () => {
    const machine = new Machine()
    send(machine, 'first')
    const main = await MainProcess.signedIn(machine)
    await pass(5000)
    send(machine, 'second\nline')
    const list = await answered(main.run({ kind: 'readMessages', serverId: main.serverId }))
    expect(list).toMatchObject({
      ok: true,
      leftOut: 0,
      messages: [
        { id: '2', from: 'administrator', text: 'second line', isRead: false },
        { id: '1', text: 'first', isRead: false },
      ],
    })
    await pass(3 * minutes)
    expect(told(main)).toEqual(['first'])
    const marked = main.run({ kind: 'markMessagesRead', serverId: main.serverId, ids: ['1', '2'] })
    expect(await answered(marked)).toEqual({ ok: true })
    expect(main.server.unreadMessages).toBe(0)
  })
})
