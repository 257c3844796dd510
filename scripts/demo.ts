/** `npm run demo`: the app's main job on a simulated Wexflow server, first by itself, then for a person to play with. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tellEachByItself } from '../test/e2e/each-by-itself.ts'
import { demoSim } from '../test/wexflow-sim/demo-sim.ts'
import { serve } from '../test/wexflow-sim/http.ts'
import { leaveToPlay } from './demo/leave-to-play.ts'
import { picturesFolder } from './demo/pictures.ts'
import { playByItself } from './demo/play-by-itself.ts'
import { electronForTests } from './electron-runtime.ts'
import { build, root, script } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'

/** Whether somebody sits before this machine and could see a window. */
const isWatched = (): boolean => {
  const { CI: ci, DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env
  return !ci && (process.platform !== 'linux' || Boolean(x11 || wayland))
}

/** A folder for the app to remember in, gone with this process however that ends. */
const temporaryFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

await script(async () => {
  await ensureSystemPackages()
  const { executable, folder } = await electronForTests()
  // Spares what starts the app below the search.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = folder
  await build()
  const userData = temporaryFolder()
  await tellEachByItself(userData)
  const server = await serve(demoSim())
  console.log(`\nA simulated Wexflow server runs at ${server.origin}.`)
  try {
    const missing = process.platform === 'linux' ? await playByItself(server.origin, userData) : []
    for (const sentence of missing) console.error(sentence)
    console.log(
      process.platform === 'linux'
        ? `\nPictures of the window: ${path.relative(root, picturesFolder)}/`
        : '\nOnly on Linux can the demo play by itself, on a desktop of its own; here you play it.',
    )
    if (isWatched()) await leaveToPlay(executable, server.origin, userData)
    return missing.length === 0 ? 0 : 1
  } finally {
    await server.close()
  }
})
