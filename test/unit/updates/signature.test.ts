import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { NsisUpdater } from 'electron-updater'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { quietUpdater } from '../../../src/main/platform/electron-updater.ts'
import { listen } from '../wexflow/local-server.ts'

const installer = Buffer.from('an installer')
const sha512 = createHash('sha512').update(installer).digest('base64')
const file = 'Wexflow-Tray-Setup-2.0.0.exe'
const release = `version: 2.0.0\nfiles:\n  - url: ${file}\n    sha512: ${sha512}\n    size: ${installer.length}\n`

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'updates-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** Plain Node's way to a server: Electron's is not there. */
const httpExecutor = Object.assign(new ElectronHttpExecutor(), {
  createRequest: (options: RequestOptions, onResponse: (response: IncomingMessage) => void) =>
    request(options, onResponse),
})

/**
 * Windows' updater of an app at version 1.0.0, on plain Node.
 * @param signatureFault what Windows says of the installer's signature; null where it is the publisher's
 */
async function windowsUpdater(signatureFault: string | null) {
  const host = await listen(({ url = '' }, response) => {
    if (url.startsWith('/latest')) response.end(release)
    else if (url === `/${file}`) response.end(installer)
    else response.writeHead(404).end()
  })
  const configuration = path.join(folder, 'app-update.yml')
  await writeFile(
    configuration,
    `provider: generic\nurl: http://${host}\nupdaterCacheDirName: cache\npublisherName: The publisher\n`,
  )
  const asked: string[] = []
  const updater = new NsisUpdater(null, {
    version: '1.0.0',
    name: 'Wexflow Tray',
    isPackaged: true,
    appUpdateConfigPath: configuration,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  })
  Object.assign(updater, { httpExecutor })
  updater.verifyUpdateCodeSignature = (publishers) => {
    asked.push(...publishers)
    return Promise.resolve(signatureFault)
  }
  return { updater: quietUpdater(updater), asked }
}

const fetched = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.exe'))

test('on Windows an installer that somebody else has signed is thrown away, and there is nothing to install', async () => {
  const { updater, asked } = await windowsUpdater('signed by somebody else')
  await expect(updater.fetchNewer()).rejects.toThrow('not signed by the application owner')
  expect(asked).toEqual(['The publisher'])
  expect(await fetched()).toEqual([])
})

test('one that the publisher has signed is kept until the app ends', async () => {
  const { updater } = await windowsUpdater(null)
  expect(await updater.fetchNewer()).toBe('2.0.0')
  expect(await fetched()).toEqual([expect.stringContaining(file)])
})
