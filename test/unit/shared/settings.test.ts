import { expect, it } from 'vitest'
import { outcomes } from '../../../src/shared/outcome.ts'
import { defaultSettings, settingsSchema } from '../../../src/shared/settings.ts'

it('the defaults are settings, and keep the last thousand jobs', () => {
  expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings)
  expect(defaultSettings.keepJobs).toBe(1000)
})

it.each(outcomes)('settings without a rule for %s are none', (outcome) => {
  const { [outcome]: _dropped, ...others } = defaultSettings.outcomes
  expect(settingsSchema.safeParse({ ...defaultSettings, outcomes: others }).success).toBe(false)
})

it.each([9, 10_001, 12.5, '100', null])('%j jobs can’t be kept', (keepJobs) => {
  expect(settingsSchema.safeParse({ ...defaultSettings, keepJobs }).success).toBe(false)
})

it.each([{ days: [7] }, { from: 1440 }, { to: -1 }, { from: 7.5 }])('quiet hours of %j are none', (part) => {
  const quietHours = { ...defaultSettings.quietHours, ...part }
  expect(settingsSchema.safeParse({ ...defaultSettings, quietHours }).success).toBe(false)
})
