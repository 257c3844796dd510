import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { finishBeforeQuit, quitOnSignals, quitWithSession } from '../../../src/main/platform/quit.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Electron's app, as far as its end goes. */
class App extends EventEmitter {
  readonly exit = vi.fn<() => void>()

  /** @returns whether the app would end by itself now */
  quit(): boolean {
    const event = { preventDefault: vi.fn<() => void>() }
    this.emit('will-quit', event)
    return event.preventDefault.mock.calls.length === 0
  }
}

const log = { error: vi.fn<(message: string, detail?: unknown) => void>(), info: (): void => {} }

/** Work that ends when the test says so. */
class Work {
  #end: (() => void) | undefined
  count = 0

  readonly finish = (): Promise<void> => {
    this.count += 1
    return new Promise((resolve) => {
      this.#end = resolve
    })
  }

  end(): void {
    this.#end?.()
  }
}

describe('finishBeforeQuit', () => {
  test('the app ends as soon as what must not be lost is done', async () => {
    const app = new App()
    const work = new Work()
    finishBeforeQuit(app, work.finish, log)
    expect(app.quit()).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    expect(app.exit).not.toHaveBeenCalled()
    work.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(app.exit).toHaveBeenCalledTimes(1)
  })

  test('but waits for it no longer than the two seconds that the system waits for it', async () => {
    const app = new App()
    finishBeforeQuit(app, new Work().finish, log)
    app.quit()
    await vi.advanceTimersByTimeAsync(1799)
    expect(app.exit).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(app.exit).toHaveBeenCalledTimes(1)
  })

  test('and ends as well where it failed', async () => {
    const app = new App()
    finishBeforeQuit(app, () => Promise.reject(new Error('disk full')), log)
    app.quit()
    await vi.advanceTimersByTimeAsync(0)
    expect(app.exit).toHaveBeenCalledTimes(1)
    expect(log.error).toHaveBeenCalledWith('the app could not finish', new Error('disk full'))
  })

  test('a second wish to quit does not do the work twice, nor ends the app before it is done', async () => {
    const app = new App()
    const work = new Work()
    finishBeforeQuit(app, work.finish, log)
    app.quit()
    expect(app.quit()).toBe(false)
    expect(work.count).toBe(1)
    work.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(app.exit).toHaveBeenCalled()
  })
})

describe('the app quits as by its menu', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('at each %s, whoever else listens to it', (signal) => {
    const from = new EventEmitter()
    const quit = vi.fn<() => void>()
    quitOnSignals(from, quit, log)
    // As when-exit does, which sends the signal again once it has done its work.
    from.once(signal, () => from.emit(signal))
    from.emit(signal)
    expect(quit).toHaveBeenCalledTimes(2)
    expect(from.listenerCount(signal)).toBe(1)
  })

  test('before the system shuts down, which waits for it', () => {
    const powerMonitor = new EventEmitter()
    const quit = vi.fn<() => void>()
    quitWithSession(powerMonitor, Object.assign(new EventEmitter(), { quit }), () => {})
    const event = { preventDefault: vi.fn<() => void>() }
    powerMonitor.emit('shutdown', event)
    expect(event.preventDefault).toHaveBeenCalled()
    expect(quit).toHaveBeenCalledTimes(1)
  })

  test('when a window is told that the session ends', () => {
    const app = Object.assign(new EventEmitter(), { quit: vi.fn<() => void>() })
    const before = vi.fn<() => void>(() => expect(app.quit).not.toHaveBeenCalled())
    quitWithSession(new EventEmitter(), app, before)
    const window = new EventEmitter()
    app.emit('browser-window-created', {}, window)
    window.emit('session-end')
    expect(before).toHaveBeenCalledTimes(1)
    expect(app.quit).toHaveBeenCalledTimes(1)
  })
})
