import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for one test, with a path that is short enough for a socket below it. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wt-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
