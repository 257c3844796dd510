import { execFile, spawn, type StdioOptions } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

/** The repository's root. */
export const root = path.resolve(import.meta.dirname, '..')

/** What a person should read in one sentence, without a stack, and the exit code that the script then ends with. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed'
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

interface RunOptions {
  /** The child's whole environment; ours if absent. */
  readonly env?: NodeJS.ProcessEnv
  /** Sends the child's standard output to our standard error, for scripts whose own output is read by a program. */
  readonly outputToStderr?: boolean
}

/** A terminal's Ctrl+C reaches the child by itself; we stay until it has cleaned up, so as to pass on its exit code. */
const stay = (): void => {}

/**
 * Runs a command in the repository's root and waits for its end.
 * @returns its exit code; 128 + the signal's number if a signal ended it, as shells count
 * @throws StepFailed if the command can't be started
 */
export const run = async (
  command: string,
  commandArguments: readonly string[],
  { env = process.env, outputToStderr = false }: RunOptions = {},
): Promise<number> => {
  const stdio: StdioOptions = outputToStderr ? ['inherit', 2, 2] : 'inherit'
  const child = spawn(command, commandArguments, { cwd: root, env, stdio })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', stay)
  process.on('SIGTERM', forward)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(new StepFailed(`${command} can't be started: ${error.message}`)))
      child.once('close', (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      )
    })
  } finally {
    process.off('SIGINT', stay)
    process.off('SIGTERM', forward)
  }
}

/**
 * As `run`, for a step without which the rest makes no sense.
 * @throws StepFailed with the child's exit code if that is not 0
 */
export const mustRun = async (
  command: string,
  commandArguments: readonly string[],
  options?: RunOptions,
): Promise<void> => {
  const exitCode = await run(command, commandArguments, options)
  if (exitCode === 0) return
  const words = [command, ...commandArguments].map((word) => path.basename(word)).join(' ')
  throw new StepFailed(`${words} ended with exit code ${exitCode}`, exitCode)
}

/** Runs a command whose output nobody needs to see, unless it fails: see `firstErrorLine`. */
export const execute = promisify(execFile)

const failedCommand = z.object({ stderr: z.string() })

/** The first line that a command of `execute` wrote to its standard error; what a person needs of it, as a rule. */
export const firstErrorLine = (error: unknown): string => {
  const { data } = failedCommand.safeParse(error)
  const lines = data?.stderr.split('\n') ?? []
  return lines.find((line) => line !== '' && !line.startsWith('npm warn')) ?? String(error)
}

/** A file of an installed package, to be run by Node itself: the links in `.bin` are shell scripts on Windows. */
export const packageFile = (name: string, file: string): string => path.join(root, 'node_modules', name, file)

/** Builds the app into out/, and the command line. */
export const build = async (): Promise<void> => {
  await mustRun(process.execPath, [packageFile('electron-vite', 'bin/electron-vite.js'), 'build'])
  await mustRun(process.execPath, [packageFile('vite', 'bin/vite.js'), 'build', '-c', 'vite.cli.config.ts'])
}

/** Runs a script's body; its exit code, or a failed step's sentence and code, become the process's. */
export const script = async (body: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await body()
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(error.message)
    process.exitCode = error.exitCode
  }
}
