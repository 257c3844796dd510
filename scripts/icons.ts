import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { assetsFolder, iconFiles } from './icon-rasters.ts'

for (const { file, bytes } of iconFiles) {
  const target = path.join(assetsFolder, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, bytes())
}
console.log(`${iconFiles.length} icon files written below assets/`)
