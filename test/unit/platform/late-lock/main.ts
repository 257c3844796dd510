import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requestLock } from '../../../../src/main/platform/single-instance.ts'

/** A start of an app whose lock, as Chromium's, can be seen only a while after it was asked for. */
const [, , folder = ''] = process.argv
const listening = join(folder, 'listening')

const requestLateLock = (): boolean => {
  if (existsSync(listening)) return false
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  writeFileSync(listening, '')
  return true
}

process.once('message', () => process.exit(requestLock(folder, requestLateLock) ? 0 : 1))
process.send?.('ready')
