import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { requestLock } from '../../../src/main/platform/single-instance.ts'

const main = path.join(import.meta.dirname, 'late-lock/main.ts')

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'single-instance-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('of processes that start at once one gets a lock that shows only a while after it was given', async () => {
  const folder = await emptyFolder()
  const starts = Array.from({ length: 4 }, () => fork(main, [folder], { execArgv: ['--import', 'tsx'] }))
  onTestFinished(() => starts.forEach((start) => void start.kill('SIGKILL')))
  await Promise.all(starts.map((start) => once(start, 'message')))
  const ends = starts.map((start) => once(start, 'exit'))
  for (const start of starts) start.send('go')
  const codes = await Promise.all(ends)
  expect(codes.filter(([code]) => code === 0)).toHaveLength(1)
  expect(codes.filter(([code]) => code === 1)).toHaveLength(3)
})

test('the answer is handed on, in a folder that is made if it is not there, and nothing is left there', async () => {
  const folder = path.join(await emptyFolder(), 'first/start')
  expect(requestLock(folder, () => existsSync(path.join(folder, 'starting')))).toBe(true)
  expect(existsSync(path.join(folder, 'starting'))).toBe(false)
  expect(requestLock(folder, () => false)).toBe(false)
})

test('a process that died while it asked keeps the next one waiting for a while, and no further one', async () => {
  const folder = await emptyFolder()
  await mkdir(path.join(folder, 'starting'))
  expect(requestLock(folder, () => true)).toBe(true)
  expect(existsSync(path.join(folder, 'starting'))).toBe(false)
})

test('a folder in which nothing can be made keeps nobody from starting', async () => {
  const file = path.join(await emptyFolder(), 'file')
  await writeFile(file, '')
  expect(requestLock(file, () => true)).toBe(true)
})
