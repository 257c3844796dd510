import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppStore, type AppStoreProblem } from '../../../src/main/settings/app-store.ts'
import { ElectronSettingsFile, type SettingsFile } from '../../../src/main/settings/settings-file.ts'
import type { Profile } from '../../../src/shared/app-state.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { whileNoFileExceeds } from '../largest-file.ts'

const profile: Profile = { id: 'p1', baseUrl: 'http://host:8000', username: 'admin', staySignedIn: true }

let folder: string
let problems: (AppStoreProblem | null)[]

const open = (where = folder): AppStore =>
  new AppStore({ file: new ElectronSettingsFile(where), onProblem: (problem) => problems.push(problem) })

beforeEach(() => {
  // electron-store imports electron, whose npm package tries to download Electron in plain Node unless it is told a path.
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', tmpdir())
  folder = mkdtempSync(join(tmpdir(), 'wexflow-tray-settings-'))
  problems = []
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const content = (): string => readFileSync(join(folder, 'settings.json'), 'utf8')

describe('what is saved is there in the next run', () => {
  test('a new user has the defaults, and no file until something is saved', async () => {
    const store = open()
    expect(store.settings).toEqual(defaultSettings)
    expect(store.activeProfile).toBeNull()
    await store.flush()
    expect(readdirSync(folder)).toEqual([])
  })

  test('everything', async () => {
    const store = open()
    store.saveSettings({ ...defaultSettings, keepJobs: 50 })
    store.saveProfile(profile)
    store.setFavourite('p1', 41, true)
    store.setFavourite('p1', 42, true)
    store.setFavourite('p1', 41, false)
    store.saveSealedPassword('p1', 'c2VhbGVk')
    store.saveMutedUntil(1_000_000)
    store.saveView({ page: 'settings', selectedKey: 'k', scrollTop: 12 })
    store.saveWindowBounds({ x: 1, y: 2, width: 800, height: 600 })
    await store.flush()

    const next = open()
    expect(next.settings.keepJobs).toBe(50)
    expect(next.activeProfile).toEqual(profile)
    expect([...next.favourites('p1')]).toEqual([42])
    expect(next.sealedPassword('p1')).toBe('c2VhbGVk')
    expect(next.mutedUntil).toBe(1_000_000)
    expect(next.view).toEqual({ page: 'settings', selectedKey: 'k', scrollTop: 12 })
    expect(next.windowBounds).toEqual({ x: 1, y: 2, width: 800, height: 600 })
    expect(problems).toEqual([])
  })

  test('only this user may read the file', async () => {
    const store = open()
    store.saveProfile(profile)
    await store.flush()
    expect(statSync(join(folder, 'settings.json')).mode & 0o077).toBe(0)
  })

  test('fields of a newer version survive a change by this one', async () => {
    const store = open()
    store.saveProfile(profile)
    await store.flush()
    const newer = JSON.parse(content())
    newer.theme = 'dark'
    newer.settings.sounds = [22, 7]
    newer.profiles.list[0].certificate = 'corp.pem'
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(newer))

    const older = open()
    older.saveSettings({ ...defaultSettings, keepJobs: 20 })
    older.saveProfile({ ...profile, username: 'maria' })
    await older.flush()
    const after = JSON.parse(content())
    expect(after).toMatchObject({ theme: 'dark', settings: { sounds: [22, 7], keepJobs: 20 } })
    expect(after.profiles.list).toEqual([{ ...profile, username: 'maria', certificate: 'corp.pem' }])
  })
})

describe('profiles', () => {
  test('several are followed, the last saved one is active, and a sign-out forgets none', async () => {
    const store = open()
    const other = { ...profile, id: 'p2', username: 'bob' }
    store.saveProfile(profile)
    store.saveProfile(other)
    expect(store.activeProfile).toEqual(other)
    store.saveProfile(profile)
    expect(store.activeProfile).toEqual(profile)
    expect([...store.followed]).toEqual(['p2', 'p1'])
    store.unfollow('p1')
    expect(store.activeProfile).toEqual(other)
    store.unfollow('p2')
    expect(store.activeProfile).toBeNull()
    expect(store.profiles).toEqual([profile, other])
    await store.flush()
  })

  test('a forgotten password leaves the other profile’s alone', async () => {
    const store = open()
    store.saveSealedPassword('p1', 'Zmlyc3Q=')
    store.saveSealedPassword('p2', 'two')
    store.saveSealedPassword('p1', null)
    expect([store.sealedPassword('p1'), store.sealedPassword('p2')]).toEqual([null, 'two'])
    await store.flush()
    expect(content()).not.toContain('Zmlyc3Q=')
  })
})

test('view and bounds wait for each other, everything else is written at once', async () => {
  const store = open()
  store.saveProfile(profile)
  await store.flush()
  const before = content()
  vi.useFakeTimers()
  store.saveView({ page: 'jobs', selectedKey: null, scrollTop: 7 })
  await vi.advanceTimersByTimeAsync(900)
  expect(content()).toBe(before)
  await vi.advanceTimersByTimeAsync(200)
  expect(JSON.parse(content()).view.scrollTop).toBe(7)
})

describe('a damaged file', () => {
  test.each([
    ['cut off', '{"version":1,"settings":{'],
    ['empty', ''],
    ['no object', '[]'],
  ])('%s: is kept aside and told, and the app has its defaults', async (_name, text) => {
    writeFileSync(join(folder, 'settings.json'), text)
    const store = open()
    expect(store.settings).toEqual(defaultSettings)
    const keptAs = readdirSync(folder).find((file) => file.startsWith('settings.json.damaged-'))
    expect(problems).toEqual([{ kind: 'damaged', keptAs }])
    expect(readFileSync(join(folder, keptAs ?? ''), 'utf8')).toBe(text)
    await store.flush()
    open()
    expect(problems).toHaveLength(1)
  })

  test('what is whole in it is used, and is still there in the run after', async () => {
    const healthy = open()
    healthy.saveProfile(profile)
    await healthy.flush()
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...JSON.parse(content()), view: 3 }))
    const salvaged = open()
    await salvaged.flush()
    expect(salvaged.activeProfile).toEqual(profile)
    expect(open().activeProfile).toEqual(profile)
    expect(problems).toHaveLength(1)
  })
})

test('a profile that can’t be read costs that profile, and no other', async () => {
  const healthy = open()
  const other = { ...profile, id: 'p2', username: 'bob' }
  healthy.saveProfile(profile)
  healthy.saveProfile(other)
  healthy.setFavourite('p2', 41, true)
  healthy.saveSealedPassword('p2', 'two')
  await healthy.flush()
  const damaged = JSON.parse(content())
  damaged.profiles.list[0] = { id: 'p1', baseUrl: 8000 }
  damaged.favourites.p1 = 'all'
  damaged.sealedPasswords.p1 = null
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(damaged))
  const store = open()
  expect(store.profiles).toEqual([other])
  expect(store.activeProfile).toEqual(other)
  expect([...store.favourites('p2')]).toEqual([41])
  expect(store.sealedPassword('p2')).toBe('two')
  expect(problems).toMatchObject([{ kind: 'damaged' }])
})

test('a mark of the byte order costs nothing', async () => {
  const healthy = open()
  healthy.saveProfile(profile)
  await healthy.flush()
  writeFileSync(join(folder, 'settings.json'), `\uFEFF${content()}`)
  expect(open().activeProfile).toEqual(profile)
  expect(problems).toEqual([])
})

test.each(['settings.json', 'settings.json.new'])(
  'a pipe or a folder that is called %s holds nobody',
  async (file) => {
    for (const make of [mkdirSync, (path: string) => execFileSync('mkfifo', [path])]) {
      make(join(folder, file))
      const store = open()
      store.saveProfile(profile)
      await store.flush()
      expect(open().activeProfile).toEqual(profile)
      rmSync(join(folder, 'settings.json'))
    }
    const told = file === 'settings.json' ? ['damaged', 'damaged'] : []
    expect(problems.map((problem) => problem?.kind)).toEqual(told)
  },
)

test('a file that can neither be read nor moved is not written over; the app runs on its memory', async () => {
  vi.useFakeTimers()
  const write = vi.fn<() => Promise<void>>(async () => {})
  const locked: SettingsFile = { read: () => ({ kind: 'unreadable' }), write, setAside: () => null }
  const store = new AppStore({ file: locked, onProblem: (problem) => problems.push(problem) })
  store.saveProfile(profile)
  store.saveView({ page: 'settings', selectedKey: null, scrollTop: 0 })
  await vi.advanceTimersByTimeAsync(2000)
  await store.flush()
  expect(write).not.toHaveBeenCalled()
  expect(store.activeProfile).toEqual(profile)
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'unreadable' }])
})

test('a disk that refuses is told once, the app goes on, and it is told when it writes again', async () => {
  const where = join(folder, 'data')
  const store = open(where)
  writeFileSync(where, 'a file where the folder should be')
  store.saveProfile(profile)
  store.setFavourite('p1', 41, true)
  await store.flush()
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'ENOTDIR' }])
  expect(store.activeProfile).toEqual(profile)

  rmSync(where)
  store.setFavourite('p1', 42, true)
  await store.flush()
  expect(problems).toHaveLength(2)
  expect(problems[1]).toBeNull()
  expect([...open(where).favourites('p1')]).toEqual([41, 42])
})

test('a disk that refused is tried again by itself', async () => {
  vi.useFakeTimers()
  const write = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('no room')).mockResolvedValue()
  const full: SettingsFile = { read: () => ({ kind: 'missing' }), write, setAside: () => null }
  const store = new AppStore({ file: full, onProblem: (problem) => problems.push(problem) })
  store.saveProfile(profile)
  await vi.advanceTimersByTimeAsync(29_000)
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'unknown' }])
  await vi.advanceTimersByTimeAsync(2000)
  expect(problems.at(-1)).toBeNull()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(write).toHaveBeenCalledTimes(2)
})

test('what the disk takes only in part does not take the place of what was whole', async () => {
  const store = open()
  store.saveProfile(profile)
  await store.flush()
  const before = content()
  await whileNoFileExceeds(before.length, () => {
    for (let workflow = 0; workflow < 100; workflow += 1) store.setFavourite('p1', workflow, true)
    return store.flush()
  })
  expect(content()).toBe(before)
  expect(problems).toEqual([{ kind: 'cannotWrite', code: 'ENOSPC' }])
  await store.flush()
  expect(open().favourites('p1').size).toBe(100)
  expect(problems.at(-1)).toBeNull()
  expect(readdirSync(folder)).toEqual(['settings.json'])
})
