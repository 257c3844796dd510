import { describe, expect, test } from 'vitest'
import { cleanText } from '../../../src/shared/clean-text.ts'

describe('cleanText', () => {
  test.each([
    ['what is clean', 'Plain é 日本 👩‍👩‍👧 עברית', 'Plain é 日本 👩‍👩‍👧 עברית'],
    ['colours', 'a \u001B[1;31mred\u001B[0m b \u001B[38;5;196mc\u009B0m', 'a red b c'],
    ['a title for a terminal', '\u001B]0;owned\u0007name\u001B]8;;http://x\u001B\\', 'name'],
    ['ends of lines', 'first\r\nsecond\u2028third\tfourth', 'first second third fourth'],
    ['control characters', 'a\u0000b\u0008c\u007Fd\u009Ce', 'abcde'],
    ['an escape without a sequence', 'a\u001B', 'a'],
    ['marks that turn the direction', 'invoice\u202Efdp.exe\u2066x\u2069', 'invoicefdp.exex'],
    ['halves of surrogate pairs', 'a\uD83Db\uDC4Dc', 'abc'],
    ['marks of byte order', '\uFEFFname', 'name'],
  ])('%s', (_what, text, clean) => {
    expect(cleanText(text, 255)).toBe(clean)
  })

  test('cuts at the limit, and in no pair', () => {
    expect(cleanText('abcdef', 3)).toBe('abc')
    expect(cleanText('ab👍', 3)).toBe('ab')
    expect(cleanText('👩‍👩', 3)).toBe('👩')
  })

  test('what is cleaned away takes no room', () => {
    expect(cleanText('\u001B[31ma\u001B[32mb\u001B[33mc', 3)).toBe('abc')
  })
})
