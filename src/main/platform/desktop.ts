import { writeFile } from 'node:fs/promises'
import { type App, clipboard, dialog, globalShortcut, shell } from 'electron'
import { createTranslator } from '../../shared/i18n.ts'
import type { Question } from '../commands.ts'
import { openInBrowser } from './browser.ts'
import type { LogFile } from './log-file.ts'

/** Where the system lets a person choose what notifies; Linux has no address for it that all desktops know. */
const notificationSettings: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'ms-settings:notifications',
  darwin: 'x-apple.systempreferences:com.apple.preference.notifications',
}

/** The boxes of the system's own that ask the person something just now. */
export class OpenBoxes {
  #count = 0

  get areAny(): boolean {
    return this.#count > 0
  }

  async answered<Answer>(box: Promise<Answer>): Promise<Answer> {
    this.#count += 1
    try {
      return await box
    } finally {
      this.#count -= 1
    }
  }
}

/** What Electron's desktop does for the person outside of this app's own window. After the app's `ready`. */
export const electronDesktop = (app: Pick<App, 'quit'>, platform: NodeJS.Platform, boxes: OpenBoxes) => ({
  openFile: (path: string): Promise<string> => shell.openPath(path),
  copyText: async (text: string): Promise<void> => clipboard.writeText(text),
  openInBrowser: (address: string): Promise<void> => openInBrowser(shell, address),
  setShortcut: (accelerator: string | null, onPress: () => void): boolean => {
    globalShortcut.unregisterAll()
    if (accelerator === null) return true
    try {
      return globalShortcut.register(accelerator, onPress)
    } catch {
      // Not a combination that Electron knows.
      return false
    }
  },
  openNotificationSettings: async (): Promise<void> => {
    const address = notificationSettings[platform]
    if (address !== undefined) await shell.openExternal(address)
  },
  saveText: async (name: string, text: string): Promise<'saved' | 'cancelled' | 'failed'> => {
    const { canceled, filePath } = await boxes.answered(dialog.showSaveDialog({ defaultPath: name }))
    if (canceled || filePath === '') return 'cancelled'
    try {
      await writeFile(filePath, text)
      return 'saved'
    } catch {
      return 'failed'
    }
  },
  chooseFile: async (): Promise<string | null> => {
    const { filePaths } = await boxes.answered(
      dialog.showOpenDialog({ properties: ['openFile', 'dontAddToRecent'] }),
    )
    return filePaths[0] ?? null
  },
  confirm: async ({ title, text, yes, no }: Question): Promise<boolean> => {
    const box = dialog.showMessageBox({
      type: 'question',
      title,
      message: title,
      detail: text,
      buttons: [no, yes],
      // Enter and Escape: the box may come up under fingers that type.
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    const { response } = await boxes.answered(box)
    return response === 1
  },
  quit: (): void => app.quit(),
  tellFailure: async (text: { title: string; body: string; quit: string }): Promise<void> => {
    const { title, body, quit } = text
    await dialog.showMessageBox({ type: 'error', title, message: title, detail: body, buttons: [quit] })
  },
})

/**
 * Ends an app of which not even `createApp` could be reached, after its log and a box have said so. Without this a
 * process without an icon would keep the next start from beginning.
 */
export async function giveUp(
  app: Pick<App, 'exit'>,
  log: Pick<LogFile, 'error' | 'open' | 'path'>,
  fault: unknown,
): Promise<void> {
  log.error('the app could not start', fault)
  await log.open()
  const { t } = createTranslator([])
  dialog.showErrorBox(t('broken.title'), t('broken.text', { path: log.path }))
  app.exit(1)
}
