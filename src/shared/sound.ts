import type { System } from './desktop-kind.ts'

/**
 * The sounds that a system calls by a name. Linux: of freedesktop's Sound Naming Specification, as its own theme has them.
 * macOS: the alert sounds of every installation. Electron hands no sound to Windows but in a toast that is all XML.
 */
export const soundNames = {
  linux: ['complete', 'dialog-information', 'dialog-warning', 'dialog-error', 'bell', 'alarm-clock-elapsed'],
  macos: [
    'Basso',
    'Blow',
    'Bottle',
    'Frog',
    'Funk',
    'Glass',
    'Hero',
    'Morse',
    'Ping',
    'Pop',
    'Purr',
    'Sosumi',
    'Submarine',
    'Tink',
  ],
  windows: [],
} as const satisfies Record<System, readonly string[]>

export type SoundName = (typeof soundNames)[System][number]

/** A sound in place of the system's usual one for notifications. */
export type ChosenSound =
  | { readonly kind: 'named'; readonly name: SoundName }
  /** `path`: absolute. */
  | { readonly kind: 'file'; readonly path: string }

/** The sound, where this system has it; null where its usual one is heard, as for settings that come from another system. */
export function soundOn(system: System, sound: ChosenSound | null): ChosenSound | null {
  if (sound === null) return null
  const isThere =
    sound.kind === 'file' ? system === 'linux' : soundNames[system].some((name) => name === sound.name)
  return isThere ? sound : null
}
