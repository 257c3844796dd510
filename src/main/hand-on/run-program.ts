import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import { cleanText } from '../../shared/clean-text.ts'
import type { HandOnFailure, ProgramTarget } from '../../shared/hand-on.ts'
import type { Attempt } from './call-url.ts'
import type { EndEvent } from './end-event.ts'

/** Milliseconds after which a program is killed. */
const programWithinMs = 30_000
/** Characters of what a program writes that are kept: the last ones, in which it says what is wrong. */
const mostOutput = 4096
/** Characters of its last line that are told. */
const longestLine = 200
/** Milliseconds that what a program has written is waited for once it has ended: what it has begun may hold it open. */
const outputWithinMs = 500

/** The fields of an event, each as `WEXFLOW_` and its name in capitals; empty where there is nothing to say. */
export const environmentOf = (event: EndEvent): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(event).map(([field, value]) => [
      `WEXFLOW_${field.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase()}`,
      // The end of a text, for the system.
      String(value ?? '').replaceAll('\0', ''),
    ]),
  )

export const isProgramPath = (path: string): boolean => isAbsolute(path)

/**
 * Runs a program once, without a shell: its arguments are what the person typed, and what is known of the end is in its
 * environment. Never rejects. It is not run again, whatever comes of it.
 */
export function runProgram(
  { program, args }: Pick<ProgramTarget, 'program' | 'args'>,
  event: EndEvent,
  withinMs = programWithinMs,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const fail = (problem: HandOnFailure['problem'], detail: string): void =>
      resolve({ ok: false, failure: { problem, detail }, againAfterMs: null })
    const child = start(program, args, event)
    if (child instanceof Error) {
      fail(...notBegun(child))
      return
    }
    let output = ''
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-mostOutput)
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep)
    let isTooLong = false
    const limit = setTimeout(() => {
      isTooLong = true
      killGroup(child.pid)
    }, withinMs)
    const settle = (code: number | null, signal: string | null): void => {
      child.stdout.destroy()
      child.stderr.destroy()
      if (isTooLong) fail('tooLong', '')
      else if (code === 0) resolve({ ok: true })
      else
        fail('exitCode', [String(code ?? signal), lastLine(output)].filter((part) => part !== '').join(': '))
    }
    child.once('error', (error) => {
      clearTimeout(limit)
      fail(...notBegun(error))
    })
    child.once('exit', (code, signal) => {
      clearTimeout(limit)
      const late = setTimeout(() => settle(code, signal), outputWithinMs)
      child.once('close', () => {
        clearTimeout(late)
        settle(code, signal)
      })
    })
  })
}

const isWindows = process.platform === 'win32'

/** What can't even be tried is an error as well. */
function start(program: string, args: readonly string[], event: EndEvent) {
  try {
    return spawn(program, args, {
      cwd: homedir(),
      env: { ...process.env, ...environmentOf(event) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Elsewhere than on Windows it leads a group of its own, which can be killed with all that it has begun.
      detached: !isWindows,
      windowsHide: true,
    })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(isWindows ? pid : -pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
}

function notBegun(error: Error): [HandOnFailure['problem'], string] {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  if (code === 'ENOENT') return ['noProgram', '']
  return code === 'EACCES' || code === 'EPERM' ? ['notPermitted', ''] : ['notRun', code]
}

const lastLine = (output: string): string => cleanText(output.trim().split('\n').at(-1) ?? '', longestLine)
