import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { z } from 'zod'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const configuration: unknown = parse(read('electron-builder.yml'))

test('electron-builder accepts the configuration', () => {
  const schema = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(read('node_modules/app-builder-lib/scheme.json')))
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  validate(configuration)
  expect(validate.errors).toBeNull()
})

test('the files that it names are there', () => {
  const { files } = z.object({ files: z.array(z.string()) }).parse(configuration)
  const named = files.filter((file) => !/[*!]/u.test(file))
  expect(named).not.toHaveLength(0)
  expect(named.filter((file) => !existsSync(new URL(`../../../${file}`, import.meta.url)))).toEqual([])
})
