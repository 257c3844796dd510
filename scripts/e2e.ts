import { electronForTests } from './electron-runtime.ts'
import { build, packageFile, run, script } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'

/** Where there is no display, a virtual one. The session bus is the tests' own: they start one for each test. */
const wrapper = (): readonly string[] => {
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env
  return process.platform !== 'linux' || x11 || wayland ? [] : ['xvfb-run', '-a']
}

await script(async () => {
  await ensureSystemPackages()
  const { folder } = await electronForTests()
  await build()
  const playwright = [process.execPath, packageFile('@playwright/test', 'cli.js'), 'test', '-c', 'test/e2e']
  const [command = process.execPath, ...commandArguments] = [
    ...wrapper(),
    ...playwright,
    ...process.argv.slice(2),
  ]
  const env = {
    ...process.env,
    // Spares each worker the search.
    ELECTRON_OVERRIDE_DIST_PATH: folder,
  }
  return run(command, commandArguments, { env })
})
