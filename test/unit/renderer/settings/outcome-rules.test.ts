import { expect, it } from 'vitest'
import { withChoice } from '../../../../src/renderer/settings/outcome-rules.ts'
import { outcomes } from '../../../../src/shared/outcome.ts'
import { defaultSettings } from '../../../../src/shared/settings.ts'

it.each(outcomes)('a choice for %s changes nothing else', (outcome) => {
  const before = defaultSettings.outcomes[outcome]
  const { outcomes: after, ...others } = withChoice(defaultSettings, outcome, 'notify', !before.notify)
  expect(after).toEqual({
    ...defaultSettings.outcomes,
    [outcome]: { notify: !before.notify, sound: before.sound },
  })
  expect({ ...others, outcomes: defaultSettings.outcomes }).toEqual(defaultSettings)
})

it('a sound can be chosen for itself', () => {
  expect(withChoice(defaultSettings, 'done', 'sound', true).outcomes.done).toEqual({
    notify: true,
    sound: true,
  })
})
