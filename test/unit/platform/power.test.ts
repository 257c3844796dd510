import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { expect, test, vi } from 'vitest'
import { onWake } from '../../../src/main/platform/power.ts'

test('waking up and unlocking are told until nobody listens any more', () => {
  const emitter = new EventEmitter()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of Electron's 30 members two are used
  const powerMonitor = emitter as PowerMonitor
  const listener = vi.fn<() => void>()
  const stop = onWake(powerMonitor, listener)
  emitter.emit('suspend')
  emitter.emit('lock-screen')
  expect(listener).not.toHaveBeenCalled()
  emitter.emit('resume')
  emitter.emit('unlock-screen')
  expect(listener).toHaveBeenCalledTimes(2)
  stop()
  emitter.emit('resume')
  emitter.emit('unlock-screen')
  expect(listener).toHaveBeenCalledTimes(2)
})
