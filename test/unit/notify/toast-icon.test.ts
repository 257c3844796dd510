import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { toastPictures } from '../../../scripts/icon-rasters.ts'
import { toastIconFile } from '../../../src/main/notify/toast-icon.ts'

const assets = path.resolve(import.meta.dirname, '../../../assets')

test.each(toastPictures)('the picture of %s is there', (icon) => {
  expect(existsSync(toastIconFile(assets, icon) ?? '')).toBe(true)
})

test('in a packaged app the desktop finds it beside the archive', () => {
  expect(toastIconFile('/opt/Wexflow Tray/resources/app.asar/assets', 'done')).toBe(
    '/opt/Wexflow Tray/resources/app.asar.unpacked/assets/toast/done.png',
  )
})

test('the app’s own icon is no picture', () => {
  expect(toastIconFile(assets, 'app')).toBeNull()
})
