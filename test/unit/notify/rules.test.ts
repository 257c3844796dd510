import { describe, expect, test } from 'vitest'
import {
  type EndedJob,
  isCorrection,
  isSilent,
  isUntold,
  isWanted,
  isWorthReadingLog,
  needsAttention,
} from '../../../src/main/notify/rules.ts'
import { type Outcome, outcomes } from '../../../src/shared/outcome.ts'
import { defaultSettings, type Settings } from '../../../src/shared/settings.ts'
import { endedView } from '../job-view.ts'

type Told = NonNullable<EndedJob['notified']>
/** An end that nobody was told of yet. */
const untold = (outcome: Outcome): EndedJob => ({ ...endedView(outcome), notified: null })

const told = (outcome: Outcome, how: Told['how'] = 'shown'): Told => ({ at: 1, outcome, how })

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
    const job = { ...endedView('failed'), notified }
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
    expect(outcomes.filter((one) => !isWanted(untold(one), settings))).toEqual([outcome])
  })

  test('do not keep back what puts right an outcome that was told', () => {
    const settings = only('done', { notify: false, sound: false })
    expect(isWanted({ ...endedView('done'), notified: told('unknown') }, settings)).toBe(true)
    expect(isWanted({ ...endedView('done'), notified: told('unknown', 'muted') }, settings)).toBe(false)
  })

  test('several jobs make a sound as soon as one of them asks for it', () => {
    expect(isSilent([endedView('done'), endedView('stopped')], defaultSettings)).toBe(true)
    expect(isSilent([endedView('done'), endedView('failed')], defaultSettings)).toBe(false)
    expect(isSilent([endedView('failed')], only('failed', { notify: true, sound: false }))).toBe(true)
  })

  test('all outcomes are told at first, and only those with a sound that somebody should look at', () => {
    expect(outcomes.every((outcome) => isWanted(untold(outcome), defaultSettings))).toBe(true)
    expect(outcomes.filter((outcome) => !isSilent([endedView(outcome)], defaultSettings))).toEqual([
      'warning',
      'failed',
      'notStarted',
      'unknown',
    ])
  })
})

test('the icon asks for attention for what failed, did not start, or has no known end', () => {
  expect(outcomes.filter((outcome) => needsAttention(endedView(outcome)))).toEqual([
    'failed',
    'notStarted',
    'unknown',
  ])
})

describe('the log is waited for', () => {
  test.each<
    [name: string, job: ReturnType<typeof endedView>, circumstance: 'live' | 'away', isWorth: boolean]
  >([
    ['a failure: its last error', endedView('failed'), 'live', true],
    ['a failure whose error is known', endedView('failed', { errorLine: 'boom' }), 'live', false],
    ['a start that failed has no log', endedView('notStarted', {}, { jobId: null }), 'live', false],
    ['a failure without a job id has no log', endedView('failed', {}, { jobId: null }), 'live', false],
    ['a live end is told at once', endedView('done', { durationMs: null }), 'live', false],
    ['an end that nobody saw: its duration', endedView('done', { durationMs: null }), 'away', true],
    ['an end that nobody saw, of known duration', endedView('done'), 'away', false],
    ['an unknown end: its log says no more', endedView('unknown', { durationMs: null }), 'away', false],
  ])('%s', (_name, job, circumstance, isWorth) => {
    expect(isWorthReadingLog(job, circumstance)).toBe(isWorth)
  })
})
