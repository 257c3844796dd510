import { describe, expect, test } from 'vitest'
import { cutTo, isolated, plainText } from '../../../src/main/notify/plain-text.ts'

describe('foreign text', () => {
  test.each<[name: string, text: string, plain: string]>([
    ['that is plain', 'Müller & Söhne <日本> 👩‍👧', 'Müller & Söhne <日本> 👩‍👧'],
    ['with a NUL, which D-Bus can’t carry', 'a\0b', 'ab'],
    ['with control characters', 'a\u0007b\u009Cc\u007F', 'abc'],
    ['of several lines', 'a\r\nb\tc\u2028d', 'a b c d'],
    ['with the colours of a terminal', '\u001B[1;31merror\u001B[0m: x', 'error: x'],
    ['with a link of a terminal', '\u001B]8;;http://x\u0007here\u001B]8;;\u001B\\ now', 'here now'],
    ['that turns the direction of what follows', '\u202Etxt.exe\u202C \u2066x\u2069\u200F', 'txt.exe x'],
    ['with half a character', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
  ])('%s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain)
  })

  test('of a megabyte of escapes takes no time', () => {
    const began = performance.now()
    plainText('\u001B]'.repeat(500_000))
    plainText('\u001B['.repeat(500_000))
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('a long text is cut between characters', () => {
  test.each([
    ['short enough', 3, '😀😀😀', '😀😀😀'],
    ['one too long', 3, '😀😀😀😀', '😀😀…'],
    ['much too long', 2, 'x'.repeat(1_000_000), 'x…'],
  ])('%s', (_name, longest, text, cut) => {
    expect(cutTo(longest, text)).toBe(cut)
  })
})

test('a text is shielded from the direction of those beside it', () => {
  expect(isolated('ab')).toBe('\u2068ab\u2069')
})
