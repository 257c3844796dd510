import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { testEvent } from '../../../src/main/hand-on/end-event.ts'
import { environmentOf, runProgram } from '../../../src/main/hand-on/run-program.ts'
import { createTranslator } from '../../../src/shared/i18n.ts'

const event = {
  ...testEvent(createTranslator(['en-GB'])),
  workflow: 'Send $(invoices) "now"',
  durationMs: 5000,
}

/** A program that does what this script says. */
const script = (text: string, ...args: readonly string[]) => ({
  program: process.execPath,
  args: ['-e', text, '--', ...args],
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wexflow-tray-program-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

const failure = (problem: string, detail: string): object => ({
  ok: false,
  failure: { problem, detail },
  againAfterMs: null,
})

describe('a program', () => {
  test('gets its arguments as they were typed, what is known of the end in its environment, and no input', async () => {
    const file = join(await folder(), 'got.json')
    const write = `const { readFileSync, writeFileSync } = require('node:fs')
      const { WEXFLOW_WORKFLOW, WEXFLOW_DURATION_MS, WEXFLOW_JOB_ID, PATH } = process.env
      const input = readFileSync(0, 'utf8')
      writeFileSync(${JSON.stringify(file)}, JSON.stringify({
        args: process.argv.slice(1), WEXFLOW_WORKFLOW, WEXFLOW_DURATION_MS, WEXFLOW_JOB_ID, PATH, input }))`
    const args = ['a b', '$HOME', '"quoted"', '; rm -rf x', '']
    expect(await runProgram(script(write, ...args), event)).toEqual({ ok: true })
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      args,
      WEXFLOW_WORKFLOW: 'Send $(invoices) "now"',
      WEXFLOW_DURATION_MS: '5000',
      WEXFLOW_JOB_ID: '',
      PATH: process.env['PATH'],
      input: '',
    })
  })

  test('that fails is told with its exit code and its last line', async () => {
    const text = `console.log('begun'); console.error('no such phone\\u001b[0m\\n'); process.exitCode = 3`
    expect(await runProgram(script(text), event)).toEqual(failure('exitCode', '3: no such phone'))
    expect(await runProgram(script('process.exitCode = 1'), event)).toEqual(failure('exitCode', '1'))
  })

  test('that writes without end keeps no more than its last words', async () => {
    const text = `process.stdout.write('x'.repeat(5_000_000) + '\\nlast'); process.exitCode = 1`
    expect(await runProgram(script(text), event)).toEqual(failure('exitCode', '1: last'))
  })

  test('that takes too long is killed, with what it has begun', async () => {
    const file = join(await folder(), 'alive')
    const child = `setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(file)}, ''), 1500)`
    const text = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
      setInterval(() => {}, 1000)`
    expect(await runProgram(script(text), event, 300)).toEqual(failure('tooLong', ''))
    await new Promise((resolve) => setTimeout(resolve, 1700))
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  test('that leaves something running behind it has ended all the same', async () => {
    const text = `const { spawn } = require('node:child_process')
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit', detached: true }).unref()`
    // Were that waited for, this test's own limit would be over.
    expect(await runProgram(script(text), event)).toEqual({ ok: true })
  })

  test('that is not there, or may not be run, is told as such', async () => {
    const path = join(await folder(), 'program')
    expect(await runProgram({ program: path, args: [] }, event)).toEqual(failure('noProgram', ''))
    await writeFile(path, '#!/bin/sh\n', { mode: 0o600 })
    expect(await runProgram({ program: path, args: [] }, event)).toEqual(failure('notPermitted', ''))
  })

  test('that no system could run is told with the system’s word', async () => {
    const attempt = await runProgram({ program: process.execPath, args: ['a\0b'] }, event)
    expect(attempt).toEqual(failure('notRun', 'ERR_INVALID_ARG_VALUE'))
  })
})

test('the environment has every field of what is handed on, and nothing that ends a text early', () => {
  expect(Object.keys(environmentOf(event)).toSorted()).toEqual([
    'WEXFLOW_CORRECTS',
    'WEXFLOW_DURATION_MS',
    'WEXFLOW_ENDED_AT',
    'WEXFLOW_ERROR',
    'WEXFLOW_EVENT',
    'WEXFLOW_ID',
    'WEXFLOW_JOB_ID',
    'WEXFLOW_OUTCOME',
    'WEXFLOW_REASON',
    'WEXFLOW_SERVER',
    'WEXFLOW_TEXT',
    'WEXFLOW_TITLE',
    'WEXFLOW_WORKFLOW',
    'WEXFLOW_WORKFLOW_ID',
  ])
  expect(environmentOf({ ...event, error: 'a\0b' })['WEXFLOW_ERROR']).toBe('ab')
})
