import type { SentVariable, TakenVariable, Variable } from '../../shared/variables.ts'
import { longestName, longestValue, variableNamePattern } from '../../shared/variable-limits.ts'

/** A variable in the dialog, as far as it is typed. */
export interface VariableField {
  /** Stays the same while its name is typed. */
  readonly id: number
  readonly name: string
  readonly value: string
  readonly isSecret: boolean
  /** Whether the person has added it, so that its name is theirs to type. */
  readonly isAdded: boolean
  /** The workflow's own value, which wins; null where it has none. */
  readonly ownValue: string | null
}

/** What is wrong with a field. */
export type FieldProblem = 'nameMissing' | 'badName' | 'nameTwice' | 'tooLong'

/**
 * The fields at first: one for each variable that the workflow takes, filled in with what was sent last, and one for
 * whatever else was given along.
 * @param given what a job's start was given along, which is filled in instead; empty for none
 */
export function fieldsOf(taken: readonly TakenVariable[], given: readonly SentVariable[]): VariableField[] {
  const values = new Map(given.map(({ name, value }) => [name, value]))
  const fields = taken.map(({ name, ownValue, lastValue, wasSecret }, id) => ({
    id,
    name,
    ownValue,
    value: (given.length === 0 ? lastValue : values.get(name)) ?? '',
    isSecret: values.has(name) ? values.get(name) === null : wasSecret,
    isAdded: false,
  }))
  const others = given
    .filter(({ name }) => !taken.some((one) => one.name === name))
    .map(({ name, value }, index) => ({
      id: taken.length + index,
      name,
      ownValue: null,
      value: value ?? '',
      isSecret: value === null,
      isAdded: true,
    }))
  return [...fields, ...others]
}

/** The fields and one more, whose name and value are still to be typed. */
export const withOneMore = (fields: readonly VariableField[]): VariableField[] => [
  ...fields,
  {
    id: Math.max(-1, ...fields.map(({ id }) => id)) + 1,
    name: '',
    value: '',
    isSecret: false,
    isAdded: true,
    ownValue: null,
  },
]

/** What is wrong with one of the fields; null for nothing. What is added and left empty is nothing, and not wrong. */
export function problemOf(field: VariableField, fields: readonly VariableField[]): FieldProblem | null {
  const { id, name, value, isAdded, ownValue } = field
  if (ownValue !== null) return null
  if (value.length > longestValue) return 'tooLong'
  if (!isAdded) return null
  if (name === '') return value === '' ? null : 'nameMissing'
  if (name.length > longestName || !variableNamePattern.test(name)) return 'badName'
  return fields.some((other) => other.id < id && other.name === name) ? 'nameTwice' : null
}

/** What of the fields is sent: an empty one leaves the server its own value, and against the workflow's own none helps. */
export const variablesToSend = (fields: readonly VariableField[]): Variable[] =>
  fields
    .filter(({ value, ownValue }) => value !== '' && ownValue === null)
    .map(({ name, value, isSecret }) => ({ name, value, isSecret }))
