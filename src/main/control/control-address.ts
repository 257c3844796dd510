import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Bytes of a socket's path that every system takes (macOS: 104 with the zero at its end). */
const longestPath = 103

export interface ControlAddressOptions {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The absolute folder in which the app remembers. */
  readonly userData: string
}

/**
 * Where the app that remembers in this folder listens for a command line: a socket in a folder of its own or, on Windows, a
 * pipe. It stands beside the app's files, where cron and ssh find it too, who know no `XDG_RUNTIME_DIR`; in that one where the
 * path would be too long. Null where there is no such folder either.
 */
export function controlAddress({ platform, env, userData }: ControlAddressOptions): string | null {
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 32)
  if (platform === 'win32') return String.raw`\\.\pipe\wexflow-tray-${name}`
  const beside = join(userData, 'control', 'socket')
  if (Buffer.byteLength(beside) <= longestPath) return beside
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  const short = join(runtime, 'wexflow-tray', name)
  return runtime !== '' && Buffer.byteLength(short) <= longestPath ? short : null
}
