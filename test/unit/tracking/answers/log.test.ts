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
    expect(factOfLog(lines, outcome)).toMatchObject({ kind: 'log', durationMs: 2500 })
})

const errorOf = (outcome: Parameters<typeof factOfLog>[1]) => {
  const fact = factOfLog(lines, outcome)
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
