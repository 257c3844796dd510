import { expect, it } from 'vitest'
import {
  choiceOf,
  type Heard,
  type SoundChoice,
  soundChoices,
  soundText,
  withSoundChoice,
} from '../../../../src/renderer/settings/sounds.ts'
import type { System } from '../../../../src/shared/desktop-kind.ts'
import { createTranslator } from '../../../../src/shared/i18n.ts'
import { soundNames } from '../../../../src/shared/sound.ts'

const silent: Heard = { sound: false, chosenSound: null }
const usual: Heard = { sound: true, chosenSound: null }
const basso: Heard = { sound: true, chosenSound: { kind: 'named', name: 'Basso' } }
const bell: Heard = { sound: true, chosenSound: { kind: 'named', name: 'bell' } }
const horn: Heard = { sound: true, chosenSound: { kind: 'file', path: '/home/ann/horn.oga' } }

it.each<[heard: Heard, system: System, choice: SoundChoice]>([
  [silent, 'linux', 'none'],
  [usual, 'linux', 'usual'],
  [bell, 'linux', 'bell'],
  [horn, 'linux', 'file'],
  [basso, 'macos', 'Basso'],
  // From the settings of another system.
  [basso, 'linux', 'usual'],
  [bell, 'macos', 'usual'],
  [horn, 'macos', 'usual'],
  [bell, 'windows', 'usual'],
])('%j on %s is shown as %s', (heard, system, choice) => {
  expect(choiceOf(heard, system)).toBe(choice)
  expect(soundChoices(heard, system)).toContain(choice)
})

it('Windows has no sounds to choose from but its own and none', () => {
  expect(soundChoices(horn, 'windows')).toEqual(['none', 'usual'])
})

it.each(['linux', 'macos'] as const)(
  'each choice on %s is what is heard then, and has a name of its own',
  (system) => {
    const { t } = createTranslator(['da'])
    const choices = soundChoices(usual, system)
    expect(choices).toHaveLength(2 + soundNames[system].length)
    expect(choices.map((choice) => choiceOf(withSoundChoice(horn, choice), system))).toEqual(choices)
    expect(new Set(choices.map((choice) => soundText(usual, choice, t))).size).toBe(choices.length)
  },
)

it('a file that is chosen stays, and is called by its name', () => {
  expect(withSoundChoice(horn, 'file')).toEqual(horn)
  expect(soundText(horn, 'file', createTranslator(['en']).t)).toBe('horn.oga')
})
