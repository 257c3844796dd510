import { describe, expect, it } from 'vitest'
import { ansiPieces } from '../../../../../src/renderer/jobs/log/ansi.ts'

const pieces = (text: string): string[] =>
  ansiPieces(text, 100).map(({ text: piece, className }) => `${className}:${piece}`)

describe('the colours of tools', () => {
  it.each([
    ['plain text is one piece', 'all is well', [':all is well']],
    ['a colour and its end', 'a\u001B[31mred\u001B[0mb', [':a', 'ansi-red:red', ':b']],
    ['a bright one, bold and underlined', '\u001B[1;4;92mok', ['ansi-green ansi-bold ansi-underlined:ok']],
    ['an empty code is an end', '\u001B[33mx\u001B[my', ['ansi-yellow:x', ':y']],
    ['of a palette the first sixteen', '\u001B[38;5;12mx\u001B[38;5;200my', ['ansi-blue:x', ':y']],
    ['a colour of its own is left out, with its numbers', '\u001B[38;2;31;32;33;1mx', ['ansi-bold:x']],
    ['a background is left out', '\u001B[41;36mx\u001B[48;5;1my', ['ansi-cyan:x', 'ansi-cyan:y']],
    ['what moves the cursor is left out', 'a\u001B[2Kb\u001B[1;1Hc', [':abc']],
  ])('%s', (_name, text, expected) => {
    expect(pieces(text)).toEqual(expected)
  })

  it('are cleaned and cut like any other text', () => {
    expect(pieces('a\u0007\u202Eb\tc')).toEqual([':ab c'])
    expect(ansiPieces('x'.repeat(500), 100)[0]?.text).toHaveLength(100)
  })
})
