import { describe, expect, test } from 'vitest'
import { labelText, uniqueLabels } from '../../../src/main/tray/labels.ts'

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
    ['names on several lines, with tabs', [' Import\n\torders  today '], ['Import orders today']],
    ['names that differ in their spaces only', ['A  B', 'A B'], ['A B (#0)', 'A B (#1)']],
  ])('%s', (_name, names, labels) => {
    expect(uniqueLabels(names, byIndex)).toEqual(labels)
  })

  test('numbers what even the difference does not tell apart', () => {
    expect(uniqueLabels(['A', 'A', 'A'], () => '12:00')).toEqual(['A (12:00)', 'A (12:00) 2', 'A (12:00) 3'])
  })

  test('cuts a long name, between characters, and tells cut names apart', () => {
    const [first = '', second = ''] = uniqueLabels([`${'😀'.repeat(70)}1`, `${'😀'.repeat(70)}2`], byIndex)
    expect(first).toBe(`${'😀'.repeat(59)}… (#0)`)
    expect(second).toBe(`${'😀'.repeat(59)}… (#1)`)
  })

  test('a name of just the length that fits is not cut', () => {
    expect(uniqueLabels(['x'.repeat(60), 'y'.repeat(61)], byIndex)).toEqual([
      'x'.repeat(60),
      `${'y'.repeat(59)}…`,
    ])
  })
})
