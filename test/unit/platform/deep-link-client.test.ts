import { expect, test } from 'vitest'
import { openDeepLinks } from '../../../src/main/platform/deep-link-client.ts'

/** What a system is asked for by the app that is installed on it, or runs from its sources. */
function asked(platform: NodeJS.Platform, isPackaged: boolean): unknown[] {
  const calls: unknown[] = []
  const setAsDefaultProtocolClient = (...call: unknown[]): boolean => calls.push(call) > 0
  openDeepLinks({ isPackaged, setAsDefaultProtocolClient }, platform, '/app')
  return calls
}

test('Windows and macOS are asked to open deep links with the app, Linux has its desktop entry', () => {
  // Behind the dashes a link can't be a switch of Chromium.
  expect(asked('win32', true)).toEqual([['wexflow-tray', '/app', ['--']]])
  expect(asked('darwin', true)).toEqual([['wexflow-tray']])
  expect(asked('linux', true)).toEqual([])
})

test('an app that runs from its sources leaves the system alone', () => {
  expect(asked('win32', false)).toEqual([])
  expect(asked('darwin', false)).toEqual([])
})
