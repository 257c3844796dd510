import { describe, expect, it, test } from 'vitest'
import {
  fieldsOf,
  problemOf,
  type VariableField,
  variablesToSend,
  withOneMore,
} from '../../../../src/renderer/start/variable-fields.ts'
import type { TakenVariable } from '../../../../src/shared/variables.ts'

const taken = (name: string, part: Partial<TakenVariable> = {}): TakenVariable => ({
  name,
  ownValue: null,
  lastValue: null,
  wasSecret: false,
  ...part,
})

const added = (part: Partial<VariableField>): VariableField => ({
  id: 9,
  name: '',
  value: '',
  isSecret: false,
  isAdded: true,
  ownValue: null,
  ...part,
})

/** Names and values, as a person reads them. */
const read = (fields: readonly VariableField[]): string[] =>
  fields.map(({ name, value, isSecret }) => `${name}=${value}${isSecret ? ' (secret)' : ''}`)

describe('the fields at first', () => {
  it('hold what was sent last, but nothing secret', () => {
    const variables = [taken('who', { lastValue: 'Ann' }), taken('key', { wasSecret: true }), taken('day')]
    expect(read(fieldsOf(variables, []))).toEqual(['who=Ann', 'key= (secret)', 'day='])
  })

  it('hold what the job was given, and nothing else', () => {
    const variables = [taken('who', { lastValue: 'Ann' }), taken('day', { lastValue: 'Monday' })]
    const given = [
      { name: 'who', value: 'Bob' },
      { name: 'extra', value: '1' },
      { name: 'key', value: null },
    ]
    const fields = fieldsOf(variables, given)
    expect(read(fields)).toEqual(['who=Bob', 'day=', 'extra=1', 'key= (secret)'])
    expect(fields.map(({ isAdded }) => isAdded)).toEqual([false, false, true, true])
  })

  it('are told apart, also from one that is added when another went', () => {
    const fields = withOneMore(fieldsOf([taken('a'), taken('b')], [{ name: 'c', value: '' }]).slice(1))
    expect(new Set(fields.map(({ id }) => id)).size).toBe(3)
  })
})

test('what is sent leaves out what is empty and what the workflow decides itself', () => {
  const fields = fieldsOf(
    [taken('who', { lastValue: 'Ann' }), taken('sender', { ownValue: 'me', lastValue: 'you' }), taken('day')],
    [],
  )
  expect(variablesToSend([...fields, added({ name: 'key', value: ' x', isSecret: true })])).toEqual([
    { name: 'who', value: 'Ann', isSecret: false },
    { name: 'key', value: ' x', isSecret: true },
  ])
})

describe('what is wrong with a field', () => {
  it.each([
    ['nothing where all is empty', {}, null],
    ['its name is missing', { value: 'x' }, 'nameMissing'],
    ['its name begins with a digit', { name: '1st' }, 'badName'],
    ['its name has a sign', { name: 'the-day' }, 'badName'],
    ['its name is too long', { name: 'n'.repeat(101) }, 'badName'],
    ['nothing where its name is as long as may be', { name: 'n'.repeat(100) }, null],
    ['its name is that of another field', { name: 'who' }, 'nameTwice'],
    ['its value is too long', { name: 'day', value: 'v'.repeat(10_001) }, 'tooLong'],
    ['nothing where its value is as long as may be', { name: '_day2', value: 'v'.repeat(10_000) }, null],
  ])('%s', (_name, part, problem) => {
    const field = added(part)
    expect(problemOf(field, [...fieldsOf([taken('who')], []), field])).toBe(problem)
  })

  it('is told at the later of two with the same name', () => {
    const [first, second] = [added({ name: 'a' }), added({ id: 10, name: 'a' })]
    expect([first, second].map((field) => problemOf(field, [first, second]))).toEqual([null, 'nameTwice'])
  })

  it('is nothing where the workflow’s own value wins', () => {
    const own = { ...added({ isAdded: false, ownValue: 'x' }), value: 'v'.repeat(20_000) }
    expect(problemOf(own, [own])).toBeNull()
  })
})
