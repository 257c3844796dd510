import { describe, expect, it } from 'vitest'
import { keepJobsLimits, parseKeepJobs } from '../../../../src/renderer/settings/keep-jobs.ts'
import { defaultSettings, settingsSchema } from '../../../../src/shared/settings.ts'

const isTaken = (keepJobs: number): boolean =>
  settingsSchema.safeParse({ ...defaultSettings, keepJobs }).success

describe('keepJobsLimits', () => {
  it('are those of main', () => {
    const { min, max } = keepJobsLimits
    expect([min - 1, min, max, max + 1].map(isTaken)).toEqual([false, true, true, false])
  })
})

describe('parseKeepJobs', () => {
  it.each([
    ['10', 10],
    [' 250 ', 250],
    ['10000', 10_000],
    ['9', null],
    ['10001', null],
    ['', null],
    ['1e3', null],
    ['12.5', null],
    ['-20', null],
    ['many', null],
  ])('%j: %s', (typed, value) => {
    expect(parseKeepJobs(typed)).toBe(value)
  })
})
