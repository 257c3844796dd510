import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { onLaunch } from '../../../src/main/platform/launches.ts'
import type { Command } from '../../../src/shared/commands.ts'

function launched(...launchArguments: string[]) {
  const app = new EventEmitter()
  const commands: Command[] = []
  onLaunch(app, ['/app', ...launchArguments], (command) => commands.push(command))
  return { app, commands }
}

test('the first start asks for nothing, unless it came with a deep link', () => {
  expect(launched().commands).toEqual([])
  expect(launched('--', 'wexflow-tray://job/a').commands).toEqual([
    { kind: 'openDeepLink', address: 'wexflow-tray://job/a' },
  ])
})

test('a second start shows the window or opens its link; that of the login does nothing', () => {
  const { app, commands } = launched()
  app.emit('second-instance', {}, ['/app', '--hidden'])
  expect(commands).toEqual([])
  app.emit('second-instance', {}, ['/app'])
  app.emit('second-instance', {}, ['/app', '--', 'wexflow-tray://job/b'])
  expect(commands).toEqual([
    { kind: 'showWindow' },
    { kind: 'openDeepLink', address: 'wexflow-tray://job/b' },
  ])
})

test('on macOS the Dock shows the window, and a link is taken from the system', () => {
  const { app, commands } = launched()
  let isTaken = false
  app.emit('activate')
  app.emit('open-url', { preventDefault: () => (isTaken = true) }, 'wexflow-tray://job/c')
  expect(isTaken).toBe(true)
  expect(commands).toEqual([
    { kind: 'showWindow' },
    { kind: 'openDeepLink', address: 'wexflow-tray://job/c' },
  ])
})
