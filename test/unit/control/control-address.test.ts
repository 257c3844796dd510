import { expect, test } from 'vitest'
import { controlAddress } from '../../../src/main/control/control-address.ts'

const long = `/home/${'x'.repeat(100)}`

test('the socket stands beside the app’s files, also where XDG_RUNTIME_DIR is set', () => {
  const env = { XDG_RUNTIME_DIR: '/run/user/1000' }
  for (const one of [{}, env])
    expect(controlAddress({ platform: 'linux', env: one, userData: '/home/ann/.config/Wexflow Tray' })).toBe(
      '/home/ann/.config/Wexflow Tray/control/socket',
    )
})

const inRuntimeFolder = (userData: string): string | null =>
  controlAddress({ platform: 'linux', env: { XDG_RUNTIME_DIR: '/run/user/1000' }, userData })

test('where that is too long for a socket it stands in XDG_RUNTIME_DIR, one for each folder', () => {
  expect(inRuntimeFolder(long)).toMatch(/^\/run\/user\/1000\/wexflow-tray\/[0-9a-f]{32}$/u)
  expect(inRuntimeFolder(long)).not.toBe(inRuntimeFolder(`${long}y`))
})

test('its length counts in bytes', () => {
  expect(controlAddress({ platform: 'darwin', env: {}, userData: `/Users/${'é'.repeat(43)}` })).toBeNull()
})

test('where neither is short enough there is none', () => {
  expect(controlAddress({ platform: 'linux', env: {}, userData: long })).toBeNull()
  expect(controlAddress({ platform: 'linux', env: { XDG_RUNTIME_DIR: long }, userData: long })).toBeNull()
})

const onWindows = (userData: string): string | null =>
  controlAddress({ platform: 'win32', env: {}, userData })

test('on Windows it is a pipe, one for each folder', () => {
  expect(onWindows('C:\\Users\\ann')).toMatch(/^\\\\\.\\pipe\\wexflow-tray-[0-9a-f]{32}$/u)
  expect(onWindows('C:\\Users\\ann')).not.toBe(onWindows('C:\\Users\\bob'))
})
