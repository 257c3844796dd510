import { describe, expect, it, test } from 'vitest'
import { ruleText } from '../../../../src/renderer/settings/rule-text.ts'
import {
  type Effect,
  effectOf,
  isAboutAny,
  moved,
  newRule,
  withOutcome,
  withPhase,
  withRule,
} from '../../../../src/renderer/settings/rules.ts'
import { createTranslator } from '../../../../src/shared/i18n.ts'
import { outcomes } from '../../../../src/shared/outcome.ts'
import { type NotificationRule, notificationRuleSchema } from '../../../../src/shared/settings.ts'
import { toldPhases } from '../../../../src/shared/told-phase.ts'
import { serverWith } from '../../app-state.ts'

const texts = createTranslator(['en-GB'])
const bell = { sound: true, chosenSound: { kind: 'named', name: 'bell' } } as const
const a = newRule({ workflow: 'a' })
const b = newRule({ workflow: 'b' })
const c = newRule({ workflow: 'c' })

test('a new rule is one, for every job', () => {
  expect(notificationRuleSchema.parse(newRule({}))).toEqual(newRule({}))
  expect(newRule({}).outcomes.toSorted()).toEqual([...outcomes].toSorted())
  expect(newRule({}).phases).toEqual(toldPhases)
})

describe('the rules', () => {
  it.each([
    [0, 1, [b, a, c]],
    [2, 1, [a, c, b]],
    [1, 0, [b, a, c]],
  ])('change their order: from %i to %i', (from, to, after) => {
    expect(moved([a, b, c], from, to)).toEqual(after)
  })

  it('have a new one first, and a changed one in its place', () => {
    expect(withRule([a, b], -1, c)).toEqual([c, a, b])
    expect(withRule([a, b], 1, c)).toEqual([a, c])
  })
})

it('outcomes stay in the order of the list, however they are chosen', () => {
  const none = { ...a, outcomes: [] }
  const two = withOutcome(withOutcome(none, 'unknown', true), 'done', true)
  expect(two.outcomes).toEqual(['done', 'unknown'])
  expect(withOutcome(two, 'done', false).outcomes).toEqual(['unknown'])
})

it('what comes before the end stays in its order, however it is chosen, and a rule is about something', () => {
  const none = { ...a, outcomes: [], phases: [] }
  expect([isAboutAny(none), notificationRuleSchema.safeParse(none).success]).toEqual([false, false])
  const two = withPhase(withPhase(none, 'stillRunning', true), 'waiting', true)
  expect(two.phases).toEqual(['waiting', 'stillRunning'])
  expect([isAboutAny(two), notificationRuleSchema.safeParse(two).success]).toEqual([true, true])
  expect(withPhase(two, 'waiting', false).phases).toEqual(['stillRunning'])
})

it.each<[Partial<NotificationRule>, Effect]>([
  [{ notify: false, sound: true, stays: true }, 'none'],
  [{ sound: true, stays: false }, 'sound'],
  [{ ...bell, stays: false }, 'named'],
  [{ ...bell, stays: true }, 'namedStays'],
  [{ ...bell, sound: false, stays: false }, 'silent'],
  [{ sound: true, chosenSound: { kind: 'named', name: 'Basso' }, stays: false }, 'sound'],
  [{ sound: false, stays: false }, 'silent'],
  [{ sound: true, stays: true }, 'soundStays'],
  [{ sound: false, stays: true }, 'silentStays'],
])('%j makes of a notification: %s', (part, effect) => {
  expect(effectOf({ ...a, ...part }, 'linux')).toBe(effect)
})

describe('a rule in words', () => {
  const servers = [serverWith({ id: 's', name: 'production' })]

  it('for everything', () => {
    expect(ruleText(newRule({}), servers, 'linux', texts)).toEqual({
      workflow: 'Any workflow',
      where: '',
      what: 'Everything: notification with sound',
    })
  })

  it('for some jobs', () => {
    const rule: NotificationRule = {
      ...newRule({ workflow: 'Ping', serverId: 's' }),
      startedBy: 'others',
      outcomes: ['done', 'stopped'],
      phases: ['waiting', 'stillRunning'],
      notify: false,
    }
    expect(ruleText(rule, servers, 'linux', texts)).toEqual({
      workflow: 'Ping',
      where: 'on production, started by others',
      what: 'Done, Stopped, Waiting for approval, Still running: no notification',
    })
  })

  it('for every end alone, or for nothing but what comes before', () => {
    expect(ruleText({ ...a, phases: [] }, servers, 'linux', texts).what).toBe(
      'Any outcome: notification with sound',
    )
    expect(ruleText({ ...a, outcomes: [] }, servers, 'linux', texts).what).toBe(
      'Before the end: notification with sound',
    )
  })

  it('with a sound of its own', () => {
    expect(ruleText({ ...a, ...bell }, [], 'linux', texts).what).toBe(
      'Everything: notification with the sound “Bell”',
    )
    const horn = { kind: 'file', path: '/home/ann/my horn.oga' } as const
    expect(ruleText({ ...a, chosenSound: horn, stays: true }, [], 'linux', texts).what).toBe(
      'Everything: notification with the sound “my horn.oga” that stays',
    )
  })

  it('for a server that was forgotten', () => {
    expect(ruleText(newRule({ serverId: 'gone' }), servers, 'linux', texts).where).toBe(
      'on a forgotten server',
    )
  })
})
