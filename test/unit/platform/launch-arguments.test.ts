import { expect, test } from 'vitest'
import { commandLineIn, commandOf, deepLinkIn } from '../../../src/main/platform/launch-arguments.ts'

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

test.each<[argv: string[], words: string[] | null]>([
  [
    ['/app', 'run', 'Import orders', '--wait'],
    ['run', 'Import orders', '--wait'],
  ],
  [['/app', '--no-sandbox', 'list'], ['list']],
  [['/app', '--help'], ['--help']],
  [['/app', 'lst'], ['lst']],
  [
    ['/app', '--json', 'list'],
    ['--json', 'list'],
  ],
  [
    ['/app', '--server=office', 'list'],
    ['--server=office', 'list'],
  ],
  [
    ['/app', '--disable-gpu', '--command-line', '--', 'jobs', '--json'],
    ['jobs', '--json'],
  ],
  [['/app', '--command-line', '--'], []],
  [['/app'], null],
  [['/app', '--hidden'], null],
  [['/app', '--disable-gpu', 'list'], null],
  [['/app', '--user-data-dir', '/tmp/run', 'list'], null],
  [['/app', '/tmp/run'], null],
  [['/app', 'file:///tmp/run'], null],
  [['/app', '--hidden', 'run'], null],
  [['/app', 'wexflow-tray://start/run/list'], null],
  [['/app', 'wexflow-tray://start/a/1?v=', '--command-line', '--', 'run', '1'], null],
  [['/app', 'run', '1', 'wexflow-tray://job/a'], null],
  [['/app', '--user-data-dir=/tmp/run'], null],
  [['/usr/bin/node', '/out/cli/wexflow-tray.mjs', 'run', '1'], null],
])('the command line in %j is %j', (argv, words) => {
  expect(commandLineIn(argv)).toEqual(words)
})
