import manifest from '../package.json' with { type: 'json' }
import type { PackageLicence } from './package-licence.ts'

type Part = Pick<PackageLicence, 'name' | 'version' | 'licence'>

/** A package as CycloneDX names it, by its address on the npm registry. */
const component = (type: 'application' | 'framework' | 'library', { name, version, licence }: Part) => {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { type, 'bom-ref': purl, name, version, purl, licenses: [{ expression: licence }] }
}

/**
 * What the app is made of, as a software bill of materials (CycloneDX 1.6, JSON): the packages that are bundled, and
 * Electron. `npm sbom` knows dependencies only: Electron is none, and it leaves those out that a tool of ours needs as
 * well. It holds no time and no random number, so that a build can be compared with another.
 */
export function sbomText(packages: readonly PackageLicence[]): string {
  const { name, version, license: licence, devDependencies } = manifest
  const app = component('application', { name, version, licence })
  const components = [
    component('framework', { name: 'electron', version: devDependencies.electron, licence: 'MIT' }),
    ...packages.map((one) => component('library', one)),
  ].toSorted((a, b) => a.purl.localeCompare(b.purl, 'en'))
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: app },
    components,
    dependencies: [{ ref: app['bom-ref'], dependsOn: components.map(({ purl }) => purl) }],
  }
  return `${JSON.stringify(bill, null, 2)}\n`
}
