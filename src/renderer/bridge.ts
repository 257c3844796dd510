import type { Command } from '../shared/commands.ts'
import type { Bridge } from '../shared/ipc.ts'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly wexflowTray: Bridge
  }
}

/** The way to main: asks it and listens to it. */
export const bridge: Bridge = window.wexflowTray

/** Has main carry out a command whose answer says nothing: main logs what fails, and the state that it sends shows it. */
export const send = (command: Command): void => {
  bridge.run(command).catch(() => {})
}
