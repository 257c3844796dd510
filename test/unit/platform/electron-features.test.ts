import { expect, test } from 'vitest'
import { hasAsyncSafeStorage } from '../../../src/main/platform/electron-features.ts'

test.each([
  ['Electron 33', { encryptString: (text: string) => Buffer.from(text) }, false],
  ['Electron 45', { encryptStringAsync: async (text: string) => Buffer.from(text) }, true],
])('%s has the asynchronous safeStorage: %s', (_name, safeStorage, expected) => {
  expect(hasAsyncSafeStorage(safeStorage)).toBe(expected)
})
