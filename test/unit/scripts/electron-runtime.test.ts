import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findElectron, override } from '../../../scripts/electron-runtime.ts'

const found = (folder: string) => () => Promise.resolve({ folder })
const none = (reason: string) => () => Promise.resolve({ reason })
const unasked = () => Promise.reject(new Error('must not be asked'))

describe('which Electron runs', () => {
  it('takes the chosen one for tests and asks no other', async () => {
    const sources = { override: found('/chosen'), official: unasked, substitute: unasked }
    const runtime = await findElectron('tests', sources)
    expect(runtime).toMatchObject({ kind: 'override', folder: '/chosen', reasons: [] })
    expect(path.dirname(runtime.executable).startsWith('/chosen')).toBe(true)
  })

  it('prefers the official one to the substitute', async () => {
    const sources = { override: none('not set'), official: found('/official'), substitute: unasked }
    expect(await findElectron('tests', sources)).toMatchObject({ kind: 'official', folder: '/official' })
  })

  it('takes the substitute last, and knows why', async () => {
    const sources = { override: none('not set'), official: none('offline'), substitute: found('/other') }
    expect(await findElectron('tests', sources)).toMatchObject({
      kind: 'substitute',
      folder: '/other',
      reasons: ['not set', 'offline'],
    })
  })

  it('names every reason when there is none', async () => {
    const sources = { override: none('not set'), official: none('offline'), substitute: none('not here') }
    await expect(findElectron('tests', sources)).rejects.toThrow('not set; offline; not here')
  })

  it('gives a person the official one and nothing else', async () => {
    const sources = { override: unasked, official: none('offline'), substitute: unasked }
    await expect(findElectron('start', sources)).rejects.toThrow('offline')
  })
})

describe('ELECTRON_OVERRIDE_DIST_PATH', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'electron-override-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it.each([undefined, ''])('counts as not set when it is %j', async (value) => {
    expect(await override(value)).toHaveProperty('reason')
  })

  it.runIf(process.platform === 'linux')('is taken where it holds an executable', async () => {
    await writeFile(path.join(folder, 'electron'), '')
    expect(await override(folder)).toEqual({ folder })
  })

  it('is an error where it holds none, rather than a reason to run another', async () => {
    await expect(override(folder)).rejects.toThrow(`there is no ${folder}`)
  })
})
