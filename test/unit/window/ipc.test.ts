import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, test } from 'vitest'
import { answerRequests, isTrustedSender, type RequestRegistry } from '../../../src/main/window/ipc.ts'
import { type RequestHandlers, requests } from '../../../src/shared/ipc.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'

const ours = { url: 'wexflow-tray://app/index.html#jobs', parent: null }

test.each([
  ['our page', ours, true],
  ['a frame in our page', { ...ours, parent: {} }, false],
  ['another host', { ...ours, url: 'wexflow-tray://app.evil/index.html' }, false],
  ['a web page', { ...ours, url: 'https://app/' }, false],
  ['an empty frame', { ...ours, url: '' }, false],
  ['a frame that is gone', null, false],
])('%s is trusted: %s', (_name, sender, expected) => {
  expect(isTrustedSender(sender)).toBe(expected)
})

type Listener = Parameters<RequestRegistry['handle']>[1]

const refuse = (): never => {
  throw new Error('not expected to be called')
}
const nobody: RequestHandlers = {
  snapshot: refuse,
  connect: refuse,
  signOut: refuse,
  startWorkflow: refuse,
  setFavourite: refuse,
  stopJob: refuse,
  approveJob: refuse,
  rejectJob: refuse,
  jobEvidence: refuse,
  jobTold: refuse,
  jobLog: refuse,
  saveSettings: refuse,
  saveView: refuse,
  openLogFile: refuse,
  copyDiagnostics: refuse,
}

function setUp(handlers: Partial<RequestHandlers>) {
  const listeners = new Map<string, Listener>()
  const logged: string[] = []
  const add = (message: string, detail?: unknown): void => {
    logged.push(`${message} ${String(detail)}`)
  }
  const registry: RequestRegistry = { handle: (channel, listener) => listeners.set(channel, listener) }
  answerRequests(registry, { ...nobody, ...handlers }, { error: add, warn: add, info: add, debug: add })
  const ask = async (channel: string, input?: unknown, senderFrame: unknown = ours): Promise<unknown> => {
    const listener = listeners.get(channel)
    if (listener === undefined) throw new Error(`nobody answers ${channel}`)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event has 20 members, of which one is read
    return listener({ senderFrame } as IpcMainInvokeEvent, input)
  }
  return { ask, listeners, logged }
}

describe('answerRequests', () => {
  test('answers each request of the contract, and nothing else', () => {
    expect([...setUp({}).listeners.keys()].sort()).toEqual(Object.keys(requests).sort())
  })

  test('hands the parsed input on and gives the answer back', async () => {
    const { ask } = setUp({ jobLog: ({ key }) => ({ ok: true, lines: [key] }) })
    expect(await ask('jobLog', { key: 'k1', extra: 'dropped' })).toEqual({ ok: true, lines: ['k1'] })
  })

  test('takes no input where the contract has none', async () => {
    const { ask } = setUp({ signOut: () => undefined })
    expect(await ask('signOut')).toBeUndefined()
    await expect(ask('signOut', { all: true })).rejects.toThrow('wrong shape')
  })

  test.each([
    ['no input', 'startWorkflow', undefined],
    ['text for a number', 'startWorkflow', { workflowId: '41' }],
    ['a key without end', 'stopJob', { key: 'k'.repeat(101) }],
    ['settings out of range', 'saveSettings', { ...defaultSettings, keepJobs: -1 }],
    ['settings that lack an outcome', 'saveSettings', { ...defaultSettings, outcomes: {} }],
  ])('refuses %s without calling anything', async (_name, channel, input) => {
    const { ask, logged } = setUp({})
    await expect(ask(channel, input)).rejects.toThrow('refused: wrong shape')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(channel)
  })

  test('a refused sign-in is logged without what was typed', async () => {
    const { ask, logged } = setUp({})
    const form = { address: 'host', username: 'maria', password: 'hunter2', staySignedIn: 'yes' }
    await expect(ask('connect', form)).rejects.toThrow('wrong shape')
    expect(logged.join()).toContain('staySignedIn')
    expect(logged.join()).not.toMatch(/hunter2|maria/)
  })

  test.each([
    ['a web page', { url: 'https://evil.example/', parent: null }],
    ['an embedded frame', { ...ours, parent: {} }],
    ['a frame that is gone', null],
  ])('refuses %s', async (_name, senderFrame) => {
    const { ask } = setUp({})
    await expect(ask('signOut', undefined, senderFrame)).rejects.toThrow('foreign sender')
  })

  test('an error of main is logged, and the page learns only that there was one', async () => {
    const { ask, logged } = setUp({
      openLogFile: () => {
        throw new Error('EACCES /home/maria/.config')
      },
    })
    await expect(ask('openLogFile')).rejects.toThrow(/^request openLogFile failed$/)
    expect(logged.join()).toContain('EACCES')
  })
})
