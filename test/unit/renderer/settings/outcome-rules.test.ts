import { expect, it } from 'vitest'
import { withOutcomeTold, withPhaseTold } from '../../../../src/renderer/settings/outcome-rules.ts'
import { outcomes } from '../../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../../src/shared/settings.ts'
import { toldPhases } from '../../../../src/shared/told-phase.ts'

it.each(outcomes)('a choice for %s changes nothing else', (outcome) => {
  const before = defaultSettings.outcomes[outcome]
  const { outcomes: after, ...others } = withOutcomeTold(defaultSettings, outcome, { notify: !before.notify })
  expect(after).toEqual({
    ...defaultSettings.outcomes,
    [outcome]: { ...before, notify: !before.notify },
  })
  expect({ ...others, outcomes: defaultSettings.outcomes }).toEqual(defaultSettings)
})

it.each(toldPhases)('a choice for what comes before the end (%s) changes nothing else', (phase) => {
  const before = defaultSettings.phases[phase]
  const { phases: after, ...others } = withPhaseTold(defaultSettings, phase, { stays: true })
  expect(after).toEqual({ ...defaultSettings.phases, [phase]: { ...before, stays: true } })
  expect({ ...others, phases: defaultSettings.phases }).toEqual(defaultSettings)
})

it('a sound can be chosen for itself', () => {
  const bell = { sound: true, chosenSound: { kind: 'named', name: 'bell' } } as const
  expect(withOutcomeTold(defaultSettings, 'done', bell).outcomes.done).toEqual({
    notify: true,
    stays: false,
    ...bell,
  })
})
