import type { App } from 'electron'

/**
 * Makes an installed app the one that the system opens deep links with. On Linux the package's desktop entry does, and an
 * app that runs from its sources leaves the system alone.
 */
export function openDeepLinks(
  app: Pick<App, 'isPackaged' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
  execPath: string,
): void {
  if (!app.isPackaged || platform === 'linux') return
  // Behind the two dashes nothing that a link says is taken for a switch of Chromium (Windows).
  if (platform === 'win32') app.setAsDefaultProtocolClient('wexflow-tray', execPath, ['--'])
  else app.setAsDefaultProtocolClient('wexflow-tray')
}
