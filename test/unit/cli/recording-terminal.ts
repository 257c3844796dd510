import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { commandLine } from '../../../src/cli/command-line.ts'
import type { Terminal } from '../../../src/cli/terminal.ts'
import { serve, type ServedSim } from '../../wexflow-sim/http.ts'
import type { WexflowSim } from '../../wexflow-sim/sim.ts'

/** What a command line has said and ended with. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A command line under way. */
export interface Running {
  readonly ended: Promise<Ended>
  /** What it has said so far. */
  readonly said: () => string
  /** The same of standard error. */
  readonly complained: () => string
  readonly interrupt: () => void
}

/** A terminal, or two pipes, that keep what is written to them. */
export function start(
  words: readonly string[],
  { isTerminal = false, ...own }: Partial<Terminal> & { readonly isTerminal?: boolean } = {},
): Running {
  let out = ''
  let err = ''
  const interruption = new AbortController()
  const input: Terminal['input'] = new PassThrough()
  const code = commandLine(words, {
    out: { isTerminal, write: (text) => void (out += text) },
    err: { isTerminal, write: (text) => void (err += text) },
    input,
    env: { WEXFLOW_TRAY_PASSWORD: 'wexflow2018', LANG: 'en_GB.UTF-8' },
    platform: 'linux',
    home: '/nowhere',
    version: '1.2.3',
    interrupted: interruption.signal,
    ...own,
  })
  return {
    ended: code.then((ended) => ({ code: ended, out, err })),
    said: () => out,
    complained: () => err,
    interrupt: () => interruption.abort(),
  }
}

/** Runs a command line to its end. */
export const cli = (words: readonly string[], own: Parameters<typeof start>[1] = {}): Promise<Ended> =>
  start(words, own).ended

/** Serves a simulated server for one test. */
export async function served(sim: WexflowSim): Promise<ServedSim> {
  const server = await serve(sim)
  onTestFinished(async () => {
    sim.shutDown('killed')
    await server.close()
  })
  return server
}

/** The words that sign in there as the first user. */
export const as = (server: ServedSim): string[] => ['--server', server.origin, '--user', 'admin']
