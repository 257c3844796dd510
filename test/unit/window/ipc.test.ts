import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { describe, expect, test } from 'vitest'
import { runnerOf } from '../../../src/main/commands.ts'
import { answerRequests, isTrustedSender, type RequestRegistry } from '../../../src/main/window/ipc.ts'
import type { CommandHandlers } from '../../../src/shared/commands.ts'
import { type RequestHandlers, requests, type WindowHandlers } from '../../../src/shared/ipc.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { refusing } from '../refusing.ts'

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
const nobody: WindowHandlers = {
  snapshot: refuse,
  olderJobs: refuse,
  jobEvidence: refuse,
  jobTold: refuse,
  nextRuns: refuse,
  licences: refuse,
  hasSounds: refuse,
  startAtLogin: refuse,
  updateState: refuse,
  run: runnerOf(refusing),
}
/** A main that carries out these commands only. */
const running = (handlers: Partial<CommandHandlers>): Pick<RequestHandlers, 'run'> => ({
  run: runnerOf({ ...refusing, ...handlers }),
})

function setUp(handlers: Partial<WindowHandlers>) {
  const listeners = new Map<string, Listener>()
  const logged: string[] = []
  const add = (message: string, detail?: unknown): void => {
    logged.push(`${message} ${String(detail)}`)
  }
  const waitedFor = new Map<string, Parameters<RequestRegistry['on']>[1]>()
  const registry: RequestRegistry = {
    handle: (channel, listener) => listeners.set(channel, listener),
    on: (channel, listener) => void waitedFor.set(channel, listener),
  }
  answerRequests(registry, { ...nobody, ...handlers }, { error: add, warn: add, info: add, debug: add })
  const ask = async (channel: string, input?: unknown, senderFrame: unknown = ours): Promise<unknown> => {
    const listener = listeners.get(channel)
    if (listener === undefined) throw new Error(`nobody answers ${channel}`)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event has 20 members, of which one is read
    return listener({ senderFrame } as IpcMainInvokeEvent, input)
  }
  /** What a page is answered that waits for the snapshot; undefined would leave it waiting for ever. */
  const waitForSnapshot = (senderFrame: unknown = ours): unknown => {
    const listener = waitedFor.get('snapshot')
    if (listener === undefined) throw new Error('nobody answers snapshot')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event has 20 members, of which two are used
    const event = { senderFrame, returnValue: undefined } as IpcMainEvent
    listener(event)
    return event.returnValue
  }
  return { ask, listeners, logged, waitForSnapshot }
}

describe('answerRequests', () => {
  test('answers each request of the contract, and nothing else', () => {
    expect([...setUp({}).listeners.keys()].sort()).toEqual(Object.keys(requests).sort())
  })

  test('hands the parsed input on and gives the answer back', async () => {
    const { ask } = setUp(
      running({ jobLog: (command) => ({ ok: true, text: JSON.stringify(command), next: null }) }),
    )
    const command = { kind: 'jobLog', key: 'k1' }
    expect(await ask('run', { ...command, extra: 'dropped' })).toEqual({
      ok: true,
      text: JSON.stringify(command),
      next: null,
    })
  })

  test('takes no input where the contract has none', async () => {
    const { ask } = setUp({})
    await expect(ask('hasSounds', { all: true })).rejects.toThrow('wrong shape')
  })

  test.each([
    ['no input', undefined],
    ['a kind of command that there is not', { kind: 'format', disk: 'C:' }],
    ['text for a number', { kind: 'startWorkflow', serverId: 's', workflowId: '41' }],
    ['a key without end', { kind: 'stopJob', key: 'k'.repeat(101) }],
    ['settings out of range', { kind: 'saveSettings', settings: { ...defaultSettings, keepJobs: -1 } }],
    [
      'settings that lack an outcome',
      { kind: 'saveSettings', settings: { ...defaultSettings, outcomes: {} } },
    ],
  ])('refuses %s without calling anything', async (_name, input) => {
    const { ask, logged } = setUp({})
    await expect(ask('run', input)).rejects.toThrow('refused: wrong shape')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain('run')
  })

  test('a refused sign-in is logged without what was typed', async () => {
    const { ask, logged } = setUp({})
    const form = { address: 'host', username: 'maria', password: 'hunter2', staySignedIn: 'yes' }
    await expect(ask('run', { kind: 'signIn', form })).rejects.toThrow('wrong shape')
    expect(logged.join()).toContain('staySignedIn')
    expect(logged.join()).not.toMatch(/hunter2|maria/)
  })

  test.each([
    ['a web page', { url: 'https://evil.example/', parent: null }],
    ['an embedded frame', { ...ours, parent: {} }],
    ['a frame that is gone', null],
  ])('refuses %s', async (_name, senderFrame) => {
    const { ask } = setUp({})
    await expect(ask('run', { kind: 'signOut', serverId: 's' }, senderFrame)).rejects.toThrow(
      'foreign sender',
    )
  })

  test('a page that waits for the snapshot is given it', () => {
    expect(setUp({ snapshot: () => '{}' }).waitForSnapshot()).toBe('{}')
  })

  test('a foreign page is given no snapshot, and is answered all the same', () => {
    const { waitForSnapshot, logged } = setUp({ snapshot: () => '{}' })
    expect(waitForSnapshot({ url: 'https://evil.example/', parent: null })).toBeNull()
    expect(logged.join()).toContain('foreign frame')
  })

  test('a page is told that there is no snapshot where main fails to make it', () => {
    const { waitForSnapshot, logged } = setUp({})
    expect(waitForSnapshot()).toBeNull()
    expect(logged.join()).toContain('request snapshot failed')
  })

  test('an error of main is logged, and the page learns only that there was one', async () => {
    const { ask, logged } = setUp(
      running({
        openLogFile: () => {
          throw new Error('EACCES /home/maria/.config')
        },
      }),
    )
    await expect(ask('run', { kind: 'openLogFile' })).rejects.toThrow(/^request run failed$/)
    expect(logged.join()).toContain('EACCES')
  })
})
