import dbus, { type DBusBroker, type MessageBus } from 'dbus-native'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DBusToaster } from '../../../src/main/notify/dbus-toaster.ts'
import type { Toast } from '../../../src/main/notify/toaster.ts'
import { NotificationDaemon } from '../../desktop/notification-daemon.ts'

let broker: DBusBroker
let busAddress: string
const buses: MessageBus[] = []

beforeEach(async () => {
  broker = dbus.createBroker()
  busAddress = await new Promise<string>((resolve, reject) => {
    broker.listen((error, listening) => (error === null ? resolve(listening) : reject(error)))
  })
})

afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close()
  await new Promise<void>((resolve) => broker.close(resolve))
})

const connect = (): MessageBus => {
  const bus = dbus.sessionBus({ busAddress, returnBigInt: false })
  buses.push(bus)
  return bus
}

const toaster = (): DBusToaster => new DBusToaster({ clickLabel: 'Show', icon: 'wexflow-tray', busAddress })

const toast = (change: Partial<Toast> = {}): Toast => ({
  id: 'job 1',
  title: 'Import: Done',
  body: 'Took 2s',
  isSilent: false,
  onClick: () => {},
  ...change,
})

test('a notification reaches the desktop, with its click and its silence', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  expect(await own.show(toast())).toEqual({ status: 'shown', reason: '' })
  expect(await own.show(toast({ id: 'job 2', isSilent: true }))).toEqual({ status: 'shown', reason: '' })
  expect(daemon.shown).toMatchObject([
    {
      title: 'Import: Done',
      body: 'Took 2s',
      icon: 'wexflow-tray',
      replacesId: 0,
      actions: ['default', 'Show'],
      isSilent: false,
    },
    { replacesId: 0, isSilent: true },
  ])
})

test('a later notification of the same id takes the place of the earlier one', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast())
  await own.show(toast({ id: 'job 2' }))
  await own.show(toast({ title: 'Import: Failed' }))
  expect(daemon.shown.map(({ replacesId }) => replacesId)).toEqual([0, 0, 1])
})

test('a click is told once, to the notification that was clicked', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  const clicks: string[] = []
  const clicked = new Promise<void>((resolve) => {
    const onClick = (id: string) => () => {
      clicks.push(id)
      if (id === 'last') resolve()
    }
    void own
      .show(toast({ id: 'first', onClick: onClick('first') }))
      .then(() => own.show(toast({ id: 'last', title: 'Last', onClick: onClick('last') })))
  })
  await daemon.titled('Last')
  const [first, last] = daemon.shown
  if (first === undefined || last === undefined) throw new Error('not shown')
  daemon.click(first)
  daemon.click(first)
  daemon.click(last)
  await clicked
  expect(clicks).toEqual(['first', 'last'])
})

test('where the desktop reads markup, a log line keeps its brackets; where it has no actions, none are sent', async () => {
  const daemon = await NotificationDaemon.open(connect(), ['body', 'body-markup'])
  await toaster().show(toast({ body: 'a < b && c > d' }))
  expect(daemon.shown).toMatchObject([{ body: 'a &lt; b &amp;&amp; c &gt; d', actions: [] }])
})

test('a desktop without a notification daemon refuses', async () => {
  expect(await toaster().show(toast())).toMatchObject({
    status: 'refused',
    reason: 'org.freedesktop.DBus.Error.NameHasNoOwner',
  })
})

test('without a bus nothing was said, and the next notification tries again', async () => {
  const own = new DBusToaster({ clickLabel: 'Show', icon: 'wexflow-tray', busAddress: 'unix:path=/nowhere' })
  expect(await own.show(toast())).toMatchObject({ status: 'timedOut' })
  expect(await own.show(toast())).toMatchObject({ status: 'timedOut' })
})

test('a daemon that was started anew is asked anew, and its numbers are not taken for the old ones', async () => {
  const first = connect()
  const old = await NotificationDaemon.open(first)
  const own = toaster()
  await own.show(toast())
  await first.close()
  const fresh = await NotificationDaemon.open(connect(), ['body'])
  expect(await own.show(toast())).toEqual({ status: 'shown', reason: '' })
  expect(old.shown).toHaveLength(1)
  expect(fresh.shown).toMatchObject([{ replacesId: 0, actions: [] }])
})
