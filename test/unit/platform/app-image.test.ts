import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { MountRefused, mountSmallDisk } from '../../desktop/small-disk.ts'
import { ownAppImage, replaceAppImage, startWhenEnded } from '../../../src/main/platform/app-image.ts'

let folder: string
let appImage: string
let fresh: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-app-image-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  appImage = path.join(folder, 'Wexflow Tray.AppImage')
  fresh = path.join(folder, 'fetched')
  await writeFile(appImage, 'old')
  await writeFile(fresh, 'new')
})

/** The AppImage that an app in the folder `mounted` takes for its own. */
const running = (env: NodeJS.ProcessEnv): string | null =>
  ownAppImage({ env, execPath: path.join(folder, 'mounted', 'wexflow-tray') })

describe('the AppImage that runs', () => {
  test('is the one whose mounted folder holds the executable, by whatever path that is named', async () => {
    const mounted = path.join(folder, 'mounted')
    await mkdir(mounted)
    await symlink(mounted, path.join(folder, 'link'))
    expect(running({ APPIMAGE: appImage, APPDIR: mounted })).toBe(appImage)
    expect(running({ APPIMAGE: appImage, APPDIR: path.join(folder, 'link') })).toBe(appImage)
  })

  test('is none where the variables are those of another, which started this one', async () => {
    await mkdir(path.join(folder, 'mount'))
    expect(running({ APPIMAGE: appImage, APPDIR: path.join(folder, 'mount') })).toBeNull()
    expect(running({ APPIMAGE: appImage, APPDIR: path.join(folder, 'gone') })).toBeNull()
    expect(running({ APPIMAGE: appImage })).toBeNull()
    expect(running({})).toBeNull()
  })
})

describe('a new AppImage', () => {
  test('takes the old one’s place and name, and can be run', async () => {
    replaceAppImage(fresh, appImage)
    expect(await readFile(appImage, 'utf8')).toBe('new')
    expect((await stat(appImage)).mode & 0o777).toBe(0o755)
    expect(await readdir(folder)).toEqual(['Wexflow Tray.AppImage'])
  })

  test.runIf(process.platform === 'linux')(
    'on a full disk leaves the old one as it was',
    async ({ skip }) => {
      const disk = await mountSmallDisk(2 ** 20).catch((error: unknown) => {
        if (error instanceof MountRefused) return skip(`no disk to fill: ${error.message}`)
        throw error
      })
      onTestFinished(() => disk.unmount())
      const there = path.join(disk.folder, 'Wexflow Tray.AppImage')
      await writeFile(there, Buffer.alloc(400_000, 'old'))
      await writeFile(fresh, Buffer.alloc(800_000, 'new'))
      expect(() => replaceAppImage(fresh, there)).toThrow('ENOSPC')
      expect(await readFile(there)).toEqual(Buffer.alloc(400_000, 'old'))
      expect(await readdir(disk.folder)).toEqual(['Wexflow Tray.AppImage'])
    },
  )

  test('that is gone leaves the old one as it was', async () => {
    await rm(fresh)
    expect(() => replaceAppImage(fresh, appImage)).toThrow('ENOENT')
    expect(await readFile(appImage, 'utf8')).toBe('old')
  })
})

/** A process that stays. */
function stay(): ChildProcess {
  const child = spawn('sleep', ['60'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test.skipIf(process.platform === 'win32')(
  'a program is started once a process has ended, and not before',
  async () => {
    const marker = path.join(folder, 'started')
    await writeFile(appImage, `#!/bin/sh\necho "$#" > '${marker}'\n`)
    await chmod(appImage, 0o755)
    const first = stay()
    startWhenEnded(first.pid ?? 0, appImage)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(existsSync(marker)).toBe(false)
    first.kill()
    await once(first, 'exit')
    await vi.waitFor(() => expect(existsSync(marker)).toBe(true), { timeout: 10_000 })
  },
)
