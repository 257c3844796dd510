import type { Bridge } from '../shared/ipc.ts'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly wexflowTray: Bridge
  }
}

/** The way to main: asks it and listens to it. */
export const bridge: Bridge = window.wexflowTray
