import type { Settings } from '../../shared/settings.ts'
import type { Log } from '../platform/log.ts'

export interface ShortcutOptions {
  /** Has the system give the app these keys in the place of others; returns whether it does. */
  readonly register: (accelerator: string | null) => boolean
  readonly log: Log
}

/** The keys that reach the app from every program, if the person has chosen some. */
export class Shortcut {
  readonly #options: ShortcutOptions
  #accelerator: string | null = null

  constructor(options: ShortcutOptions) {
    this.#options = options
  }

  /** Takes these keys, or none. Returns whether the system gives them. */
  set(accelerator: string | null): boolean {
    this.#accelerator = accelerator
    return this.#options.register(accelerator)
  }

  /** Takes the keys that the settings name, which may have been imported. */
  follow({ shortcut }: Settings): void {
    if (shortcut === this.#accelerator || this.set(shortcut)) return
    this.#options.log.info('the system does not let the app have its shortcut')
  }
}
