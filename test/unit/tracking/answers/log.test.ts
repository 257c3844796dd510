import { expect, it } from 'vitest'
import { factOfLog } from '../../../../src/main/tracking/answers/log.ts'
import { outcomes } from '../../../../src/shared/outcome.ts'

const lines = [
  '2026-11-24 02:00:30.000  INFO - [Import / 1] Workflow started - Instance Id: 10c67912-c3ad-4c91-b0d6-991e32d5fbad',
  '2026-11-24 02:00:31.000  ERROR - [Import / 1] File not found: /x',
  '2026-11-24 02:00:32.500  INFO - [Import / 1] Workflow finished.',
]

it('the log tells how long a job took, however it ended', () => {
  for (const outcome of [...outcomes, undefined])
    expect(factOfLog(lines, outcome, true)).toMatchObject({ kind: 'log', durationMs: 2500 })
})

const isLast = (many: readonly string[], mayGrow: boolean): boolean | null => {
  const fact = factOfLog(many, 'done', mayGrow)
  return fact.kind === 'log' ? fact.isLast : null
}

it('a log that does not tell it is read again where its end may not have been written yet', () => {
  for (const begun of [[], lines.slice(0, 1)])
    expect([isLast(begun, true), isLast(begun, false)]).toEqual([false, true])
  expect(isLast(lines, true)).toBe(true)
})

const errorOf = (outcome: Parameters<typeof factOfLog>[1]) => {
  const fact = factOfLog(lines, outcome, true)
  return fact.kind === 'log' ? fact.errorLine : null
}

it('the log tells what went wrong of a job that failed or warns, and of no other', () => {
  expect(outcomes.filter((outcome) => errorOf(outcome) === 'File not found: /x')).toEqual([
    'warning',
    'failed',
  ])
  expect(outcomes.filter((outcome) => errorOf(outcome) === null)).toHaveLength(outcomes.length - 2)
  expect(errorOf(undefined)).toBeNull()
})
