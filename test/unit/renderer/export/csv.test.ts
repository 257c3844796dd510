import { describe, expect, test } from 'vitest'
import { csvOf } from '../../../../src/renderer/export/csv.ts'
import type { Cell } from '../../../../src/renderer/export/table.ts'

const line = (...cells: Cell[]): string => csvOf({ columns: ['a'], rows: [cells] }).replace('a\r\n', '')

describe('comma-separated values', () => {
  test('begin with the names, and end each line with CR and LF', () => {
    const rows = [
      ['x', 1],
      [null, 'y'],
    ]
    expect(csvOf({ columns: ['a', 'b'], rows })).toBe('a,b\r\nx,1\r\n,y\r\n')
  })

  test.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['a\rb', '"a\rb"'],
    ['é 日本 😀', 'é 日本 😀'],
    ['', ''],
  ])('%j is written as %j', (text, field) => {
    expect(line(text)).toBe(`${field}\r\n`)
  })

  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['a=b', 'a=b'],
  ])('%j, where a spreadsheet could run it, is a text: %j', (text, field) => {
    expect(line(text)).toBe(`${field}\r\n`)
  })

  test('numbers are no texts', () => {
    expect(line(-5, 0.5)).toBe('-5,0.5\r\n')
  })
})
