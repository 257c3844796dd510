import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Bytes of a socket's path that every system takes (macOS: 104 with the zero at its end). */
const longestPath = 103

export interface ControlAddressOptions {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The absolute folder in which the app remembers. */
  readonly userData: string
}

/**
 * A socket in a folder of its own. It stands beside the app's files, where cron and ssh find it too, who know no
 * `XDG_RUNTIME_DIR`; in that one where the path would be too long. Null where there is no such folder either.
 */
function socketPath({ env, userData }: ControlAddressOptions): string | null {
  const beside = join(userData, 'control', 'socket')
  if (Buffer.byteLength(beside) <= longestPath) return beside
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 32)
  const short = join(runtime, 'wexflow-tray', name)
  return runtime !== '' && Buffer.byteLength(short) <= longestPath ? short : null
}

/** In the person's own folder, which other users can't read. */
const pipeFile = (userData: string): string => join(userData, 'control', 'pipe')

const pipeName = /^\\\\\.\\pipe\\wexflow-tray-[0-9a-f]{32}$/u

/**
 * Where an app that remembers in this folder is to listen for a command line: a socket or, on Windows, a pipe. A pipe stands
 * in no folder, and whoever takes its name first is asked: so it has another name at each start, which nobody can know
 * before, and which is written down where only command lines of the same user find it. Null where there can be none.
 */
export async function newControlAddress(options: ControlAddressOptions): Promise<string | null> {
  if (options.platform !== 'win32') return socketPath(options)
  const file = pipeFile(options.userData)
  const name = String.raw`\\.\pipe\wexflow-tray-${randomBytes(16).toString('hex')}`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(file, name, { mode: 0o600 })
    return name
  } catch {
    return null
  }
}

/** Where an app that remembers in this folder listens, if it runs. Null where none can. */
export async function controlAddress(options: ControlAddressOptions): Promise<string | null> {
  if (options.platform !== 'win32') return socketPath(options)
  const said = await readFile(pipeFile(options.userData), 'utf8').catch(() => '')
  return pipeName.test(said) ? said : null
}

/** The app does not listen any more: nobody else is to be asked by the name that it had. */
export async function forgetControlAddress({ platform, userData }: ControlAddressOptions): Promise<void> {
  if (platform === 'win32') await rm(pipeFile(userData), { force: true })
}
