// What electron-builder asks once it has put an Electron where the package is made: nobody may be given the one that the
// tests run on where they can't have the official one. JavaScript, since electron-builder loads it by itself.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8'))
const official = manifest.devDependencies.electron

/** A package of this version says by its name, in its file names and in its window, that it is for tests only. */
const testVersion = '0.0.0-test'

/**
 * Throws where that Electron is not the official one of the version that the app is built for, and the package is not one
 * for tests. From one for tests the substitute's default app is taken away: no package has one.
 * @param {{ appOutDir: string, packager: { appInfo: { version: string } } }} context the folder that holds it
 */
export default function refuseSubstitute({ appOutDir, packager }) {
  const defaultApp = path.join(appOutDir, 'resources/app')
  const isSubstitute = existsSync(path.join(defaultApp, 'main.mjs'))
  const file = path.join(appOutDir, 'version')
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/u, '') : official
  if (!isSubstitute && version === official) return
  if (packager.appInfo.version === testVersion) {
    rmSync(defaultApp, { recursive: true, force: true })
    return
  }
  const what = isSubstitute ? 'the substitute that runs the tests' : `Electron ${version}`
  throw new Error(
    `A package is made with the official Electron ${official} only, and this is ${what}. ` +
      'Leave -c.electronDist and -c.electronVersion away.',
  )
}
