import { toastIconFile } from '../../../src/main/notify/toast-icon.ts'
import { EventEmitter, once } from 'node:events'
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

const toaster = (address = busAddress): DBusToaster =>
  new DBusToaster({
    clickLabel: () => 'Show',
    icon: 'wexflow-tray',
    picture: (icon) => toastIconFile('/opt/wexflow tray/assets', icon),
    busAddress: address,
  })

const toast = (change: Partial<Toast> = {}): Toast => ({
  id: 'job 1',
  title: 'Import: Done',
  body: 'Took 2s',
  icon: 'app',
  isSilent: false,
  isStaying: false,
  actions: [],
  onClick: () => {},
  onAction: () => {},
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

test('a sound reaches the desktop by its name or its file; where none is chosen, by the usual name', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast({ id: '1' }))
  await own.show(toast({ id: '2', sound: { kind: 'named', name: 'bell' } }))
  await own.show(toast({ id: '3', sound: { kind: 'file', path: '/home/ann/my horn.oga' } }))
  await own.show(toast({ id: '4', sound: { kind: 'named', name: 'Basso' } }))
  await own.show(toast({ id: '5', sound: { kind: 'named', name: 'bell' }, isSilent: true }))
  expect(daemon.shown.map(({ sound, isSilent }) => [sound, isSilent])).toEqual([
    ['message-new-instant', false],
    ['bell', false],
    ['/home/ann/my horn.oga', false],
    ['message-new-instant', false],
    [null, true],
  ])
})

test.each([
  ['plays sounds', ['body', 'sound'], true],
  ['plays none', ['body'], false],
])('a desktop that says that it %s', async (_name, capabilities, hasSounds) => {
  await NotificationDaemon.open(connect(), capabilities)
  expect(await toaster().hasSounds()).toBe(hasSounds)
})

test('a desktop that shows no notifications is not said to play no sounds', async () => {
  expect(await toaster().hasSounds()).toBe(true)
})

test('one that is to stay is critical, and does not expire', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast())
  await own.show(toast({ id: 'job 2', isStaying: true }))
  expect(daemon.shown.map(({ isStaying }) => isStaying)).toEqual([false, true])
})

test('one that takes the place of another replaces it as long as that is there', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast())
  expect([own.isStanding('job 1'), own.isStanding('job 2')]).toEqual([true, false])
  await own.show(toast({ id: 'job 2', replaces: 'job 1' }))
  expect([own.isStanding('job 1'), own.isStanding('job 2')]).toEqual([false, true])
  await own.show(toast({ id: 'job 3', replaces: 'job 1' }))
  const [first, second, third] = daemon.shown
  expect(second?.replacesId).toBe(first?.id)
  expect(third?.replacesId).toBe(0)
})

test('its picture says the outcome; one that is about none has the app’s icon only', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast({ icon: 'failed' }))
  await own.show(toast({ id: 'job 2' }))
  expect(daemon.shown.map(({ picture }) => picture)).toEqual([
    'file:///opt/wexflow%20tray/assets/toast/failed.png',
    null,
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

test('without a bus it is refused, and the next notification tries again', async () => {
  const own = toaster('unix:path=/nowhere')
  expect(await own.show(toast())).toMatchObject({ status: 'refused' })
  expect(await own.show(toast())).toMatchObject({ status: 'refused' })
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

/** Lets the daemon answer nothing until the function that is returned is called. */
function holdAnswers(daemon: NotificationDaemon): () => void {
  const gate = new EventEmitter()
  daemon.answersAfter = once(gate, 'open')
  return () => void gate.emit('open')
}

/** Resolves when the toaster says that something that shows notifications has come. */
const ready = (own: DBusToaster): Promise<void> => new Promise((resolve) => own.onReady(resolve))

test('a daemon that comes late says so', async () => {
  const own = toaster()
  expect((await own.show(toast())).status).toBe('refused')
  const came = ready(own)
  const daemon = await NotificationDaemon.open(connect())
  await came
  expect(await own.show(toast())).toEqual({ status: 'shown', reason: '' })
  expect(daemon.shown).toHaveLength(1)
})

test('a daemon that refuses is asked again when asked again', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  daemon.isRefusing = true
  expect((await own.show(toast())).status).toBe('refused')
  daemon.isRefusing = false
  expect(await own.show(toast())).toEqual({ status: 'shown', reason: '' })
})

test('what a daemon has not answered for when it ends is refused, and then the next one is said to be ready', async () => {
  const bus = connect()
  const old = await NotificationDaemon.open(bus)
  old.answersAfter = new Promise(() => {})
  const own = toaster()
  const course: string[] = []
  const answered = own.show(toast()).then(({ status }) => course.push(status))
  await old.titled('Import: Done')
  await bus.close()
  await NotificationDaemon.open(connect())
  await answered
  await ready(own)
  expect(course).toEqual(['refused'])
})

test('an answer that a daemon gives while it ends counts, but its number is not the next daemon’s', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const answer = holdAnswers(daemon)
  const own = toaster()
  const status = own.show(toast())
  await daemon.titled('Import: Done')
  await daemon.leave()
  const fresh = await NotificationDaemon.open(connect())
  answer()
  expect(await status).toEqual({ status: 'shown', reason: '' })
  await own.show(toast())
  expect(fresh.shown).toMatchObject([{ replacesId: 0 }])
})

test('an answer is waited for, however late it comes', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const answer = holdAnswers(daemon)
  const own = toaster()
  const status = own.show(toast())
  await daemon.titled('Import: Done')
  answer()
  expect(await status).toEqual({ status: 'shown', reason: '' })
})

const decide: Partial<Toast> = {
  actions: [
    { id: 'approve', label: 'Approve' },
    { id: 'reject', label: 'Reject' },
  ],
}

test('buttons go to a desktop that has any, and the one that was pressed is known', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  const pressed = new Promise<string>((resolve) => void own.show(toast({ ...decide, onAction: resolve })))
  const shown = await daemon.titled('Import: Done')
  expect(shown.actions).toEqual(['default', 'Show', 'approve', 'Approve', 'reject', 'Reject'])
  daemon.press(shown, 'reject')
  expect(await pressed).toBe('reject')
})

test('a button that is pressed before the daemon has answered is known all the same', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const answer = holdAnswers(daemon)
  const own = toaster()
  const pressed = new Promise<string>((resolve) => void own.show(toast({ ...decide, onAction: resolve })))
  daemon.press(await daemon.titled('Import: Done'), 'approve')
  answer()
  expect(await pressed).toBe('approve')
})

test('a toast that is withdrawn leaves the screen, and no other', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const own = toaster()
  await own.show(toast())
  await own.show(toast({ id: 'job 2', title: 'Ping: Done' }))
  own.withdraw('job 2')
  own.withdraw('job 3')
  await daemon.closed(await daemon.titled('Ping: Done'))
  // A withdrawn one is not replaced: the next of its id is a new one.
  await own.show(toast())
  await own.show(toast({ id: 'job 2' }))
  expect(daemon.shown.map(({ replacesId }) => replacesId)).toEqual([0, 0, 1, 0])
})

test('a toast that is withdrawn before the daemon has answered leaves the screen as soon as it has', async () => {
  const daemon = await NotificationDaemon.open(connect())
  const answer = holdAnswers(daemon)
  const own = toaster()
  const status = own.show(toast())
  const shown = await daemon.titled('Import: Done')
  own.withdraw('job 1')
  answer()
  expect((await status).status).toBe('shown')
  await daemon.closed(shown)
})
