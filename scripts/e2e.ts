import { electronForTests } from './electron-runtime.ts'
import { build, packageFile, run, script } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'

await script(async () => {
  await ensureSystemPackages()
  const { folder } = await electronForTests()
  await build()
  const env = {
    ...process.env,
    // Spares each worker the search.
    ELECTRON_OVERRIDE_DIST_PATH: folder,
  }
  const playwright = [packageFile('@playwright/test', 'cli.js'), 'test', '-c', 'test/e2e']
  return run(process.execPath, [...playwright, ...process.argv.slice(2)], { env })
})
