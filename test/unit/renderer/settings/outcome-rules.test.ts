import { expect, it } from 'vitest'
import { withOutcomeRule } from '../../../../src/renderer/settings/outcome-rules.ts'
import { outcomes } from '../../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../../src/shared/settings.ts'

it.each(outcomes)('a choice for %s changes nothing else', (outcome) => {
  const before = defaultSettings.outcomes[outcome]
  const { outcomes: after, ...others } = withOutcomeRule(defaultSettings, outcome, { notify: !before.notify })
  expect(after).toEqual({
    ...defaultSettings.outcomes,
    [outcome]: { ...before, notify: !before.notify },
  })
  expect({ ...others, outcomes: defaultSettings.outcomes }).toEqual(defaultSettings)
})

it('a sound can be chosen for itself', () => {
  const bell = { sound: true, chosenSound: { kind: 'named', name: 'bell' } } as const
  expect(withOutcomeRule(defaultSettings, 'done', bell).outcomes.done).toEqual({ notify: true, ...bell })
})
