import { beforeEach, describe, expect, test, vi } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { serverWith } from '../app-state.ts'
import { faultsOfThisTest } from '../faults.ts'

let model: AppModel
let told: ReturnType<typeof vi.fn<() => void>>

beforeEach(() => {
  model = new AppModel()
  told = vi.fn<() => void>()
  model.onChange(told)
})

test('nobody is signed in at first, and nothing is known', () => {
  expect(model.state).toEqual({ servers: [], shownId: null, notices: [], quiet: null })
})

test('a change leaves the rest as it is, and the state before it untouched', () => {
  const before = model.state
  model.addNotice({ kind: 'noKeychain', detail: '' })
  model.setServers([serverWith({ link: 'online' })], 'server')
  expect(model.state).toMatchObject({
    servers: [{ link: 'online' }],
    shownId: 'server',
    notices: [{ kind: 'noKeychain' }],
  })
  expect(before).toEqual({ servers: [], shownId: null, notices: [], quiet: null })
  expect(told).toHaveBeenCalledTimes(2)
})

test('servers of which nothing new is said are told once, and their state stays the same one', () => {
  model.setServers([serverWith({ link: 'online' })], 'server')
  const before = model.state
  model.setServers([serverWith({ link: 'online' })], 'server')
  expect(model.state).toBe(before)
  expect(told).toHaveBeenCalledTimes(1)
  model.setServers([serverWith({ link: 'online' })], null)
  expect(told).toHaveBeenCalledTimes(2)
})

test('who no longer listens hears nothing', () => {
  const listener = vi.fn<() => void>()
  const stop = model.onChange(listener)
  model.setServers([serverWith({ link: 'connecting' })], 'server')
  stop()
  model.setServers([serverWith({ link: 'online' })], 'server')
  expect(listener).toHaveBeenCalledTimes(1)
})

describe('notices', () => {
  test('one that was closed still holds, and is said again once it is another', () => {
    model.addNotice({ kind: 'updateReady', detail: '1.1.0' })
    model.closeNotice('updateReady')
    model.addNotice({ kind: 'updateReady', detail: '1.1.0' })
    expect(model.state.notices).toEqual([{ kind: 'updateReady', detail: '1.1.0', isClosed: true }])
    model.addNotice({ kind: 'updateReady', detail: '1.2.0' })
    expect(model.state.notices).toEqual([{ kind: 'updateReady', detail: '1.2.0' }])
  })

  test('there is one of each kind, with the latest detail', () => {
    model.addNotice({ kind: 'cannotRemember', detail: 'EACCES' })
    model.addNotice({ kind: 'noTrayHost', detail: '' })
    model.addNotice({ kind: 'cannotRemember', detail: 'ENOSPC' })
    expect(model.state.notices).toEqual([
      { kind: 'noTrayHost', detail: '' },
      { kind: 'cannotRemember', detail: 'ENOSPC' },
    ])
  })

  test('of servers say which, as long as it holds of each', () => {
    model.addNotice({ kind: 'noStream', detail: '' }, 'a')
    model.addNotice({ kind: 'noStream', detail: '' }, 'b')
    model.addNotice({ kind: 'cannotRemember', detail: 'x' }, 'settings')
    expect(model.state.notices).toEqual([
      { kind: 'noStream', detail: '', serverIds: ['a', 'b'] },
      { kind: 'cannotRemember', detail: 'x' },
    ])
    model.removeNotice('noStream', 'a')
    expect(model.state.notices[0]).toEqual({ kind: 'noStream', detail: '', serverIds: ['b'] })
  })

  test('nobody is told of what is known already', () => {
    model.addNotice({ kind: 'noTrayHost', detail: '' })
    model.addNotice({ kind: 'noTrayHost', detail: '' })
    model.removeNotice('noTrayHost')
    model.removeNotice('noTrayHost')
    expect(told).toHaveBeenCalledTimes(2)
    expect(model.state.notices).toEqual([])
  })
})

describe('ends that nobody has looked at', () => {
  test('are counted once each, until they are looked at', () => {
    model.addUnseen('a')
    model.addUnseen('a')
    model.addUnseen('b')
    expect([...model.unseen]).toEqual(['a', 'b'])
    model.markAllSeen()
    model.markAllSeen()
    expect(model.unseen.size).toBe(0)
    expect(told).toHaveBeenCalledTimes(3)
  })

  test('no longer count where they turn out to be good', () => {
    model.addUnseen('a')
    model.removeUnseen('a')
    model.removeUnseen('never there')
    expect(model.unseen.size).toBe(0)
    expect(told).toHaveBeenCalledTimes(2)
  })
})

test('a listener that throws keeps nothing from the others, nor from whoever changed something', async () => {
  const faults = faultsOfThisTest()
  const fault = new TypeError('Object has been destroyed')
  const later = vi.fn<() => void>()
  const stop = model.onChange(() => {
    throw fault
  })
  model.onChange(later)
  model.addUnseen('key')
  stop()
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  expect(later).toHaveBeenCalledTimes(1)
  expect(faults).toEqual([fault])
})
