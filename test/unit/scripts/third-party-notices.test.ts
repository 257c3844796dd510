import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licenceOf, packageFolderOf } from '../../../scripts/package-licence.ts'
import { noticesText } from '../../../scripts/third-party-notices.ts'

test.each([
  ['/app/node_modules/zod/v4/index.js', '/app/node_modules/zod'],
  ['/app/node_modules/@tanstack/react-virtual/dist/index.js', '/app/node_modules/@tanstack/react-virtual'],
  ['/app/node_modules/conf/node_modules/env-paths/index.js', '/app/node_modules/conf/node_modules/env-paths'],
  ['\0/app/node_modules/react/index.js?commonjs-es-import', '/app/node_modules/react'],
  ['/app/src/main/index.ts', null],
  ['\0rolldown/runtime.js', null],
])('%j is of the package in %j', (moduleId, folder) => {
  expect(packageFolderOf(moduleId)).toBe(folder)
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-licences-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const packageWith = (name: string, manifest: object, files: Readonly<Record<string, string>>): string => {
  const where = path.join(folder, name)
  mkdirSync(where)
  writeFileSync(path.join(where, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }))
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(where, file), text)
  return where
}

test('the notices hold each package with its licence’s whole text, and a notice that belongs to it', () => {
  const b = packageWith(
    'b',
    { license: 'Apache-2.0', author: { name: 'Bob' } },
    { LICENSE: 'Terms.', NOTICE: 'By Bob.' },
  )
  const a = packageWith('a', { license: 'MIT' }, { 'license.md': 'Copyright A\n', 'README.md': 'Read me' })
  const text = noticesText([b, a].map(licenceOf))
  expect(text).toMatch(
    /a 1\.0\.0\nLicence: MIT\n\nCopyright A\n-+\nb 1\.0\.0\nLicence: Apache-2\.0, by Bob\n\nTerms\.\nBy Bob\.\n$/u,
  )
  expect(text).not.toContain('Read me')
})

test('a package that brings no text of its licence has it here', () => {
  const { texts } = licenceOf(packageWith('lazy-val', { license: 'MIT' }, {}))
  expect(texts.join()).toMatch(/^MIT License\n\nCopyright .*Permission is hereby granted/su)
})

test.each([
  ['names none', {}, { LICENSE: 'Terms.' }],
  ['has no text of it', { license: 'MIT' }, {}],
])('a package that %s can’t be bundled', (_name, manifest, files) => {
  expect(() => licenceOf(packageWith('c', manifest, files))).toThrow(
    'c 1.0.0 is bundled, and its package has no licence',
  )
})
