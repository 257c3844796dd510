import { expect, it } from 'vitest'
import { acceleratorOf } from '../../../../src/renderer/settings/accelerator.ts'

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }

it.each([
  [{ ...none, code: 'KeyW', ctrlKey: true, altKey: true }, 'Control+Alt+W'],
  [{ ...none, code: 'Digit1', metaKey: true, shiftKey: true }, 'Shift+Super+1'],
  [{ ...none, code: 'Space', altKey: true }, 'Alt+Space'],
  [{ ...none, code: 'F9' }, 'F9'],
  [{ ...none, code: 'KeyW' }, null],
  [{ ...none, code: 'KeyW', shiftKey: true }, null],
  [{ ...none, code: 'ControlLeft', ctrlKey: true }, null],
  [{ ...none, code: 'Escape' }, null],
])('%j: %s', (pressed, accelerator) => {
  expect(acceleratorOf(pressed)).toBe(accelerator)
})
