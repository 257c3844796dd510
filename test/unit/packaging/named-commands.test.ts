import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../..')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

/** Where people and the public CI read which commands there are. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  '.github/workflows/ci.yml',
  '.github/workflows/release.yml',
  '.ci/run',
]

test.each(pages)('every npm command that %s names is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const named = [
    ...text.matchAll(/npm (?:run (?:--silent |-s )?(?<script>[\w-]+)|(?<short>test|start))/gu),
  ].map(({ groups }) => groups?.['script'] ?? groups?.['short'])
  expect(named).not.toHaveLength(0)
  expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([])
})
