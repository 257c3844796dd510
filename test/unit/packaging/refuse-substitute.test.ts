import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import manifest from '../../../package.json' with { type: 'json' }

const hook = new URL('../../../scripts/refuse-substitute.mjs', import.meta.url).href
const hookSchema = z.object({ default: z.function({ input: [z.object({ appOutDir: z.string() })] }) })

let appOutDir: string
beforeEach(() => {
  appOutDir = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-package-'))
  mkdirSync(path.join(appOutDir, 'resources'))
})
afterEach(() => rmSync(appOutDir, { recursive: true }))

const pack = async (version: string): Promise<void> => {
  writeFileSync(path.join(appOutDir, 'version'), version)
  const loaded: unknown = await import(hook)
  hookSchema.parse(loaded).default({ appOutDir })
}

test('a package is made with the Electron that the app is built for', async () => {
  await expect(pack(manifest.devDependencies.electron)).resolves.toBeUndefined()
})

test('and with no other version', async () => {
  await expect(pack('33.4.11')).rejects.toThrow(/official Electron .* this is Electron 33\.4\.11/u)
})

test('nor with the substitute that runs the tests, whatever version it says', async () => {
  mkdirSync(path.join(appOutDir, 'resources/app'))
  writeFileSync(path.join(appOutDir, 'resources/app/main.mjs'), '')
  await expect(pack(manifest.devDependencies.electron)).rejects.toThrow('the substitute that runs the tests')
})
