import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that serves in the background. */
export interface Daemon {
  /** Resolves to the first line that it writes; rejects where it could not be started or ended before. */
  readonly firstLine: () => Promise<string>
  readonly stop: () => Promise<void>
}

export interface DaemonOptions {
  readonly env?: NodeJS.ProcessEnv
  /** What it reads. */
  readonly input?: string
}

/** Starts a program. What it complains of is dropped: all of them complain of root's limits. */
export function startDaemon(
  command: string,
  commandArguments: readonly string[],
  { env = process.env, input }: DaemonOptions = {},
): Daemon {
  const daemon = spawn(command, commandArguments, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  // Whatever ends this process must not leave it behind.
  const kill = (): void => void daemon.kill()
  process.once('exit', kill)
  daemon.once('exit', () => process.off('exit', kill))
  // Those that read nothing may have closed it already.
  if (input !== undefined) daemon.stdin.end(input)
  const line = once(createInterface(daemon.stdout), 'line').then(([first]) => String(first))
  const ended = once(daemon, 'exit').then(([code]) => String(code))
  ended.catch(() => {})
  const failed = async (): Promise<never> => {
    throw new Error(`${command} ended with ${await ended} before it said where it is`)
  }
  return {
    firstLine: () => Promise.race([line, failed()]),
    stop: async () => {
      if (daemon.pid === undefined) return
      daemon.kill()
      await ended
    },
  }
}
