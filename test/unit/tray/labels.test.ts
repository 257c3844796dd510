import { describe, expect, test } from 'vitest'
import { labelText, shortName, uniqueLabels } from '../../../src/main/tray/labels.ts'

describe('labelText', () => {
  test.each([
    ['Import orders', 'Import orders'],
    ['Müller & Söhne', 'Müller && Söhne'],
    ['A && B', 'A &&&& B'],
    ['snake_case', 'snake_case'],
  ])('%s', (name, label) => {
    expect(labelText(name)).toBe(label)
  })
})

const byIndex = (index: number): string => `#${index}`

describe('uniqueLabels', () => {
  test.each<[name: string, names: readonly string[], labels: readonly string[]]>([
    ['different names stay as they are', ['A', 'B'], ['A', 'B']],
    ['equal names say what tells them apart', ['A', 'B', 'A'], ['A (#0)', 'B', 'A (#2)']],
  ])('%s', (_name, names, labels) => {
    expect(uniqueLabels(names, byIndex)).toEqual(labels)
  })

  test('numbers what even the difference does not tell apart', () => {
    expect(uniqueLabels(['A', 'A', 'A'], () => '12:00')).toEqual(['A (12:00)', 'A (12:00) 2', 'A (12:00) 3'])
  })
})

describe('shortName', () => {
  test.each<[what: string, name: string, short: string]>([
    ['is on one line', ' Import\n\torders  today ', 'Import orders today'],
    ['of just the length that fits is not cut', 'x'.repeat(40), 'x'.repeat(40)],
    ['is cut to forty characters', 'y'.repeat(41), `${'y'.repeat(39)}…`],
    ['does not end in a space', `${'z'.repeat(38)} and more`, `${'z'.repeat(38)}…`],
    ['counts what people call characters', '👩🏽‍🚀'.repeat(40), '👩🏽‍🚀'.repeat(40)],
    ['is isolated where it is read from right to left', 'גיבוי (2)', '\u2068גיבוי (2)\u2069'],
    ['is cut between them', '👩🏽‍🚀'.repeat(70), `${'👩🏽‍🚀'.repeat(39)}…`],
  ])('%s', (_what, name, short) => {
    expect(shortName(name)).toBe(short)
  })
})
