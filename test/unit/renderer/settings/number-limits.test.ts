import { describe, expect, it } from 'vitest'
import {
  keepJobsLimits,
  oneByOneLimits,
  parseNumber,
} from '../../../../src/renderer/settings/number-limits.ts'
import { defaultSettings, type Settings, settingsSchema } from '../../../../src/shared/settings.ts'

const isTaken = (change: Partial<Settings>): boolean =>
  settingsSchema.safeParse({ ...defaultSettings, ...change }).success

describe('the limits are those of main', () => {
  it.each([
    ['keepJobs', keepJobsLimits],
    ['oneByOne', oneByOneLimits],
  ] as const)('%s', (setting, { min, max }) => {
    const taken = [min - 1, min, max, max + 1].map((value) => isTaken({ [setting]: value }))
    expect(taken).toEqual([false, true, true, false])
  })
})

describe('parseNumber', () => {
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
    expect(parseNumber(typed, keepJobsLimits)).toBe(value)
  })
})
