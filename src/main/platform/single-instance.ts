import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './error-code.ts'

/** Far longer than a process takes to get the lock, and short enough for a start after a crash in that moment. */
const patienceMs = 1000
const stepMs = 5

/**
 * Asks for the lock that lets only one of the app's processes go on, one process after the other. Chromium's lock on
 * Linux and macOS is a link, made a moment before its owner listens: a process that looks in between takes it for that
 * of a dead one, replaces it, and both go on with one file of jobs (of 900 pairs of starts on a busy machine, 29 did).
 * The turnstile is a folder, which only one of them can make. Blocks, since nothing may begin before the answer.
 * @param folder where the app remembers; made if it is not there
 * @param request asks for the lock; the answer is handed on
 */
export function requestLock(folder: string, request: () => boolean): boolean {
  tryTo(() => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  const turnstile = join(folder, 'starting')
  const until = performance.now() + patienceMs
  while (isOccupied(turnstile) && performance.now() < until) sleep(stepMs)
  try {
    return request()
  } finally {
    // Also for those who wait for one that died within.
    tryTo(() => rmdirSync(turnstile))
  }
}

/** Tries to enter. A folder that can't be made for another reason, such as a full disk, keeps nobody from starting. */
function isOccupied(turnstile: string): boolean {
  try {
    mkdirSync(turnstile)
    return false
  } catch (error) {
    return codeOf(error) === 'EEXIST'
  }
}

/** For what the start does not depend on. */
function tryTo(act: () => void): void {
  try {
    act()
  } catch {
    // Whether the app can remember anything is decided where it reads and writes its files.
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
