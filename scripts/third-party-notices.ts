import { writeFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { licenceOf, type PackageLicence, packageFolderOf } from './package-licence.ts'
import { sbomText } from './sbom.ts'

const rule = '-'.repeat(79)

const heading = `Wexflow Tray is made with the work of others. The code of the packages below is a part of it; each stands with
the terms under which its authors gave it. Electron, on which the app runs, with Chromium, Node.js and what
those are made of, has notices of its own: LICENSE.electron.txt and LICENSES.chromium.html beside the app's
executable.
`

const section = ({ name, version, licence, author, texts }: PackageLicence): string =>
  [
    rule,
    `${name} ${version}`,
    `Licence: ${licence}${author === null ? '' : `, by ${author}`}`,
    '',
    ...texts,
  ].join('\n')

/** The notices of all these packages as one text, by name. */
export const noticesText = (packages: readonly PackageLicence[]): string =>
  [heading, ...packages.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).map(section), ''].join('\n')

/**
 * Writes the notices and the bill of materials of everything that is bundled, from what the bundler says that it put
 * there: to be given to each of the builds, which run one after the other. A package without a licence breaks the build.
 * @param files parts of the package; the window's page of settings shows the notices
 */
export function thirdPartyNotices(files: { readonly notices: string; readonly sbom: string }): () => Plugin {
  const folders = new Set<string>()
  return () => ({
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        for (const id of output.moduleIds) {
          const folder = packageFolderOf(id)
          if (folder !== null) folders.add(folder)
        }
      }
    },
    closeBundle() {
      const packages = [...folders].map(licenceOf)
      writeFileSync(files.notices, noticesText(packages))
      writeFileSync(files.sbom, sbomText(packages))
    },
  })
}
