import { beforeEach, expect, test } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { watchAttention } from '../../../src/main/window/attention.ts'
import type { View } from '../../../src/shared/ipc.ts'

/** The window, as far as a person looks at it. */
class Window {
  isFocused = false
  #listener: (() => void) | undefined

  onFocus(listener: () => void): void {
    this.#listener = listener
  }

  focus(): void {
    this.isFocused = true
    this.#listener?.()
  }
}

let window: Window
let model: AppModel
let page: View['page']

beforeEach(() => {
  window = new Window()
  model = new AppModel()
  page = 'jobs'
  watchAttention(window, model, () => ({ page, selectedKey: null, scrollTop: 0 }))
})

test('a bad end asks for attention until the list is brought before the person', () => {
  model.addUnseen('a')
  expect(model.unseen.size).toBe(1)
  window.focus()
  expect(model.unseen.size).toBe(0)
})

test('a bad end that comes before the eyes of the person asks for none', () => {
  window.focus()
  model.addUnseen('a')
  expect(model.unseen.size).toBe(0)
})

test('another page does not show it', () => {
  page = 'settings'
  window.focus()
  model.addUnseen('a')
  expect(model.unseen.size).toBe(1)
})
