import { expect, test } from 'vitest'
import { commandOf } from '../../../src/main/platform/launch-arguments.ts'

test('a person who starts the app once more looks for its window', () => {
  expect(commandOf(['/opt/Wexflow Tray/wexflow-tray', '--no-sandbox'])).toEqual({ kind: 'showWindow' })
})

test('the system that does at login shows nobody a window', () => {
  expect(commandOf(['/opt/Wexflow Tray/wexflow-tray', '--no-sandbox', '--hidden'])).toBeNull()
})
