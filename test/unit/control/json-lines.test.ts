import { describe, expect, test } from 'vitest'
import { jsonLines } from '../../../src/main/control/json-lines.ts'

async function* chunks(...texts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

async function read(stream: AsyncIterable<Buffer>): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const line of jsonLines(stream, 20)) lines.push(line)
  return lines
}

test('lines come as they were sent, however they were cut on the way', async () => {
  expect(await read(chunks('{"a"', ':1}\n[2]\n"', 'c"', '\n'))).toEqual([{ a: 1 }, [2], 'c'])
})

test('a character that was cut in two is whole again', async () => {
  const bytes = Buffer.from('"é"\n')
  expect(await read(chunks(bytes.subarray(0, 2), bytes.subarray(2)))).toEqual(['é'])
})

test('what is no whole line is nothing', async () => {
  expect(await read(chunks('1\n', '{"cut"'))).toEqual([1])
})

describe('refused is', () => {
  test.each([
    ['a line that is too long', ['"0123456789', '0123456789"\n'], 'LineTooLong'],
    ['one that never ends', ['x'.repeat(30)], 'LineTooLong'],
    ['one that is no JSON', ['hello\n'], 'SyntaxError'],
    ['an empty one', ['\n'], 'SyntaxError'],
  ])('%s', async (_what, texts, name) => {
    await expect(read(chunks(...texts))).rejects.toMatchObject({ name })
  })
})
