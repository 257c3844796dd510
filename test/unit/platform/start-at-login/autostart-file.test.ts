import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { AutostartFile, autostartPath } from '../../../../src/main/platform/start-at-login/autostart-file.ts'

let home: string
let file: string
let logged: string[]
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-autostart-'))
  file = autostartPath({}, home)
  logged = []
  onTestFinished(() => rm(home, { recursive: true }))
})

const add = (message: string, detail?: unknown): void => void logged.push(`${message} ${String(detail)}`)

/** The app as it is started by this program, which is made. */
async function app(name = 'Wexflow Tray.AppImage'): Promise<AutostartFile> {
  const program = path.join(home, name)
  await writeFile(program, '')
  return new AutostartFile({ path: file, program, log: { info: add, warn: add } })
}

test('it is off until somebody turns it on, and the file goes when it is turned off', async () => {
  const start = await app()
  expect(await start.read()).toBe('off')
  expect(await start.set(true)).toEqual({ state: 'on', problem: null })
  const text = await readFile(path.join(home, '.config/autostart/wexflow-tray.desktop'), 'utf8')
  expect(text).toContain(`Exec="${home}/Wexflow Tray.AppImage" --hidden\n`)
  expect(await start.read()).toBe('on')
  expect(await start.set(false)).toEqual({ state: 'off', problem: null })
  expect(await readdir(path.dirname(file))).toEqual([])
  expect(await start.set(false)).toEqual({ state: 'off', problem: null })
})

test('the folder is that of the environment, where it is absolute', () => {
  expect(autostartPath({ XDG_CONFIG_HOME: '/etc/ann' }, '/home/ann')).toBe(
    '/etc/ann/autostart/wexflow-tray.desktop',
  )
  expect(autostartPath({ XDG_CONFIG_HOME: 'ann' }, '/home/ann')).toBe(
    '/home/ann/.config/autostart/wexflow-tray.desktop',
  )
})

test('what the person turned off in the desktop’s settings is told so, and can be turned on again', async () => {
  const start = await app()
  await start.set(true)
  await writeFile(file, `${await readFile(file, 'utf8')}Hidden=true\n`)
  expect(await start.read()).toBe('turnedOff')
  expect(await start.set(true)).toEqual({ state: 'on', problem: null })
})

test('a copy elsewhere is told so, until this one takes its place', async () => {
  await (await app('first.AppImage')).set(true)
  const second = await app('second.AppImage')
  expect(await second.read()).toBe('otherCopy')
  await second.followMove()
  expect(await second.read()).toBe('otherCopy')
  expect(await second.set(true)).toEqual({ state: 'on', problem: null })
})

test('an app that was moved is followed, as long as it is on', async () => {
  const first = await app('first.AppImage')
  const moved = await app('moved.AppImage')
  await moved.followMove()
  expect(await moved.read()).toBe('off')
  await first.set(true)
  await rm(path.join(home, 'first.AppImage'))
  await moved.followMove()
  expect(await moved.read()).toBe('on')
  expect(logged.join()).not.toContain(home)
})

test('what the person turned off stays off when the app is moved', async () => {
  await (await app('first.AppImage')).set(true)
  await writeFile(file, `${await readFile(file, 'utf8')}X-GNOME-Autostart-enabled=false\n`)
  await rm(path.join(home, 'first.AppImage'))
  const moved = await app('moved.AppImage')
  await moved.followMove()
  expect(await moved.read()).toBe('turnedOff')
})

test.runIf(process.platform === 'linux').each([
  ['a full disk', '/dev/full', 'diskFull'],
  ['a place that nobody may write to', '/sys/kernel/uevent_seqnum', 'noPermission'],
] as const)('on %s nothing changes, and the reason is told', async (_what, target, problem) => {
  const start = await app()
  await mkdir(path.dirname(file), { recursive: true })
  // Where the new file is written before it takes the place of the old one.
  await symlink(target, `${file}.new`)
  expect(await start.set(true)).toEqual({ state: 'off', problem })
  expect(existsSync(file)).toBe(false)
  expect(logged.join()).toContain('could not be changed')
})

test('a folder that is none is a failure as well, and nobody knows then how it stands', async () => {
  const start = await app()
  await mkdir(path.join(home, '.config'))
  await writeFile(path.join(home, '.config/autostart'), '')
  expect(await start.set(true)).toEqual({ state: 'unknown', problem: 'failed' })
  await start.followMove()
  expect(logged.at(-1)).toBe('the autostart file could not follow the app ENOTDIR')
})
