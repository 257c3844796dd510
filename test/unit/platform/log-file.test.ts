import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import electronLog from 'electron-log/node'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LogFile } from '../../../src/main/platform/log-file.ts'
import { logLevelIn } from '../../../src/main/platform/log.ts'
import { mask, Redactor } from '../../../src/main/platform/redaction.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wexflow-tray-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const newLog = (where = folder, redactor = new Redactor()): LogFile =>
  new LogFile({ folder: where, level: 'info', redactor })

const lines = (log: LogFile): string[] =>
  readFileSync(log.path, 'utf8')
    .split(/\r?\n/u)
    .filter((line) => line !== '')

test('writes a line with its time and level', async () => {
  const log = newLog()
  await log.open()
  log.warn('the disk is full', 'ENOSPC')
  expect(lines(log)).toHaveLength(1)
  expect(lines(log)[0]).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S* \[warn\] +the disk is full ENOSPC$/u,
  )
})

test.each([
  ['as usual', {}, 'info'],
  ['for what is read and why', { WEXFLOW_TRAY_LOG: 'debug' }, 'debug'],
  ['as usual, for a word that is no level', { WEXFLOW_TRAY_LOG: 'all' }, 'info'],
])('keeps as much as the environment asks for: %s', (_what, env, level) => {
  expect(logLevelIn(env)).toBe(level)
})

test('what was logged before the file was open stands in it first, with its own time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 3, 12) })
  const log = newLog()
  log.info('one')
  log.info('two')
  vi.setSystemTime(Date.UTC(2026, 10, 24, 3, 13))
  await log.open()
  log.info('three')
  vi.useRealTimers()
  expect(lines(log).map((line) => [Date.parse(line.split(' ', 1)[0] ?? ''), line.split(' ').at(-1)])).toEqual(
    [
      [Date.UTC(2026, 10, 24, 3, 12), 'one'],
      [Date.UTC(2026, 10, 24, 3, 12), 'two'],
      [Date.UTC(2026, 10, 24, 3, 13), 'three'],
    ],
  )
})

test('is on the disk at once, also before the file is open', () => {
  const log = newLog(join(folder, 'not', 'yet'))
  log.info('a start')
  expect(lines(log)).toHaveLength(1)
})

test('lines before and after the file is open have one form', async () => {
  const log = newLog()
  const write = (): void => {
    log.info('the same')
    log.error('the same')
  }
  write()
  await log.open()
  write()
  const forms = lines(log).map((line) => line.replace(/^\S+/u, ''))
  expect(forms.slice(2)).toEqual(forms.slice(0, 2))
})

test.each(['pipe', 'folder'])('a %s in its place costs the log and nothing else', async (what) => {
  const log = newLog()
  if (what === 'pipe') execFileSync('mkfifo', [log.path])
  else mkdirSync(log.path)
  log.error('before it is open')
  await log.open()
  expect(() => log.error('after it')).not.toThrow()
})

test('leaves out what its level does not keep', async () => {
  const log = newLog()
  await log.open()
  log.debug('details')
  log.info('kept')
  expect(lines(log)).toHaveLength(1)
})

test('a secret does not reach the disk, whether it is known or only looks like one', async () => {
  const redactor = new Redactor()
  redactor.add('hunter2')
  const log = newLog(folder, redactor)
  log.info('held: hunter2')
  await log.open()
  log.error('sign-in failed', new Error('POST {"password":"swordfish"} for hunter2'))
  log.info('data', { token: 'abcdef', retries: 3 })
  const text = readFileSync(log.path, 'utf8')
  expect(text).not.toMatch(/hunter2|swordfish|abcdef/u)
  expect(text).toContain(`held: ${mask}`)
  expect(text).toContain('retries: 3')
})

test('an error is written with its stack and its cause', async () => {
  const log = newLog()
  await log.open()
  log.error('uncaught exception', new Error('outer', { cause: new Error('inner') }))
  const text = readFileSync(log.path, 'utf8')
  expect(text).toContain('Error: outer')
  expect(text).toContain('log-file.test.ts')
  expect(text).toContain('inner')
})

test.each(['100 % of $& and $1', '%s %d %j %c', '{text} {iso} {level}', 'Müller 日本'])(
  'text is written as it is: %s',
  async (text) => {
    const log = newLog()
    await log.open()
    log.info(text)
    expect(lines(log)[0]?.replace(/^.*?\[info\] +/u, '')).toBe(text)
  },
)

test('a full file is kept beside the new one, and no more than one', async () => {
  const log = newLog()
  await log.open()
  const long = 'x'.repeat(2 ** 16)
  for (let count = 0; count < 60; count += 1) log.info(long)
  const files = readdirSync(folder)
  expect(files).toHaveLength(2)
  for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThan(2 ** 20 + 2 ** 17)
})

test('tells its newest lines, the oldest of them first', async () => {
  const log = newLog()
  await log.open()
  for (const word of ['one', 'two', 'three']) log.info(word)
  expect((await log.tail(2)).map((line) => line.split(' ').at(-1))).toEqual(['two', 'three'])
  expect(await log.tail(50)).toHaveLength(3)
})

test('where there is no file there are no lines', async () => {
  expect(await newLog(join(folder, 'nowhere')).tail(10)).toEqual([])
})

test('a folder that can’t be written costs the log and nothing else', async () => {
  const blocked = join(folder, 'blocked')
  writeFileSync(blocked, 'a file where the folder should be')
  const log = newLog(blocked)
  log.info('held')
  await log.open()
  expect(() => log.error('written later')).not.toThrow()
  expect(await log.tail(10)).toEqual([])
})

test('what the file refuses is not said on the console, which may be gone', async () => {
  const onConsole = vi.fn<() => void>()
  electronLog.transports.console.writeFn = onConsole
  const log = newLog()
  await log.open()
  mkdirSync(log.path)
  log.info('refused')
  expect(onConsole).not.toHaveBeenCalled()
})
