import { describe, expect, test } from 'vitest'
import { bothEnds, jsonStringText, linesOf } from '../../../src/main/wexflow/log-lines.ts'
import { errorOf } from './local-client.ts'
import { readLines } from './read-lines.ts'

async function* piecesOf<Piece>(...pieces: Piece[]): AsyncGenerator<Piece, void, void> {
  yield* pieces
}

const textOf = async (...pieces: string[]): Promise<string> => {
  let text = ''
  for await (const piece of jsonStringText('entry-logs', piecesOf(...pieces))) text += piece
  return text
}

/** A text in every way to cut it in two. */
const cuts = (text: string): [string, string][] =>
  Array.from({ length: text.length + 1 }, (_none, at) => [text.slice(0, at), text.slice(at)])

describe('the text of a JSON string', () => {
  test.each([
    ['of nothing', ''],
    ['with escapes of each kind', '"a\\b\\\\"\n\t\u0001\u2028é\u{1F600}'],
    ['that ends with a backslash', 'C:\\'],
  ])('%s is whole wherever it is cut', async (_what, text) => {
    const json = ` ${JSON.stringify(text).replace('é', String.raw`\u00e9`)}\r\n`
    // The opening quote comes with the first piece.
    for (const pieces of cuts(json).slice(2)) expect(await textOf(...pieces)).toBe(text)
    expect(await textOf(json.slice(0, 2), ...json.slice(2).split(''))).toBe(text)
  })

  test.each([
    ['that does not end', ['"abc']],
    ['that does not end, but for a quote of its text', ['"abc\\"']],
    ['that something follows', ['"abc" "d"']],
    ['that something follows later', ['"abc"', ' ', 'd']],
    ['with a line break that is none of its text', ['"a\nb"']],
    ['with an unknown escape', ['"a\\', 'x"']],
    ['with half an escape at its end', ['"a\\u00', '"']],
  ])('%s is broken', async (_what, pieces) => {
    expect((await errorOf(textOf(...pieces))).failure.kind).toBe('badAnswer')
  })
})

describe('the lines of a text', () => {
  test('are the same wherever it is cut', async () => {
    for (const pieces of cuts('a\r\n\r\nb\nc\r\n'))
      expect(await readLines(linesOf(piecesOf(...pieces)))).toEqual(['a', '', 'b', 'c', ''])
  })

  test('are none where there is no text', async () => {
    expect(await readLines(linesOf(piecesOf()))).toEqual([])
    expect(await readLines(linesOf(piecesOf('', '')))).toEqual([])
  })

  test('that are too long are cut, also where they come in many pieces', async () => {
    const kilobyte = 'x'.repeat(1024)
    const pieces = Array.from({ length: 100 }, () => kilobyte)
    const [first, second] = await readLines(linesOf(piecesOf(...pieces, '\nnext')))
    expect(first).toBe(`${kilobyte.repeat(64)} [...]`)
    expect(second).toBe('next')
  })
})

/** So many lines of a million characters. */
const many = (count: number): string[][] =>
  Array.from({ length: count }, (_none, at) => [`${at} ${'x'.repeat(1024 * 1024)}`])

describe('a log whose middle is left out', () => {
  test('keeps 47 MB of its begin and 1 MB of its end', async () => {
    const lines = await readLines(bothEnds(piecesOf(...many(60))))
    expect(lines.map((line) => line.slice(0, 20).replace(/ x+$/u, ''))).toEqual([
      ...Array.from({ length: 47 }, (_none, at) => String(at)),
      '[... 12 lines of thi',
      '59',
    ])
  })

  test('is one that is longer than both', async () => {
    const log = many(48)
    expect(await readLines(bothEnds(piecesOf(...log)))).toEqual(log.flat())
  })

  test('may be one of nothing but line ends', async () => {
    const lines = Array<string>(100_000).fill('')
    const log = piecesOf(...Array.from({ length: 30 }, () => lines))
    expect((await readLines(bothEnds(log))).length).toBeLessThan(1_500_000)
  })
})
