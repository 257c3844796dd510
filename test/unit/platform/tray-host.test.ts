import dbus, { type DBusBroker, type MessageBus } from 'dbus-native'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchTrayHost } from '../../../src/main/platform/tray-host.ts'

const watcherName = 'org.kde.StatusNotifierWatcher'
const silent = { error() {}, warn() {}, info() {}, debug() {} }

/** The answers in order, and a way to wait for the next one. */
class Answers {
  readonly list: boolean[] = []
  #taken = 0
  #wake: (() => void) | null = null

  readonly add = (isPresent: boolean): void => {
    this.list.push(isPresent)
    this.#wake?.()
  }

  async next(): Promise<boolean> {
    if (this.list.length === this.#taken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const answer = this.list[this.#taken]
    this.#taken += 1
    if (answer === undefined) throw new Error('woken without an answer')
    return answer
  }
}

describe('watchTrayHost on a bus', () => {
  let broker: DBusBroker
  let address: string
  let stop: () => void
  const clients: MessageBus[] = []

  beforeEach(async () => {
    broker = dbus.createBroker()
    address = await new Promise<string>((resolve, reject) => {
      broker.listen((error, listening) => (error === null ? resolve(listening) : reject(error)))
    })
    stop = () => {}
  })

  afterEach(async () => {
    stop()
    for (const client of clients.splice(0)) client.connection.end()
    await new Promise<void>((resolve) => broker.close(resolve))
  })

  const watch = async (onChange: (isPresent: boolean) => void, onComing = () => {}): Promise<void> => {
    stop = await watchTrayHost({
      platform: 'linux',
      onChange,
      onComing,
      log: silent,
      busAddress: address,
      absenceMs: 30,
    })
  }

  /** A desktop's watcher; `host.isRegistered` says whether a panel shows its items. */
  const ownWatcher = async (host: { isRegistered: boolean }): Promise<MessageBus> => {
    const client = dbus.sessionBus({ busAddress: address })
    clients.push(client)
    await client.export(
      '/StatusNotifierWatcher',
      dbus.defineInterface({
        name: watcherName,
        properties: {
          IsStatusNotifierHostRegistered: { type: 'b', access: 'read', get: () => host.isRegistered },
        },
        signals: { StatusNotifierHostRegistered: {} },
      }),
    )
    await client.ownName(watcherName)
    return client
  }

  test('tells a host that is there', async () => {
    await ownWatcher({ isRegistered: true })
    const told = new Answers()
    const onComing = vi.fn<() => void>()
    await watch(told.add, onComing)
    expect(await told.next()).toBe(true)
    expect(onComing).not.toHaveBeenCalled()
  })

  test('tells that there is none, then the one that comes, then that it went', async () => {
    const told = new Answers()
    const onComing = vi.fn<() => void>()
    await watch(told.add, onComing)
    expect(await told.next()).toBe(false)
    expect(onComing).not.toHaveBeenCalled()
    const client = await ownWatcher({ isRegistered: true })
    expect(await told.next()).toBe(true)
    expect(onComing).toHaveBeenCalledOnce()
    client.connection.end()
    expect(await told.next()).toBe(false)
  })

  test('a watcher without a host shows nothing, until a host registers', async () => {
    const host = { isRegistered: false }
    const client = await ownWatcher(host)
    const told = new Answers()
    await watch(told.add)
    expect(await told.next()).toBe(false)
    host.isRegistered = true
    client.sendSignal('/StatusNotifierWatcher', watcherName, 'StatusNotifierHostRegistered')
    expect(await told.next()).toBe(true)
    expect(told.list).toEqual([false, true])
  })
})

test('without a session bus there is no host', async () => {
  const told = new Answers()
  const stop = await watchTrayHost({
    platform: 'linux',
    onChange: told.add,
    onComing: () => {},
    log: silent,
    busAddress: 'unix:path=/nonexistent/bus',
    absenceMs: 0,
  })
  expect(await told.next()).toBe(false)
  stop()
})

test.each(['win32', 'darwin'] as const)('%s is not asked', async (platform) => {
  const told = new Answers()
  const stop = await watchTrayHost({
    platform,
    onChange: told.add,
    onComing: () => {},
    log: silent,
    absenceMs: 0,
  })
  stop()
  expect(told.list).toEqual([])
})
