import { beforeEach, expect, test } from 'vitest'
import { AppModel } from '../../../src/main/state/app-model.ts'
import { watchAttention } from '../../../src/main/window/attention.ts'
import type { View } from '../../../src/shared/view.ts'

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
let looked: (string | null)[]

beforeEach(() => {
  window = new Window()
  model = new AppModel()
  page = 'jobs'
  looked = []
  watchAttention({
    window,
    model,
    view: () => ({ page, selectedKey: 'a', scrollTop: 0 }),
    onLookedAt: (key) => looked.push(key),
  })
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

test('that a person has come to the list, and to which job, is told; what changes while they are there is not', () => {
  page = 'settings'
  window.focus()
  expect(looked).toEqual([])
  page = 'jobs'
  window.focus()
  model.addUnseen('a')
  expect(looked).toEqual(['a'])
})
