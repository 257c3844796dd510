import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { electronForStart } from './electron-runtime.ts'
import { build, root, run, script, StepFailed } from './steps.ts'

const sources = ['src', 'assets', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const outputs = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** When the file, or the newest file below the folder, was last changed (milliseconds since 1970). */
const lastChange = (file: string): number => {
  const status = statSync(file)
  if (!status.isDirectory()) return status.mtimeMs
  // A folder's own time tells of files that were removed.
  return Math.max(status.mtimeMs, ...readdirSync(file).map((name) => lastChange(path.join(file, name))))
}

/** Whether out/ lacks something or is older than what it is built from. */
const mustBuild = (): boolean => {
  const built = outputs.map((file) => path.join(root, file))
  if (!built.every((file) => existsSync(file))) return true
  return (
    Math.min(...built.map(lastChange)) < Math.max(...sources.map((file) => lastChange(path.join(root, file))))
  )
}

const sayWhatToDo = (error: unknown): never => {
  if (!(error instanceof StepFailed)) throw error
  const remedy =
    'allow downloads from github.com, or set ELECTRON_MIRROR to a mirror, and run npm start again'
  throw new StepFailed(`${error.message}; ${remedy}.`)
}

await script(async () => {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'])
    console.error('npm start runs the official Electron only and ignores ELECTRON_OVERRIDE_DIST_PATH.')
  const { executable } = await electronForStart().catch(sayWhatToDo)
  if (mustBuild()) await build()
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return run(executable, [...sandbox, root, ...process.argv.slice(2)])
})
