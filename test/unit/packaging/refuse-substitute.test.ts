import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import manifest from '../../../package.json' with { type: 'json' }

const hook = new URL('../../../scripts/refuse-substitute.mjs', import.meta.url).href
const contextSchema = z.object({
  appOutDir: z.string(),
  packager: z.object({ appInfo: z.object({ version: z.string() }) }),
})
const hookSchema = z.object({ default: z.function({ input: [contextSchema] }) })

let appOutDir: string
beforeEach(() => {
  appOutDir = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-package-'))
  mkdirSync(path.join(appOutDir, 'resources'))
})
afterEach(() => rmSync(appOutDir, { recursive: true }))

/** Packages with an Electron of that version. */
const pack = async (version: string, appVersion = '1.2.3'): Promise<void> => {
  writeFileSync(path.join(appOutDir, 'version'), version)
  const loaded: unknown = await import(hook)
  hookSchema.parse(loaded).default({ appOutDir, packager: { appInfo: { version: appVersion } } })
}

test('a package is made with the Electron that the app is built for', async () => {
  await expect(pack(manifest.devDependencies.electron)).resolves.toBeUndefined()
})

test('and with no other version', async () => {
  await expect(pack('33.4.11')).rejects.toThrow(/official Electron .* this is Electron 33\.4\.11/u)
})

const plantDefaultApp = (): void => {
  mkdirSync(path.join(appOutDir, 'resources/app'))
  writeFileSync(path.join(appOutDir, 'resources/app/main.mjs'), '')
}

test('nor with the substitute that runs the tests, whatever version it says', async () => {
  plantDefaultApp()
  await expect(pack(manifest.devDependencies.electron)).rejects.toThrow('the substitute that runs the tests')
})

test('but one that says by its version that it is for tests, from which its default app is taken away', async () => {
  plantDefaultApp()
  await pack('33.4.11', '0.0.0-test')
  expect(existsSync(path.join(appOutDir, 'resources/app'))).toBe(false)
})
