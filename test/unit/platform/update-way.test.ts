import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { updateWay } from '../../../src/main/platform/update-way.ts'

let resourcesPath: string
beforeEach(() => {
  resourcesPath = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-resources-'))
})
afterEach(() => rmSync(resourcesPath, { recursive: true }))

const wayOn = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isPackaged = true): string => {
  const execPath = path.join(resourcesPath, 'wexflow-tray')
  const mounted = 'APPIMAGE' in env ? { APPDIR: resourcesPath } : {}
  const way = updateWay({
    isPackaged,
    process: { platform, env: { ...mounted, ...env }, execPath, resourcesPath },
  })
  return way.kind === 'off' ? way.why : way.kind
}
/** Beside the resources, in a folder that can be written to. */
const appImage = { APPIMAGE: path.join(tmpdir(), 'Wexflow Tray.AppImage') }

test('an app that runs from its sources is never updated', () => {
  writeFileSync(path.join(resourcesPath, 'app-update.yml'), '')
  expect(wayOn('linux', appImage, false)).toBe('notInstalled')
  expect(wayOn('win32', {}, false)).toBe('notInstalled')
})

test('a package that does not say where newer versions are is not updated by the app', () => {
  expect(wayOn('linux', appImage)).toBe('noSource')
  expect(wayOn('win32', {})).toBe('noSource')
  expect(wayOn('darwin', {})).toBe('noSource')
})

test('an AppImage in a folder that can’t be written to is not', () => {
  writeFileSync(path.join(resourcesPath, 'app-update.yml'), '')
  expect(wayOn('linux', { APPIMAGE: '/nowhere/Wexflow Tray.AppImage' })).toBe('notWritable')
})

test('of the packages for Linux the AppImage is, the others belong to a package manager', () => {
  writeFileSync(path.join(resourcesPath, 'app-update.yml'), '')
  expect(wayOn('linux', appImage)).toBe('on')
  expect(wayOn('linux', {})).toBe('packageManager')
  // Started by another AppImage.
  expect(wayOn('linux', { ...appImage, APPDIR: '/tmp/.mount_terminal' })).toBe('packageManager')
  expect(wayOn('win32', {})).toBe('on')
  expect(wayOn('darwin', {})).toBe('on')
})
