import { type App, clipboard, dialog, shell } from 'electron'

/** What Electron's desktop does for the person outside of this app's own window. After the app's `ready`. */
export const electronDesktop = (app: Pick<App, 'quit'>) => ({
  openFile: (path: string): Promise<string> => shell.openPath(path),
  copyText: async (text: string): Promise<void> => clipboard.writeText(text),
  quit: (): void => app.quit(),
  tellFailure: async (text: { title: string; body: string; quit: string }): Promise<void> => {
    const { title, body, quit } = text
    await dialog.showMessageBox({ type: 'error', title, message: title, detail: body, buttons: [quit] })
  },
})
