import { EventEmitter } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { NotificationConstructorOptions } from 'electron'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  ElectronToaster,
  giveUpAfterMs,
  type NotificationClass,
} from '../../../src/main/notify/electron-toaster.ts'
import { toastIconFile } from '../../../src/main/notify/toast-icon.ts'
import type { ChosenSound } from '../../../src/shared/sound.ts'
import { keptToasts, type Toast, type ToastStatus } from '../../../src/main/notify/toaster.ts'

/** A notification as the system has it. */
class FakeNotification extends EventEmitter {
  readonly options: NotificationConstructorOptions
  isAsked = false

  constructor(options: NotificationConstructorOptions) {
    super()
    this.options = options
  }

  show(): void {
    this.isAsked = true
  }

  close(): void {
    this.isAsked = false
    this.emit('close')
  }
}

let isSupported: boolean
/** The system refers to none of them: what the toaster lets go of is gone, and with it its click. */
let made: WeakRef<FakeNotification>[]
let clicked: string[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  isSupported = true
  made = []
  clicked = []
})
afterEach(() => {
  vi.useRealTimers()
})

function toasterOf(platform: NodeJS.Platform): ElectronToaster {
  class Recorded extends FakeNotification {
    static isSupported = (): boolean => isSupported
    constructor(options: NotificationConstructorOptions) {
      super(options)
      made.push(new WeakRef<FakeNotification>(this))
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the toaster listens to a notification, shows and closes it, no more
  return new ElectronToaster(Recorded as unknown as NotificationClass, platform, (icon) =>
    toastIconFile('/assets', icon),
  )
}

const toastWith = (id: string, part: Partial<Toast> = {}): Toast => ({
  id,
  title: 'Done: Import orders',
  body: 'Took 12s',
  icon: 'app',
  isSilent: true,
  isStaying: false,
  actions: ['approve', 'reject'].map((action) => ({ id: action, label: action })),
  onClick: () => clicked.push(id),
  onAction: (action) => clicked.push(`${action} ${id}`),
  ...part,
})

const show = (toaster: ElectronToaster, id: string, part: Partial<Toast> = {}): Promise<ToastStatus> =>
  toaster.show(toastWith(id, part))

const newest = (): FakeNotification => {
  const notification = made.at(-1)?.deref()
  if (notification === undefined) throw new Error('there is no notification')
  return notification
}

describe('a notification', () => {
  test('has the toast’s words, its id, and no sound where none is wanted', () => {
    void show(toasterOf('darwin'), 'a')
    expect(newest().options).toEqual({
      id: 'a',
      title: 'Done: Import orders',
      body: 'Took 12s',
      silent: true,
      actions: [
        { type: 'button', text: 'approve' },
        { type: 'button', text: 'reject' },
      ],
    })
    expect(newest().isAsked).toBe(true)
  })

  test('that takes the place of another closes it', async () => {
    const toaster = toasterOf('win32')
    void show(toaster, 'a')
    const first = newest()
    expect([toaster.isStanding('a'), toaster.isStanding('b')]).toEqual([true, false])
    void show(toaster, 'b', { replaces: 'a' })
    expect([first.isAsked, newest().isAsked]).toEqual([false, true])
    expect([toaster.isStanding('a'), toaster.isStanding('b')]).toEqual([false, true])
  })

  test.each<[platform: NodeJS.Platform, sound: ChosenSound, played: string | undefined]>([
    ['darwin', { kind: 'named', name: 'Basso' }, 'Basso'],
    ['darwin', { kind: 'named', name: 'dialog-error' }, undefined],
    ['darwin', { kind: 'file', path: '/home/ann/horn.oga' }, undefined],
    ['win32', { kind: 'named', name: 'Basso' }, undefined],
  ])('on %s with the sound %j plays %s', async (platform, sound, played) => {
    const toaster = toasterOf(platform)
    void show(toaster, 'a', { sound, isSilent: false })
    expect([newest().options.silent, newest().options.sound]).toEqual([false, played])
    expect(await toaster.hasSounds()).toBe(true)
  })

  test('stays where that is wanted', () => {
    void show(toasterOf('win32'), 'a', { isStaying: true })
    expect(newest().options.timeoutType).toBe('never')
  })

  test('has the picture of what it is about', () => {
    void show(toasterOf('win32'), 'a', { icon: 'warning' })
    expect(newest().options.icon).toBe('/assets/toast/warning.png')
  })

  test('that the system shows is shown', async () => {
    const answer = show(toasterOf('darwin'), 'a')
    newest().emit('show')
    expect(await answer).toEqual({ status: 'shown', reason: '' })
  })

  test('that the system refuses is refused, with its word for it', async () => {
    const answer = show(toasterOf('win32'), 'a')
    newest().emit('failed', {}, 'disabled for this app')
    expect(await answer).toEqual({ status: 'refused', reason: 'disabled for this app' })
  })

  test('that the system says nothing of for a minute is refused: it can be shown again', async () => {
    const heard: string[] = []
    const answer = show(toasterOf('darwin'), 'a').then(({ status }) => heard.push(status))
    await vi.advanceTimersByTimeAsync(giveUpAfterMs - 1)
    expect(heard).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await answer
    expect(heard).toEqual(['refused'])
  })

  test('is not even made where the system has none', async () => {
    isSupported = false
    expect(await show(toasterOf('win32'), 'a')).toEqual({ status: 'refused', reason: 'notSupported' })
    expect(made).toEqual([])
  })
})

describe('a click', () => {
  test.each(['darwin', 'win32'] as const)('on %s is told once', (platform) => {
    void show(toasterOf(platform), 'a')
    newest().emit('click')
    newest().emit('click')
    expect(clicked).toEqual(['a'])
  })

  test('on Windows is heard also after the toast has left the screen', () => {
    void show(toasterOf('win32'), 'a')
    newest().emit('close')
    newest().emit('click')
    expect(clicked).toEqual(['a'])
  })
})

test('a button that was pressed is known, once', () => {
  void show(toasterOf('darwin'), 'a')
  newest().emit('action', {}, 1)
  newest().emit('action', {}, 0)
  newest().emit('action', {}, 2)
  expect(clicked).toEqual(['reject a'])
})

describe('a toast that is withdrawn', () => {
  test('is closed, and no other', () => {
    const toaster = toasterOf('win32')
    void show(toaster, 'a')
    const first = newest()
    void show(toaster, 'b')
    toaster.withdraw('a')
    toaster.withdraw('c')
    expect([first.isAsked, newest().isAsked]).toEqual([false, true])
  })

  test('on Windows is closed also after it has left the screen', () => {
    const toaster = toasterOf('win32')
    void show(toaster, 'a')
    newest().emit('close')
    toaster.withdraw('a')
    expect(newest().isAsked).toBe(false)
  })
})

/** Has the system show so many, and lets `after` happen to each. */
async function showMany(
  platform: NodeJS.Platform,
  count: number,
  after: (notification: FakeNotification) => void = () => {},
): Promise<ElectronToaster> {
  const toaster = toasterOf(platform)
  for (let index = 0; index < count; index += 1) {
    const answer = show(toaster, String(index))
    newest().emit('show')
    after(newest())
    await answer
  }
  return toaster
}

/** How many are still there once all is collected that nobody refers to. */
async function countKept(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new TypeError('Node has no gc')
  await nextTurn()
  collect()
  return made.filter((notification) => notification.deref() !== undefined).length
}

describe('what is kept of notifications, so that their click is heard', () => {
  test.each<[name: string, platform: NodeJS.Platform, event: string | null, kept: number]>([
    ['those that nobody has touched', 'darwin', null, 3],
    ['none that was clicked', 'win32', 'click', 0],
    ['none that was closed', 'darwin', 'close', 0],
    ['those that left the screen of Windows: they stand in its notification centre', 'win32', 'close', 3],
  ])('%s', async (_name, platform, event, kept) => {
    const toaster = await showMany(platform, 3, (notification) => {
      if (event !== null) notification.emit(event)
    })
    expect(await countKept()).toBe(kept)
    // It lives until here: else it would be collected with all that it keeps.
    expect(toaster).toBeDefined()
  })

  test('the newest ones alone, when there are very many', async () => {
    const toaster = await showMany('win32', keptToasts + 5)
    expect(await countKept()).toBe(keptToasts)
    expect(made[4]?.deref()).toBeUndefined()
    expect(toaster).toBeDefined()
  })

  test('one of each id: the later one takes the place of the earlier', async () => {
    const toaster = toasterOf('win32')
    for (let index = 0; index < 3; index += 1) {
      const answer = show(toaster, 'same')
      newest().emit('show')
      await answer
    }
    expect(await countKept()).toBe(1)
    newest().emit('click')
    expect(clicked).toEqual(['same'])
  })
})
