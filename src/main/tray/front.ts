import type { Command } from '../../shared/commands.ts'
import type { TrayPicture } from './picture.ts'
import type { AppTray, TrayOptions } from './tray.ts'

/** The icon and its menu on a desktop; Electron's is `AppTray`. */
export type Tray = Pick<AppTray, 'shown' | 'render' | 'watchHost' | 'destroy'>
export type MakeTray = (options: Pick<TrayOptions, 'picture' | 'onCommand' | 'onClick' | 'onOpen'>) => Tray

/**
 * The tray as the rest of the app has it. It is there before the rest, and also where the rest could not be built: what
 * is chosen in it meanwhile is carried out once somebody can, and Quit works at any time.
 */
export class TrayFront {
  readonly #make: MakeTray
  readonly #quit: () => void
  readonly #chosen: Command[] = []
  #run: ((command: Command) => void) | null = null
  #picture: (() => TrayPicture) | null = null
  #tray: Tray | null = null

  constructor(make: MakeTray, quit: () => void) {
    this.#make = make
    this.#quit = quit
  }

  /** Shows this from now on. Resolves once the desktop has had the time to show it. */
  async show(picture: () => TrayPicture): Promise<void> {
    this.#picture = picture
    if (this.#tray === null)
      this.#tray = this.#make({
        picture: () => this.#picture?.() ?? picture(),
        onCommand: (command) => this.#choose(command),
        onClick: (icon) => this.#choose({ kind: 'clickIcon', icon }),
        onOpen: () => this.#choose({ kind: 'refreshWorkflows' }),
      })
    else this.#tray.render()
    await this.#tray.shown()
  }

  /** Carries out what is chosen, and what was chosen so far. */
  begin(run: (command: Command) => void): void {
    this.#run = run
    for (const command of this.#chosen.splice(0)) run(command)
  }

  render(): void {
    this.#tray?.render()
  }

  /** Tells whether the desktop has a place for the icon, and makes it anew when one comes. */
  watchHost(onChange: (isPresent: boolean) => void): void {
    this.#tray?.watchHost(onChange)
  }

  /** Takes the icon away: the app ends. */
  destroy(): void {
    this.#tray?.destroy()
  }

  #choose(command: Command): void {
    if (command.kind === 'quit') this.#quit()
    else if (this.#run === null) this.#chosen.push(command)
    else this.#run(command)
  }
}
