import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'

/**
 * The absolute path of the AppImage that this process runs of; null where it runs of none. Whatever an AppImage starts
 * inherits its variables: another program's, such as a terminal's, are none of ours.
 */
export function ownAppImage({ env, execPath }: Pick<NodeJS.Process, 'env' | 'execPath'>): string | null {
  const { APPIMAGE: appImage, APPDIR: mounted } = env
  if (appImage === undefined || mounted === undefined || !existsSync(mounted)) return null
  return execPath.startsWith(`${realpathSync(mounted)}${path.sep}`) ? appImage : null
}

/**
 * Puts a new AppImage in the place of an old one: whatever goes wrong leaves the old one there, whole. The app that runs
 * of it goes on. Synchronous, since the app is about to end. Throws the file system's error.
 */
export function replaceAppImage(fresh: string, appImage: string): void {
  const beside = `${appImage}.new`
  rmSync(beside, { force: true })
  try {
    copyFileSync(fresh, beside, constants.COPYFILE_EXCL)
    chmodSync(beside, 0o755)
    toDisk(beside)
    renameSync(beside, appImage)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  rmSync(fresh, { force: true })
}

function toDisk(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Seconds that a process has to end. It takes two at most, see `finishBeforeQuit`. */
const endsWithin = 30

const startThen = `
  left=${endsWithin * 5}
  while kill -0 "$0" 2> /dev/null && [ "$left" -gt 0 ]; do sleep 0.2; left=$((left - 1)); done
  exec "$1"
`

/** Starts a program once this process has ended: earlier it would find the app running, show its window and end. */
export function startWhenEnded(pid: number, program: string): void {
  spawn('sh', ['-c', startThen, String(pid), program], { detached: true, stdio: 'ignore' }).unref()
}
