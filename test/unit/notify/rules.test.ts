import { describe, expect, test } from 'vitest'
import {
  hasEnded,
  isCorrection,
  isSilent,
  isUntold,
  isWanted,
  isWorthReadingLog,
  needsAttention,
} from '../../../src/main/notify/rules.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { type Outcome, outcomes } from '../../../src/shared/outcome.ts'
import { defaultSettings, type Settings } from '../../../src/shared/settings.ts'
import { jobWith } from '../job.ts'
import { endedJob } from './ended-job.ts'

type Told = NonNullable<Job['notified']>
const told = (outcome: Outcome, how: Told['how'] = 'shown'): Told => ({ at: 1, outcome, how })

test.each([
  ['runs', jobWith({ phase: 'running' }), false],
  ['ended, but how is not known yet', jobWith({ phase: 'ended' }), false],
  ['ended', endedJob('done'), true],
])('a job that %s', (_name, job, expected) => {
  expect(hasEnded(job)).toBe(expected)
})

describe('what was dealt with', () => {
  test.each<[name: string, notified: Told | null, isNews: boolean, corrects: boolean]>([
    ['never', null, true, false],
    ['shown', told('failed'), false, false],
    ['refused by the system', told('failed', 'refused'), false, false],
    ['muted by the settings', told('failed', 'muted'), false, false],
    ['told as another outcome', told('unknown'), true, true],
    [
      'refused as another outcome, so that nobody heard the wrong one',
      told('unknown', 'refused'),
      true,
      false,
    ],
    ['muted as another outcome', told('unknown', 'muted'), true, false],
  ])('%s', (_name, notified, isNews, corrects) => {
    const job = endedJob('failed', { notified })
    expect([isUntold(job), isCorrection(job)]).toEqual([isNews, corrects])
  })
})

const only = (wanted: Outcome, choice: { notify: boolean; sound: boolean }): Settings => ({
  ...defaultSettings,
  outcomes: { ...defaultSettings.outcomes, [wanted]: choice },
})

describe('the settings', () => {
  test.each(outcomes)('mute %s alone', (outcome) => {
    const settings = only(outcome, { notify: false, sound: false })
    expect(outcomes.filter((one) => !isWanted(endedJob(one), settings))).toEqual([outcome])
  })

  test('do not keep back what puts right an outcome that was told', () => {
    const settings = only('done', { notify: false, sound: false })
    expect(isWanted(endedJob('done', { notified: told('unknown') }), settings)).toBe(true)
    expect(isWanted(endedJob('done', { notified: told('unknown', 'muted') }), settings)).toBe(false)
  })

  test('several jobs make a sound as soon as one of them asks for it', () => {
    expect(isSilent([endedJob('done'), endedJob('stopped')], defaultSettings)).toBe(true)
    expect(isSilent([endedJob('done'), endedJob('failed')], defaultSettings)).toBe(false)
    expect(isSilent([endedJob('failed')], only('failed', { notify: true, sound: false }))).toBe(true)
  })

  test('all outcomes are told at first, and only those with a sound that somebody should look at', () => {
    expect(outcomes.every((outcome) => isWanted(endedJob(outcome), defaultSettings))).toBe(true)
    expect(outcomes.filter((outcome) => !isSilent([endedJob(outcome)], defaultSettings))).toEqual([
      'warning',
      'failed',
      'notStarted',
      'unknown',
    ])
  })
})

test('the icon asks for attention for what failed, did not start, or has no known end', () => {
  expect(outcomes.filter((outcome) => needsAttention(endedJob(outcome)))).toEqual([
    'failed',
    'notStarted',
    'unknown',
  ])
})

describe('the log is waited for', () => {
  test.each<
    [name: string, job: ReturnType<typeof endedJob>, circumstance: 'live' | 'away', isWorth: boolean]
  >([
    ['a failure: its last error', endedJob('failed'), 'live', true],
    ['a failure whose error is known', endedJob('failed', { errorLine: 'boom' }), 'live', false],
    ['a start that failed has no log', endedJob('notStarted', { jobId: null }), 'live', false],
    ['a failure without a job id has no log', endedJob('failed', { jobId: null }), 'live', false],
    ['a live end is told at once', endedJob('done', { durationMs: null }), 'live', false],
    ['an end that nobody saw: its duration', endedJob('done', { durationMs: null }), 'away', true],
    ['an end that nobody saw, of known duration', endedJob('done'), 'away', false],
    ['an unknown end: its log says no more', endedJob('unknown', { durationMs: null }), 'away', false],
  ])('%s', (_name, job, circumstance, isWorth) => {
    expect(isWorthReadingLog(job, circumstance)).toBe(isWorth)
  })
})
