import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MessagesRead } from '../../../src/main/servers/messages.ts'
import type { Message } from '../../../src/shared/message.ts'
import { profile } from '../app-state.ts'
import { pass, refused, shown, startTelling, type Telling } from './telling.ts'

let app: Telling

beforeEach(async () => {
  app = await startTelling()
})
afterEach(() => {
  vi.useRealTimers()
})

const message = (id: string, part: Partial<Message> = {}): Message => ({
  id,
  from: 'maria',
  text: 'The record waits for you.',
  sentAt: null,
  sentText: '26-11-2026 03:40:33',
  isRead: false,
  ...part,
})

/** The server says which messages are not read. */
async function says(unread: readonly Message[], how: MessagesRead = 'asked'): Promise<void> {
  app.notifier.onMessages(profile.id, unread, how)
  await pass()
}

describe('a message of Wexflow', () => {
  test('is told with whom it is from, what it says, and a button', async () => {
    await says([message('1')])
    expect(app.toaster.toasts).toMatchObject([
      {
        id: 'message:server:1',
        title: 'Message from maria',
        body: 'The record waits for you.',
        actions: [{ id: 'markRead', label: 'Mark as read' }],
      },
    ])
  })

  test('from nobody that the server knows is from Wexflow, and a long one is cut', async () => {
    await says([message('1', { from: '', text: 'x'.repeat(300) })])
    const [toast] = app.toaster.toasts
    expect(toast?.title).toBe('Message from Wexflow')
    expect(toast?.body).toBe(`${'x'.repeat(199)}…`)
  })

  test('is told once, also after a restart of the app', async () => {
    await says([message('1')])
    await says([message('1')])
    expect(app.toaster.toasts).toHaveLength(1)
    await app.restart()
    await says([message('1')])
    expect(app.toaster.toasts).toEqual([])
  })

  test('that was read and marked as unread again is told again', async () => {
    await says([message('1')])
    await says([])
    expect(app.toaster.withdrawn).toContain('message:server:1')
    await says([message('1')])
    expect(app.toaster.toasts).toHaveLength(2)
  })

  test('that the desktop refused is told as soon as it takes notifications', async () => {
    app.toaster.answer = refused
    await says([message('1')])
    await says([message('1')])
    app.toaster.answer = shown
    app.toaster.toasts.length = 0
    await pass(600_000)
    expect(app.toaster.titles).toEqual(['Message from maria'])
    await app.restart()
    await says([message('1')])
    expect(app.toaster.toasts).toEqual([])
  })

  test('that the window shows is not told, and its notification goes', async () => {
    await says([message('1')])
    await says([message('2'), message('1')], 'shown')
    expect(app.toaster.toasts).toHaveLength(1)
    expect(app.toaster.withdrawn).toContain('message:server:1')
    await says([message('2'), message('1')])
    expect(app.toaster.toasts).toHaveLength(1)
  })

  test('leads to the messages by a click, and is marked as read by its button', async () => {
    await says([message('1')])
    const [toast] = app.toaster.toasts
    toast?.onClick()
    toast?.onAction('markRead')
    expect(app.clicks).toEqual([{ kind: 'show', page: 'messages', key: null }])
    expect(app.marked).toEqual(['server: 1'])
  })

  test('of a server that was signed out of is taken away, and not told anew by the next sign-in', async () => {
    await says([message('1')])
    app.notifier.onLink(profile.id, 'signedOut')
    expect(app.toaster.withdrawn).toContain('message:server:1')
    await says([message('1')])
    expect(app.toaster.toasts).toHaveLength(1)
  })
})

test('several messages at once are told as one, which its button marks as read together', async () => {
  await says([message('3', { from: 'omar' }), message('2'), message('1', { from: '' })])
  const [toast] = app.toaster.toasts
  expect(toast).toMatchObject({
    id: 'messages:server',
    title: '3 messages from Wexflow',
    body: 'From omar, maria',
  })
  toast?.onAction('markRead')
  expect(app.marked).toEqual(['server: 3 2 1'])
  await says([message('3')])
  expect(app.toaster.withdrawn).not.toContain('messages:server')
  await says([])
  expect(app.toaster.withdrawn).toContain('messages:server')
})

test('while notifications are held back messages wait, and are told together afterwards', async () => {
  app.isQuiet = true
  await says([message('1')])
  await says([message('2'), message('1')])
  expect(app.toaster.toasts).toEqual([])
  app.isQuiet = false
  app.notifier.onQuietOver()
  await pass()
  expect(app.toaster.titles).toEqual(['2 messages from Wexflow'])
})
