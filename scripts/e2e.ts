import { electronForTests } from './electron-runtime.ts'
import { build, packageFile, run, script } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'

/**
 * On Linux the tests get a session bus of their own, so that they neither reach nor disturb the person's desktop, and
 * where there is no display a virtual one.
 */
const wrapper = (): readonly string[] => {
  if (process.platform !== 'linux') return []
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env
  const display = x11 || wayland ? [] : ['xvfb-run', '-a']
  return [...display, 'dbus-run-session', '--']
}

await script(async () => {
  await ensureSystemPackages()
  const { folder } = await electronForTests()
  await build()
  const playwright = [process.execPath, packageFile('@playwright/test', 'cli.js'), 'test']
  const [command = process.execPath, ...commandArguments] = [
    ...wrapper(),
    ...playwright,
    ...process.argv.slice(2),
  ]
  const env = {
    ...process.env,
    // Spares each worker the search.
    ELECTRON_OVERRIDE_DIST_PATH: folder,
    // Electron shows a tray only where it knows the desktop to have one; the tests' stand-ins speak KDE's protocol.
    XDG_CURRENT_DESKTOP: 'KDE',
  }
  return run(command, commandArguments, { env })
})
