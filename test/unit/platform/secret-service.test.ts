import dbus, { type DBusBroker, type MessageBus } from 'dbus-native'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SecretService } from '../../../src/main/platform/secret-service.ts'
import { SecretServiceStandIn } from '../../desktop/secret-service.ts'

let broker: DBusBroker
let busAddress: string
let bus: MessageBus
let standIn: SecretServiceStandIn
let changes: number

beforeEach(async () => {
  broker = dbus.createBroker()
  busAddress = await new Promise<string>((resolve, reject) => {
    broker.listen((error, listening) => (error === null ? resolve(listening) : reject(error)))
  })
  bus = dbus.sessionBus({ busAddress, returnBigInt: false })
  standIn = await SecretServiceStandIn.open(bus)
  changes = 0
})
afterEach(async () => {
  await bus.close()
  await new Promise<void>((resolve) => broker.close(resolve))
})

function keyring(lateMs = 20): SecretService {
  const service = new SecretService({ log: { info: () => {} }, busAddress, lateMs })
  service.onChange(() => {
    changes += 1
  })
  return service
}

test('a keyring that is there and unlocked is ready, and nobody is asked', async () => {
  await standIn.come()
  expect(await keyring().state()).toBe('ready')
  expect(standIn.prompts).toBe(0)
})

test('one that comes late is waited for a while', async () => {
  const own = keyring(10_000)
  const state = own.state()
  await vi.waitFor(async () => {
    await standIn.come()
  })
  expect(await state).toBe('ready')
})

test('one that does not come is away, and it is told when it comes', async () => {
  const own = keyring()
  expect(await own.state()).toBe('away')
  await standIn.come()
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0))
  expect(await own.state()).toBe('ready')
})

test('a locked one asks the person, once for all who want to know, and is ready when it is unlocked', async () => {
  await standIn.come()
  standIn.isLocked = true
  const own = keyring()
  const states = [own.state(), own.state()]
  await vi.waitFor(() => expect(standIn.prompts).toBe(1))
  standIn.unlock()
  expect(await Promise.all(states)).toEqual(['ready', 'ready'])
  expect(standIn.prompts).toBe(1)
})

test('a prompt that is closed leaves it locked and is not shown again; unlocking it elsewhere is told', async () => {
  await standIn.come()
  standIn.isLocked = true
  const own = keyring()
  const state = own.state()
  await vi.waitFor(() => expect(standIn.prompts).toBe(1))
  standIn.decline()
  expect(await state).toBe('locked')
  expect(await own.state()).toBe('locked')
  expect(standIn.prompts).toBe(1)
  standIn.unlock()
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0))
  expect(await own.state()).toBe('ready')
})

test('one that goes away while it asks is locked, and away from then on', async () => {
  await standIn.come()
  standIn.isLocked = true
  const own = keyring()
  const state = own.state()
  await vi.waitFor(() => expect(standIn.prompts).toBe(1))
  await standIn.leave()
  expect(await state).toBe('locked')
  expect(await own.state()).toBe('away')
})

test('without a bus it is away', async () => {
  const nowhere = new SecretService({ log: { info: () => {} }, busAddress: 'unix:path=/nowhere' })
  expect(await nowhere.state()).toBe('away')
})
