import { expect, test } from 'vitest'
import { commandOf, deepLinkIn } from '../../../src/main/platform/launch-arguments.ts'

test('a person who starts the app once more looks for its window', () => {
  expect(commandOf(['/opt/Wexflow Tray/wexflow-tray', '--no-sandbox'])).toEqual({ kind: 'showWindow' })
})

test('the system that does at login shows nobody a window', () => {
  expect(commandOf(['/opt/Wexflow Tray/wexflow-tray', '--no-sandbox', '--hidden'])).toBeNull()
})

test.each([
  [['/app', 'wexflow-tray://job/a']],
  [
    [
      '/app',
      '--allow-file-access-from-files',
      '--',
      'WEXFLOW-TRAY://job/a',
      '--original-process-start-time=1',
    ],
  ],
  [['/app', '--hidden', 'wexflow-tray://job/a']],
])('a deep link is found among %j', (launchArguments) => {
  const command = { kind: 'openDeepLink', address: expect.stringMatching(/:\/\/job\/a$/u) }
  expect(commandOf(launchArguments)).toEqual(command)
  expect(deepLinkIn(launchArguments)).toEqual(command)
})

test('the first start of the app asks for nothing else', () => {
  expect(deepLinkIn(['/app', '--user-data-dir=/tmp/wexflow-tray:'])).toBeNull()
})
