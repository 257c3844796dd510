import { execFileSync } from 'node:child_process'

const limitFiles = (bytes: string): void => {
  // The soft limit only: the hard one could not be raised again.
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
}

/**
 * Does something while no file of this process can grow beyond a size: what is written across it is taken in part and
 * the rest refused, with EFBIG, as a disk does that is about to be full, with ENOSPC. Linux only.
 */
export async function whileNoFileExceeds<Result>(
  bytes: number,
  work: () => Promise<Result>,
): Promise<Result> {
  // The system signals each refusal. Node ignores that, but electron-store's when-exit ends the process by it.
  process.removeAllListeners('SIGXFSZ')
  process.on('SIGXFSZ', () => {})
  limitFiles(String(bytes))
  try {
    return await work()
  } finally {
    limitFiles('unlimited')
  }
}
