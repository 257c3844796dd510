import type { PowerMonitor } from 'electron'

/**
 * Calls back when the machine wakes from sleep, or is unlocked where the system reports it (Windows, macOS): the
 * moments when open connections may be dead without a sign.
 * @returns stops listening
 */
export function onWake(powerMonitor: PowerMonitor, listener: () => void): () => void {
  powerMonitor.on('resume', listener)
  powerMonitor.on('unlock-screen', listener)
  return () => {
    powerMonitor.off('resume', listener)
    powerMonitor.off('unlock-screen', listener)
  }
}
