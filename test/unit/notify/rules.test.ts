import { describe, expect, test } from 'vitest'
import {
  correctedOutcome,
  isWorthReadingLog,
  needsAttention,
  iconOf,
  mannerOfEnds,
  offersRunAgain,
  ruleFor,
  ruleForMissed,
  ruleForPhase,
  targetsFor,
  type UntoldBecause,
  whyUntold,
} from '../../../src/main/notify/rules.ts'
import type { Target } from '../../../src/shared/hand-on.ts'
import type { Told } from '../../../src/shared/told.ts'
import { toldPhases } from '../../../src/shared/told-phase.ts'
import { type Outcome, outcomes } from '../../../src/shared/outcome.ts'
import {
  defaultSettings,
  type NotificationRule,
  type Settings,
  type Telling,
} from '../../../src/shared/settings.ts'
import { endedView } from '../job-view.ts'

const told = (outcome: Outcome, how: Told['how'] = 'shown'): Told => ({ at: 1, outcome, how })

describe('an outcome that the person was shown before is put right', () => {
  test.each<[name: string, before: Told | null, corrected: Outcome | null]>([
    ['nothing was told', null, null],
    ['the same was told', told('failed'), null],
    ['another was told', told('unknown'), 'unknown'],
    ['another was refused, so that nobody heard it', told('unknown', 'refused'), null],
    ['another was muted', told('unknown', 'muted'), null],
  ])('%s', (_name, before, corrected) => {
    expect(correctedOutcome(endedView('failed'), before)).toBe(corrected)
  })
})

const untold = (
  job: ReturnType<typeof endedView>,
  settings: Settings,
  {
    before = null,
    isShown = false,
    isFix = false,
  }: { before?: Told | null; isShown?: boolean; isFix?: boolean } = {},
): UntoldBecause | null => whyUntold(job, { told: before, isShown, isFix: () => isFix }, settings)

const only = (wanted: Outcome, choice: Pick<Telling, 'notify' | 'sound'>): Settings => ({
  ...defaultSettings,
  outcomes: { ...defaultSettings.outcomes, [wanted]: { ...choice, chosenSound: null, stays: false } },
})

const mannerOf = (ends: readonly Outcome[], settings: Settings) =>
  mannerOfEnds(
    ends.map((one) => endedView(one)),
    settings,
  )

describe('the settings', () => {
  test.each(outcomes)('mute %s alone', (outcome) => {
    const settings = only(outcome, { notify: false, sound: false })
    expect(outcomes.filter((one) => untold(endedView(one), settings) === 'muted')).toEqual([outcome])
  })

  test('do not keep back what puts right an outcome that was told', () => {
    const settings = only('done', { notify: false, sound: false })
    expect(untold(endedView('done'), settings, { before: told('unknown') })).toBeNull()
    expect(untold(endedView('done'), settings, { before: told('unknown', 'muted') })).toBe('muted')
    expect(ruleFor(endedView('done'), settings).notify).toBe(false)
  })

  test('several jobs make a sound as soon as one of them asks for it', () => {
    expect(mannerOf(['done', 'stopped'], defaultSettings).isSilent).toBe(true)
    expect(mannerOf(['done', 'failed'], defaultSettings).isSilent).toBe(false)
    expect(mannerOf(['failed'], only('failed', { notify: true, sound: false })).isSilent).toBe(true)
  })

  test('several jobs stay on the screen as soon as one of them does', () => {
    const stopped = { ...defaultSettings.outcomes.stopped, stays: true }
    const settings = { ...defaultSettings, outcomes: { ...defaultSettings.outcomes, stopped } }
    expect(mannerOf(['done', 'failed'], settings).isStaying).toBe(false)
    expect(mannerOf(['done', 'stopped'], settings).isStaying).toBe(true)
  })

  test('several jobs have the sound of the worst of those that ask for one', () => {
    const bell: Telling = {
      notify: true,
      sound: true,
      chosenSound: { kind: 'named', name: 'bell' },
      stays: false,
    }
    const settings = {
      ...defaultSettings,
      outcomes: { ...defaultSettings.outcomes, done: bell, failed: { ...bell, sound: false } },
    }
    const heard = (...ends: readonly Outcome[]) => mannerOf(ends, settings).sound
    expect(heard('failed', 'stopped')).toBeNull()
    expect(heard('failed', 'done')).toEqual(bell.chosenSound)
    expect(heard('done', 'warning')).toBeNull()
  })

  test('all outcomes are told at first, and only those with a sound that somebody should look at', () => {
    expect(outcomes.every((outcome) => untold(endedView(outcome), defaultSettings) === null)).toBe(true)
    expect(outcomes.filter((outcome) => !mannerOf([outcome], defaultSettings).isSilent)).toEqual([
      'warning',
      'failed',
      'notStarted',
      'unknown',
    ])
  })
})

const rule = (part: Partial<NotificationRule>): NotificationRule => ({
  workflow: null,
  serverId: null,
  startedBy: 'anyone',
  outcomes: [...outcomes],
  phases: [...toldPhases],
  notify: true,
  sound: true,
  chosenSound: null,
  stays: true,
  handOn: [],
  ...part,
})

const ruled = (...rules: readonly Partial<NotificationRule>[]): Settings => ({
  ...defaultSettings,
  rules: rules.map(rule),
})

describe('a rule', () => {
  const job = endedView('done', {}, { workflowName: 'Nightly export', serverId: 'a' })
  const ofOthers = endedView('done', {}, { origin: 'cron' })

  test.each<[name: string, part: Partial<NotificationRule>, fits: boolean, of?: typeof job]>([
    ['for everything', {}, true],
    ['for the workflow', { workflow: 'Nightly export' }, true],
    ['for the workflow, however its name is written', { workflow: ' nightly EXPORT' }, true],
    ['for a part of its name', { workflow: 'Nightly' }, false],
    ['for another workflow', { workflow: 'Ping' }, false],
    ['for its server', { serverId: 'a' }, true],
    ['for another server', { serverId: 'b' }, false],
    ['for the outcome', { outcomes: ['failed', 'done'] }, true],
    ['for other outcomes', { outcomes: ['failed'] }, false],
    ['for what the person starts, of a job of theirs', { startedBy: 'me' }, true],
    ['for what others start, of a job of the person', { startedBy: 'others' }, false],
    ['for what others start, of a job of others', { startedBy: 'others' }, true, ofOthers],
    ['for what the person starts, of a job of others', { startedBy: 'me' }, false, ofOthers],
  ])('%s', (_name, part, isFitting, of = job) => {
    expect(ruleFor(of, ruled(part)).stays).toBe(isFitting)
  })

  test('that is the first to fit counts', () => {
    const settings = ruled({ workflow: 'Ping' }, { sound: false }, { notify: false })
    expect(ruleFor(job, settings)).toMatchObject({ notify: true, sound: false })
  })

  test('mutes what its outcome would tell, and tells what its outcome would mute', () => {
    expect(untold(job, ruled({ notify: false }))).toBe('muted')
    const muted = only('done', { notify: false, sound: false })
    expect(untold(job, { ...muted, rules: [rule({})] })).toBeNull()
  })

  test('does not keep back what puts right an outcome that was told', () => {
    expect(untold(job, ruled({ notify: false }), { before: told('unknown') })).toBeNull()
  })

  test('of one of several jobs is enough for a sound, and for staying on the screen', () => {
    const settings = ruled({ workflow: 'Nightly export' })
    expect(mannerOfEnds([ofOthers], settings)).toMatchObject({ isSilent: true, isStaying: false })
    expect(mannerOfEnds([ofOthers, job], settings)).toMatchObject({ isSilent: false, isStaying: true })
  })

  test.each(toldPhases)('decides how it is told that a job is %s, where it is about that', (phase) => {
    const { phases } = defaultSettings
    expect(ruleForPhase(job, phase, ruled({ notify: false })).notify).toBe(false)
    expect(ruleForPhase(job, phase, ruled({ notify: false, workflow: 'Ping' }))).toBe(phases[phase])
    const others = toldPhases.filter((one) => one !== phase)
    expect(ruleForPhase(job, phase, ruled({ notify: false, phases: others }))).toBe(phases[phase])
    expect(ruleForPhase(job, phase, ruled({ phases: [], notify: false }, { stays: true })).stays).toBe(true)
  })

  test('about what comes before the end alone says nothing of the end', () => {
    expect(untold(job, ruled({ outcomes: [], notify: false }))).toBeNull()
  })
})

describe('a workflow that did not run as its schedule says', () => {
  const run = { workflowName: 'Nightly export', serverId: 'a' }

  test.each<[name: string, part: Partial<NotificationRule>, fits: boolean]>([
    ['for everything', {}, true],
    ['for what did not start, of what others start', { outcomes: ['notStarted'], startedBy: 'others' }, true],
    ['for what the person starts', { startedBy: 'me' }, false],
    ['for other outcomes', { outcomes: ['failed'], phases: [] }, false],
    ['for another workflow', { workflow: 'Ping' }, false],
  ])('is told by a rule %s, where it fits', (_name, part, isFitting) => {
    expect(ruleForMissed(run, ruled({ ...part, notify: false })).notify).toBe(!isFitting)
  })

  test('is told like what did not start otherwise, though that is told by nothing', () => {
    const settings = only('notStarted', { notify: false, sound: true })
    expect(ruleForMissed(run, settings)).toEqual({ ...settings.outcomes.notStarted, notify: true })
  })
})

const givenUser = (value: string | null) => [{ name: 'user', value }]

describe('another run is offered', () => {
  test('of what did not do its work', () => {
    expect(outcomes.filter((outcome) => !offersRunAgain(endedView(outcome)))).toEqual(['done', 'rejected'])
  })

  test('only where all that the job was given is known', () => {
    expect(offersRunAgain(endedView('failed', {}, { variables: givenUser('alice') }))).toBe(true)
    expect(offersRunAgain(endedView('failed', {}, { variables: givenUser(null) }))).toBe(false)
    expect(offersRunAgain(endedView('failed', {}, { origin: 'cron' }))).toBe(false)
  })
})

describe('a job that the window shows to the person', () => {
  test.each(outcomes)('is not told as %s as well, unless that is wanted', (outcome) => {
    const job = endedView(outcome)
    expect(untold(job, defaultSettings, { isShown: true })).toBe('seen')
    expect(untold(job, { ...defaultSettings, tellShown: true }, { isShown: true })).toBeNull()
  })

  test('is put right where a notification said something else', () => {
    expect(untold(endedView('done'), defaultSettings, { before: told('unknown'), isShown: true })).toBeNull()
  })
})

test('several ends have the icon of the worst of them', () => {
  expect(iconOf([endedView('done'), endedView('stopped')])).toBe('stopped')
  expect(iconOf([endedView('warning'), endedView('unknown'), endedView('done')])).toBe('unknown')
  expect(iconOf(outcomes.map((outcome) => endedView(outcome)))).toBe('failed')
  expect(iconOf([endedView('done')])).toBe('done')
})

test('the icon asks for attention for what failed, did not start, or has no known end', () => {
  expect(outcomes.filter((outcome) => needsAttention(endedView(outcome)))).toEqual([
    'failed',
    'notStarted',
    'unknown',
  ])
})

describe('the log is waited for', () => {
  test.each<[name: string, job: ReturnType<typeof endedView>, isWorth: boolean]>([
    ['a failure: its last error', endedView('failed'), true],
    ['a warning: what it warns of', endedView('warning'), true],
    ['a failure whose error is known', endedView('failed', { errorLine: 'boom' }), false],
    ['a start that failed has no log', endedView('notStarted', {}, { jobId: null }), false],
    [
      'a failure of a run whose id is not known: its entry has a log',
      endedView('failed', {}, { jobId: null }),
      true,
    ],
    ['an end of unknown duration, whoever saw it', endedView('done', { durationMs: null }), true],
    ['an end of known duration is told at once', endedView('done'), false],
    ['an unknown end: its log says no more', endedView('unknown', { durationMs: null }), false],
  ])('%s', (_name, job, isWorth) => {
    expect(isWorthReadingLog(job)).toBe(isWorth)
  })
})

const target = (id: string, isForAll: boolean): Target => ({
  id,
  name: id,
  kind: 'json',
  host: '',
  isForAll,
})

describe('an end is handed on', () => {
  const targets = [target('all', true), target('some', false)]
  const done = endedView('done')
  const to = (settings: Partial<Settings>, fix = false): string[] =>
    targetsFor(done, { ...defaultSettings, targets, ...settings }, () => fix)
  const silentDone = {
    ...defaultSettings.outcomes,
    done: { ...defaultSettings.outcomes.done, notify: false },
  }

  test.each<[what: string, settings: Partial<Settings>, targets: string[]]>([
    ['to those for all, where it is told', {}, ['all']],
    ['to none, where it is not told', { outcomes: silentDone }, []],
    ['also to those of its rule', { rules: [rule({ handOn: ['some'] })] }, ['all', 'some']],
    [
      'only to those of its rule, where that keeps it from the screen',
      { rules: [rule({ notify: false, handOn: ['some'] })] },
      ['some'],
    ],
    ['once to one that both name', { rules: [rule({ handOn: ['all'] })] }, ['all']],
    [
      'to none of a rule that another comes before',
      { rules: [rule({}), rule({ handOn: ['some'] })] },
      ['all'],
    ],
    [
      'to none of a rule for other outcomes',
      { rules: [rule({ outcomes: ['failed'], handOn: ['some'] })] },
      ['all'],
    ],
    ['to none that is gone', { rules: [rule({ handOn: ['gone'] })] }, ['all']],
  ])('%s', (_, settings, expected) => {
    expect(to(settings)).toEqual(expected)
  })

  test('to those for all where it is told only since it was fixed', () => {
    expect(to({ outcomes: silentDone }, true)).toEqual(['all'])
  })
})
