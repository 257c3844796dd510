// The substitute Electron ships without a default app: this one loads the app that the command line names, as
// `electron [-r module] path` does. A module that awaits the app: Electron holds its `ready` back until then, as it
// does for a packaged app.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const require = createRequire(import.meta.url)
const words = process.argv.slice(1)
const modules = []
let target
while (words.length > 0 && target === undefined) {
  const word = words.shift()
  if (word === '-r' || word === '--require') modules.push(path.resolve(words.shift()))
  else if (!word.startsWith('-')) target = path.resolve(word)
}
if (target === undefined) throw new Error('The path of an app is missing')
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
for (const module of modules) require(module)

const manifestFile = path.join(target, 'package.json')
const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {}
const name = manifest.productName ?? manifest.name
// Electron derives the folder of user data from it when first asked, and from --user-data-dir if that is given.
if (name !== undefined) app.setName(name)
if (manifest.version !== undefined) app.setVersion(manifest.version)
app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
const main = require.resolve(target)
app.setAppPath(existsSync(manifestFile) ? target : path.dirname(main))
await import(pathToFileURL(main).href)
