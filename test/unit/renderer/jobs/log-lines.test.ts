import { describe, expect, it } from 'vitest'
import { type LogLine, markedLines } from '../../../../src/renderer/jobs/log-lines.ts'

const stamp = '2026-11-24 03:12:47.625 '

describe('markedLines', () => {
  it.each<[string, string[], LogLine['level'][]]>([
    [
      'by the level of the line',
      [`${stamp} INFO - a`, `${stamp}WARN  - b`, `${stamp} ERROR - c`],
      [null, 'warning', 'error'],
    ],
    ['not by what it says', [`${stamp} INFO - no ERROR here`], [null]],
    [
      'an exception with its line',
      [`${stamp}ERROR - a`, 'IOException: b', '   at c', `${stamp} INFO - d`],
      ['error', 'error', 'error', null],
    ],
    ['nothing before the first stamp', ['ERROR'], [null]],
    ['with a comma before the milliseconds', ['2026-11-24 03:12:47,625 ERROR - a'], ['error']],
  ])('marks %s', (_name, lines, levels) => {
    expect(markedLines(lines).map(({ level }) => level)).toEqual(levels)
  })

  it('numbers from one on and leaves the text as it is', () => {
    expect(markedLines(['', ' a'])).toEqual([
      { text: '', number: 1, level: null },
      { text: ' a', number: 2, level: null },
    ])
  })
})
