import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm, rmdir, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'

/** A disk of a test's own, so small that it can be filled; it lies in memory. */
export interface SmallDisk {
  /** Where it is mounted, empty at first. */
  readonly folder: string
  /** Takes all the room that is left, to the last byte. */
  fill(): Promise<void>
  /** Gives back what `fill` took, or only so many bytes of it. */
  makeRoom(bytes?: number): Promise<void>
  /** Takes the disk and its folder away, also from those who have files open there. */
  unmount(): Promise<void>
}

/** Why there can be no such disk: what the system says. */
export class MountRefused extends Error {
  override readonly name = 'MountRefused'
}

/** Its input ends with the process that started it, however that ends: no mount is left behind. */
const mountUntilInputEnds = `
  mount -t tmpfs -o size="$1" wexflow-tray-test "$0" || exit
  echo mounted
  cat
  umount --lazy "$0"
  rmdir "$0"
`

/**
 * Mounts such a disk.
 * @param bytes how much it holds
 * @throws MountRefused where this process may not: that takes root, or a namespace of one's own (`unshare -Urm`)
 */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-disk-'))
  // In a group of its own, since Ctrl+C ends the whole group of a terminal at once.
  const keeper = spawn('sh', ['-c', mountUntilInputEnds, folder, String(bytes)], { detached: true })
  const ended = once(keeper, 'exit')
  const complaint = text(keeper.stderr)
  const answer = await Promise.race([once(keeper.stdout, 'data'), ended.then(() => null)])
  if (answer === null) {
    await rmdir(folder)
    throw new MountRefused((await complaint).split('\n', 1)[0])
  }
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    fill: () => appendFile(ballast, Buffer.alloc(bytes)).catch(refuseUnlessFull),
    makeRoom: async (room) => {
      if (room === undefined) await rm(ballast)
      else await truncate(ballast, (await stat(ballast)).size - room)
    },
    unmount: async () => {
      keeper.stdin.end()
      await ended
      // Processes of an app that was killed may have made the folder anew.
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** A write of more than there is room for takes what there is, and is refused then. */
function refuseUnlessFull(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return
  throw error
}
