import { startDaemon } from './daemon.ts'

/** An X display that nobody looks at: its windows take no focus from anybody's, and its clipboard is its own. */
export interface VirtualDisplay {
  /** What an app needs in its environment to be shown there. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** Starts an X server. Rejects where `Xvfb` can't be started. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const screen = ['-screen', '0', '1280x1024x24']
  // Without -noreset it would start anew whenever the last window on it closes.
  const { firstLine, stop } = startDaemon('Xvfb', [
    '-displayfd',
    '1',
    '-nolisten',
    'tcp',
    '-noreset',
    ...screen,
  ])
  const name = `:${await firstLine()}`
  return { env: { DISPLAY: name, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' }, stop }
}
