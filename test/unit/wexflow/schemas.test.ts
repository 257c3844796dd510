import { describe, expect, test } from 'vitest'
import { workflowSchema } from '../../../src/main/wexflow/schemas.ts'

const parsed = (part: object) => workflowSchema.parse({ Id: 1, Name: 'Import', ...part })

describe('the schedule of a workflow', () => {
  test.each([
    [
      { LaunchType: 3, CronExpression: '0 0 2 * * ?' },
      { kind: 'cron', expression: '0 0 2 * * ?' },
    ],
    [{ LaunchType: 3, CronExpression: null }, null],
    [{ LaunchType: 3, CronExpression: '* '.repeat(200) }, null],
    [
      { LaunchType: 2, Period: '00.00:00:15' },
      { kind: 'period', ms: 15_000 },
    ],
    [
      { LaunchType: 2, Period: '1.02:03:04' },
      { kind: 'period', ms: 93_784_000 },
    ],
    [
      { LaunchType: 2, Period: '00:10:00.5000000' },
      { kind: 'period', ms: 600_000 },
    ],
    [{ LaunchType: 2, Period: '00.00:00:00' }, null],
    [{ LaunchType: 2, Period: 'soon' }, null],
    // A trigger may have one that nobody uses.
    [{ LaunchType: 1, Period: '00.00:00:15', CronExpression: '0 0 2 * * ?' }, null],
    [{}, null],
  ])('of %j is %j', (wire, schedule) => {
    expect(parsed(wire).schedule).toEqual(schedule)
  })
})

describe('when a workflow last began', () => {
  test.each([
    ['26-11-2026 04:25:57', Date.UTC(2026, 10, 26, 4, 25, 57)],
    ['01-01-0001 00:00:00', null],
    ['2026/11/26 4:25 PM', null],
    [null, null],
  ])('%j is %j', (StartedOn, lastStart) => {
    expect(parsed({ StartedOn }).lastStart).toBe(lastStart)
  })
})
