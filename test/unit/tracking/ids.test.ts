import { expect, it } from 'vitest'
import {
  greatest,
  isNamedByEntry,
  isNameless,
  isNumber,
  namedByEntry,
  namedByRow,
} from '../../../src/main/tracking/ids.ts'

it.each([
  ['7', true],
  ['007', true],
  ['99999999999999999999', true],
  ['', false],
  ['-7', false],
  ['7.5', false],
  ['67448a2b9c1d', false],
  ['entries/7-A', false],
])('the id %o is a number: %o', (id, isOne) => {
  expect(isNumber(id)).toBe(isOne)
})

it('the greatest id is that of the greatest number, beyond what a double holds', () => {
  expect(greatest(['9', '10', '2'])).toBe('10')
  expect(greatest(['9007199254740993', '9007199254740992'])).toBe('9007199254740993')
})

it('the greatest id is none of those that are no numbers', () => {
  expect(greatest(['7', 'entries/8-A', '6'])).toBe('7')
  expect(greatest(['entries/8-A'])).toBeNull()
  expect(greatest([])).toBeNull()
})

it('a run that is known by a record alone can’t be asked for, and no record shares its name with another, nor with one of the same id', () => {
  const ofEntry = namedByEntry({ id: '7', statusDate: '24-11-2026 02:00:00' })
  expect([ofEntry, namedByRow('7')].map(isNameless)).toEqual([true, true])
  expect([ofEntry, namedByRow('7')].map(isNamedByEntry)).toEqual([true, false])
  expect(namedByEntry({ id: '7', statusDate: '24-11-2026 02:00:01' })).not.toBe(ofEntry)
  expect(isNameless('5b2cbb4e-3a52-4c8c-9a3c-0a8e0f6f0f7d')).toBe(false)
})
