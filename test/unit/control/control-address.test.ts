import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  controlAddress,
  forgetControlAddress,
  newControlAddress,
} from '../../../src/main/control/control-address.ts'
import { ownFolder } from './own-folder.ts'

const long = `/home/${'x'.repeat(100)}`

test('the socket stands beside the app’s files, also where XDG_RUNTIME_DIR is set', async () => {
  const env = { XDG_RUNTIME_DIR: '/run/user/1000' }
  for (const one of [{}, env]) {
    const where = { platform: 'linux', env: one, userData: '/home/ann/.config/Wexflow Tray' } as const
    expect(await controlAddress(where)).toBe('/home/ann/.config/Wexflow Tray/control/socket')
    expect(await newControlAddress(where)).toBe('/home/ann/.config/Wexflow Tray/control/socket')
  }
})

const inRuntimeFolder = (userData: string): Promise<string | null> =>
  controlAddress({ platform: 'linux', env: { XDG_RUNTIME_DIR: '/run/user/1000' }, userData })

test('where that is too long for a socket it stands in XDG_RUNTIME_DIR, one for each folder', async () => {
  expect(await inRuntimeFolder(long)).toMatch(/^\/run\/user\/1000\/wexflow-tray\/[0-9a-f]{32}$/u)
  expect(await inRuntimeFolder(long)).not.toBe(await inRuntimeFolder(`${long}y`))
})

const addressOf = (
  platform: NodeJS.Platform,
  userData: string,
  env: Record<string, string> = {},
): Promise<string | null> => controlAddress({ platform, env, userData })

test('its length counts in bytes', async () => {
  expect(await addressOf('darwin', `/Users/${'é'.repeat(43)}`)).toBeNull()
})

test('where neither is short enough there is none', async () => {
  expect(await addressOf('linux', long)).toBeNull()
  expect(await addressOf('linux', long, { XDG_RUNTIME_DIR: long })).toBeNull()
})

const onWindows = (userData: string) => ({ platform: 'win32', env: {}, userData }) as const

describe('on Windows it is a pipe', () => {
  test('with another name at each start, which command lines find in the app’s folder', async () => {
    const where = onWindows(await ownFolder())
    const first = await newControlAddress(where)
    expect(first).toMatch(/^\\\\\.\\pipe\\wexflow-tray-[0-9a-f]{32}$/u)
    expect(await controlAddress(where)).toBe(first)
    const second = await newControlAddress(where)
    expect(second).not.toBe(first)
    expect(await controlAddress(where)).toBe(second)
  })

  test('whose name only its user can read', async () => {
    const userData = await ownFolder()
    await newControlAddress(onWindows(userData))
    expect((await stat(join(userData, 'control'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(userData, 'control', 'pipe'))).mode & 0o777).toBe(0o600)
  })

  test('that nobody is to be asked by once the app has ended, or where none ever ran', async () => {
    const where = onWindows(await ownFolder())
    expect(await controlAddress(where)).toBeNull()
    await newControlAddress(where)
    await forgetControlAddress(where)
    expect(await controlAddress(where)).toBeNull()
    await forgetControlAddress(where)
  })

  test('which nothing else in that file can stand for', async () => {
    const where = onWindows(await ownFolder())
    await newControlAddress(where)
    const file = join(where.userData, 'control', 'pipe')
    const name = await readFile(file, 'utf8')
    for (const other of ['', `${name}\n`, name.slice(0, -1), String.raw`\\evil\pipe\wexflow-tray-0`]) {
      await writeFile(file, other)
      expect(await controlAddress(where)).toBeNull()
    }
  })

  test('that there is none of where its name can’t be written down', async () => {
    const userData = await ownFolder()
    await mkdir(join(userData, 'control', 'pipe'), { recursive: true })
    expect(await newControlAddress(onWindows(userData))).toBeNull()
  })
})
