import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exitCodes } from '../../cli/exit-codes.ts'
import { commandLineArgument } from './launch-arguments.ts'

/** A command line shows nothing of the web: it needs neither a display nor a graphics driver nor a sandbox for pages. */
const withoutDisplay = ['--ozone-platform=headless', '--disable-gpu', '--no-sandbox', '--log-level=3']

/** Milliseconds between two looks whether the process that waits for this one is still there. */
const lookForWaiterMs = 500

export interface CommandLineOptions {
  readonly words: readonly string[]
  readonly process: NodeJS.Process
  /** The absolute folder of what was built. */
  readonly built: string
}

/**
 * Runs the command line in place of the app. Chromium on Linux ends a process that has no display, and only listens to
 * being told so when it starts: there another process does the work, and this one waits for it before Chromium looks.
 */
export function runCommandLine({ words, process, built }: CommandLineOptions): void {
  if (process.platform === 'linux' && !process.argv.includes(commandLineArgument)) {
    // Ctrl+C reaches both: this one stays until the other has said what it has to say.
    process.on('SIGINT', () => {})
    const all = [...withoutDisplay, commandLineArgument, '--', ...words]
    const { status } = spawnSync(process.execPath, all, { stdio: 'inherit' })
    process.exit(status ?? exitCodes.trouble)
  }
  if (process.platform === 'linux') endWithWaiter(process)
  void import(/* @vite-ignore */ pathToFileURL(join(built, 'cli', 'wexflow-tray.mjs')).href)
}

/** A signal that ends the process which was called, ends the one that does its work as well. */
function endWithWaiter(process: NodeJS.Process): void {
  const waiter = process.ppid
  setInterval(() => {
    if (process.ppid !== waiter) process.kill(process.pid, 'SIGTERM')
  }, lookForWaiterMs)
}
