/** The command line: one process, from its words to its exit code. Plain Node. */
import { homedir } from 'node:os'
import { version } from '../../package.json'
import { codeOf } from '../main/platform/error-code.ts'
import { commandLineIn } from '../main/platform/launch-arguments.ts'
import { commandLine } from './command-line.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './terminal.ts'

const interruption = new AbortController()
process.on('SIGINT', () => interruption.abort())
process.on('SIGTERM', () => interruption.abort())

const outputOf = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY,
})

/** A fault of this program says nothing of the job: no exit code of an outcome may stand for it. */
const giveUp = (fault: unknown): void => {
  console.error(fault)
  process.exit(exitCodes.trouble)
}
process.on('uncaughtException', giveUp)
process.on('unhandledRejection', giveUp)

/** What the process ends with where its output can't be written: whoever reads may have had enough, a disk may be full. */
function unwritten(error: Error): number {
  if (codeOf(error) === 'EPIPE') return exitCodes.unread
  console.error(error.message)
  return exitCodes.trouble
}
process.stdout.on('error', (error) => process.exit(unwritten(error)))
// There is nobody left to tell.
process.stderr.on('error', () => {})

/** Resolves once all that was written has left this process. */
const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve())
  })

/** Also where the installed app runs this file. */
const words = commandLineIn(process.argv) ?? process.argv.slice(2)

const exitCode = await commandLine(words, {
  out: outputOf(process.stdout),
  err: outputOf(process.stderr),
  input: process.stdin,
  env: process.env,
  platform: process.platform,
  home: homedir(),
  version,
  interrupted: interruption.signal,
})
await Promise.all([drained(process.stdout), drained(process.stderr)])
// Electron ends a process a little later than it is told to: the first word may not have been the last.
const { errored } = process.stdout
process.exit(errored === null ? exitCode : unwritten(errored))
