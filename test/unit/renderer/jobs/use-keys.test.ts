import { expect, it } from 'vitest'
import { mayBeShortcut } from '../../../../src/renderer/jobs/keys/use-keys.ts'

const plain = {
  key: 's',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  defaultPrevented: false,
  repeat: false,
}

const usual = { isTyping: false, isInside: true, singleKeys: true }

it('a single key is a shortcut', () => {
  expect(mayBeShortcut(plain, usual)).toBe(true)
})

it.each([
  ['s', false],
  ['?', false],
  ['Escape', true],
  ['Delete', true],
])('where single keys are turned off, %s: %s', (key, isShortcut) => {
  expect(mayBeShortcut({ ...plain, key }, { ...usual, singleKeys: false })).toBe(isShortcut)
})

it.each([
  ['while somebody types', plain, true],
  ['with Ctrl', { ...plain, ctrlKey: true }, false],
  ['with Alt', { ...plain, altKey: true }, false],
  ['with Command', { ...plain, metaKey: true }, false],
  ['that something else has taken', { ...plain, defaultPrevented: true }, false],
])('none is one %s', (_name, pressed, isTyping) => {
  expect(mayBeShortcut(pressed, { ...usual, isTyping })).toBe(false)
})

it.each([
  ['ArrowDown', true, false],
  ['ArrowDown', false, true],
  ['j', true, true],
])('%s, where something has the focus: %s, is one: %s', (key, isInside, isShortcut) => {
  expect(mayBeShortcut({ ...plain, key }, { ...usual, isInside })).toBe(isShortcut)
})

it.each([
  ['r', false],
  ['R', false],
  ['Delete', false],
  ['Escape', false],
  ['j', true],
  ['K', true],
  ['e', true],
  ['ArrowDown', true],
])('%s that is held down is heard again: %s', (key, isHeard) => {
  expect(mayBeShortcut({ ...plain, key, repeat: true }, { ...usual, isInside: false })).toBe(isHeard)
})
