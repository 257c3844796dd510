import type { TFunction } from 'i18next'
import type { System } from '../../shared/desktop-kind.ts'
import type { Telling } from '../../shared/settings.ts'
import { type SoundName, soundNames, soundOn } from '../../shared/sound.ts'

/** Whether a notification has a sound, and which. */
export type Heard = Pick<Telling, 'sound' | 'chosenSound'>

/** What a list of sounds offers: none, the system's usual one, those that it has by name, or the file that is chosen. */
export type SoundChoice = 'none' | 'usual' | 'file' | SoundName

export function choiceOf({ sound, chosenSound }: Heard, system: System): SoundChoice {
  if (!sound) return 'none'
  const chosen = soundOn(system, chosenSound)
  if (chosen === null) return 'usual'
  return chosen.kind === 'file' ? 'file' : chosen.name
}

/** All that can be chosen, in the order in which it is listed. */
export const soundChoices = (heard: Heard, system: System): readonly SoundChoice[] => [
  'none',
  'usual',
  ...soundNames[system],
  ...(choiceOf(heard, system) === 'file' ? (['file'] as const) : []),
]

/** What is heard after a choice; the file that is chosen can't be chosen anew. */
export function withSoundChoice(heard: Heard, choice: SoundChoice): Heard {
  if (choice === 'file') return heard
  if (choice === 'none' || choice === 'usual') return { sound: choice === 'usual', chosenSound: null }
  return { sound: true, chosenSound: { kind: 'named', name: choice } }
}

type LinuxSound = (typeof soundNames)['linux'][number]
/** Those of macOS are names in every language. */
const isTranslated = (choice: SoundName): choice is LinuxSound =>
  soundNames.linux.some((name) => name === choice)

/** A choice in words. */
export function soundText({ chosenSound }: Heard, choice: SoundChoice, t: TFunction): string {
  if (choice === 'none' || choice === 'usual') return t(`settings.sound.${choice}`)
  if (choice !== 'file') return isTranslated(choice) ? t(`settings.sound.names.${choice}`) : choice
  return chosenSound?.kind === 'file' ? chosenSound.path.replace(/^.*\//u, '') : ''
}
