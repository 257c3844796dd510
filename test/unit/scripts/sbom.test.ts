import { expect, test } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { sbomText } from '../../../scripts/sbom.ts'

const part = (name: string, version: string, licence: string) => ({
  name,
  version,
  licence,
  texts: [],
  author: null,
})

test('the bill holds the app, each bundled package, and the Electron that it runs on', () => {
  const bill: unknown = JSON.parse(
    sbomText([part('zod', '4.6.7', 'MIT'), part('@scope/part', '1.0.0', '(MIT OR Apache-2.0)')]),
  )
  const app = `pkg:npm/wexflow-tray@${manifest.version}`
  const electron = `pkg:npm/electron@${manifest.devDependencies.electron}`
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'application', 'bom-ref': app } },
    components: [
      {
        type: 'library',
        name: '@scope/part',
        version: '1.0.0',
        purl: 'pkg:npm/%40scope/part@1.0.0',
        licenses: [{ expression: '(MIT OR Apache-2.0)' }],
      },
      { type: 'framework', 'bom-ref': electron },
      { type: 'library', 'bom-ref': 'pkg:npm/zod@4.6.7' },
    ],
    dependencies: [{ ref: app, dependsOn: ['pkg:npm/%40scope/part@1.0.0', electron, 'pkg:npm/zod@4.6.7'] }],
  })
})

test('the same packages make the same bill, to the last byte', () => {
  const packages = [part('a', '1.0.0', 'MIT'), part('b', '1.0.0', 'MIT')]
  expect(sbomText(packages)).toBe(sbomText(packages.toReversed()))
})
