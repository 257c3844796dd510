import { beforeEach, describe, expect, test } from 'vitest'
import { type Updater, Updates } from '../../../src/main/updates/updates.ts'
import type { Notice } from '../../../src/shared/app-state.ts'
import type { UpdateState } from '../../../src/shared/update.ts'
import { pass, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

const hourMs = 3_600_000

/** An app that can be updated, and all that happens to it. */
class Setup {
  readonly done: string[] = []
  readonly notices: Notice[] = []
  readonly logged: string[] = []
  isWanted = true
  /** What a look finds; an error fails. */
  found: string | null | Error = null
  readonly updates: Updates

  constructor(off?: Extract<UpdateState, { kind: 'off' }>) {
    const add = (message: string, detail?: unknown): void =>
      void this.logged.push(`${message} ${String(detail)}`)
    this.updates = new Updates({
      way: off ?? { kind: 'on', load: () => this.#load() },
      isWanted: () => this.isWanted,
      model: { addNotice: (notice) => this.notices.push(notice) },
      log: { info: add, warn: add },
    })
  }

  get looks(): number {
    return this.done.filter((what) => what === 'look').length
  }

  async #load(): Promise<Updater> {
    this.done.push('load')
    return {
      fetchNewer: async () => {
        this.done.push('look')
        if (this.found instanceof Error) throw this.found
        return this.found
      },
      holdBack: () => void this.done.push('hold back'),
      restart: () => void this.done.push('restart'),
    }
  }
}

describe('looking for a newer version', () => {
  test('begins minutes after the start, loads nothing before, and goes on once or more a day', async () => {
    const setup = new Setup()
    setup.updates.begin()
    await pass(4 * 60_000)
    expect(setup.done).toEqual([])
    await pass(7 * 60_000)
    expect(setup.done).toEqual(['load', 'look'])
    await pass(5 * hourMs)
    expect(setup.looks).toBe(1)
    await pass(240 * hourMs)
    expect(setup.looks).toBeGreaterThanOrEqual(10)
    expect(setup.looks).toBeLessThanOrEqual(41)
    expect(setup.done.filter((what) => what === 'load')).toHaveLength(1)
    setup.updates.stop()
  })

  test('is left alone where the person does not want it, and begins when they do', async () => {
    const setup = new Setup()
    setup.isWanted = false
    setup.updates.begin()
    await pass(100 * hourMs)
    expect(setup.done).toEqual([])
    setup.isWanted = true
    setup.updates.begin()
    await pass(hourMs)
    expect(setup.looks).toBe(1)
    setup.isWanted = false
    setup.updates.begin()
    await pass(100 * hourMs)
    expect(setup.looks).toBe(1)
  })

  test('a person can do at any time, and is told what came of it', async () => {
    const setup = new Setup()
    setup.isWanted = false
    expect(setup.updates.state).toEqual({ kind: 'current', checkedAt: null })
    const looking = setup.updates.check()
    expect(setup.updates.state).toEqual({ kind: 'checking' })
    expect(await looking).toEqual({ kind: 'current', checkedAt: Date.now() })
    expect(setup.updates.state).toEqual({ kind: 'current', checkedAt: Date.now() })
    expect(setup.looks).toBe(1)
  })

  test('that goes on already is waited for, and another one looks anew', async () => {
    const setup = new Setup()
    const looking = setup.updates.check()
    expect(await setup.updates.check()).toEqual({ kind: 'current', checkedAt: Date.now() })
    await looking
    expect(setup.looks).toBe(1)
    await setup.updates.check()
    expect(setup.looks).toBe(2)
  })

  test('that fails says so, without a path in the log, and is tried again', async () => {
    const setup = new Setup()
    setup.found = Object.assign(new Error('sha512 of /home/ann/.cache/x'), { code: 'ERR_CHECKSUM_MISMATCH' })
    setup.updates.begin()
    await pass(hourMs)
    expect(setup.updates.state).toMatchObject({ kind: 'failed' })
    expect(setup.notices).toEqual([])
    expect(setup.logged).toEqual(['no newer version could be fetched ERR_CHECKSUM_MISMATCH'])
    setup.updates.restart()
    expect(setup.done).not.toContain('restart')
    setup.found = '1.4.0'
    await pass(2 * hourMs)
    expect(setup.updates.state).toEqual({ kind: 'ready', version: '1.4.0' })
  })

  test('ends with the app', async () => {
    const setup = new Setup()
    setup.updates.begin()
    setup.updates.stop()
    await pass(100 * hourMs)
    expect(setup.done).toEqual([])
  })
})

describe('a version that is ready', () => {
  test('is said by a notice, not looked for again, and restarted to when the person wants it', async () => {
    const setup = new Setup()
    setup.found = '1.4.0'
    setup.updates.begin()
    await pass(100 * hourMs)
    expect(setup.looks).toBe(1)
    expect(setup.notices).toEqual([{ kind: 'updateReady', detail: '1.4.0' }])
    expect(await setup.updates.check()).toEqual({ kind: 'ready', version: '1.4.0' })
    setup.updates.restart()
    expect(setup.done).toEqual(['load', 'look', 'restart'])
  })

  test('is not installed while Windows ends', async () => {
    const setup = new Setup()
    setup.updates.holdBack()
    setup.found = '1.4.0'
    await setup.updates.check()
    setup.updates.holdBack()
    expect(setup.done).toEqual(['load', 'look', 'hold back'])
  })
})

test('an app that belongs to a package manager looks for nothing, not even when asked', async () => {
  const off = { kind: 'off', why: 'packageManager' } as const
  const setup = new Setup(off)
  setup.updates.begin()
  expect(await setup.updates.check()).toEqual(off)
  setup.updates.restart()
  await pass(100 * hourMs)
  expect(setup.done).toEqual([])
})
