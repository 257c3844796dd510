import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  author: z.union([z.string(), z.looseObject({ name: z.string() })]).optional(),
})

/** A package whose code is in the app, and the terms that it comes with. */
export interface PackageLicence {
  readonly name: string
  readonly version: string
  /** The licence's SPDX name. */
  readonly licence: string
  /** Its texts: the licence, and notices that are to be kept with it. */
  readonly texts: readonly string[]
  readonly author: string | null
}

const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/iu
const packageFolder = /^(?<folder>.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/u

/** The folder of the package that a bundled module is from; null for the app's own code and for what has no file. */
export const packageFolderOf = (moduleId: string): string | null =>
  packageFolder.exec(moduleId.replace(/^\0/u, ''))?.groups?.['folder'] ?? null

/** The text of a licence that a package names, but does not bring: kept here. Builds run in the repository's root. */
function textsBesides(name: string): string[] {
  const file = path.join('scripts/licences', `${name}.txt`)
  return existsSync(file) ? [file] : []
}

/** Reads what a package says of its licence. Throws where that is missing: its code can't be given to others then. */
export function licenceOf(folder: string): PackageLicence {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')))
  const { name, version, license, author } = manifest
  const own = readdirSync(folder).filter((file) => licenceFile.test(file))
  const texts = own.length > 0 ? own.sort().map((file) => path.join(folder, file)) : textsBesides(name)
  if (license === undefined || texts.length === 0)
    throw new Error(`${name} ${version} is bundled, and its package has no licence`)
  return {
    name,
    version,
    licence: license,
    texts: texts.map((file) => readFileSync(file, 'utf8').trim()),
    author: typeof author === 'string' ? author : (author?.name ?? null),
  }
}
