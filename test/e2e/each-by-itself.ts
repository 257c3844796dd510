import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { emptyDocument, type SettingsDocument } from '../../src/main/settings/document.ts'

/** Puts settings into the app's empty folder; this is not the person's first day. */
const writeSettings = (userData: string, settings: SettingsDocument['settings']): Promise<void> =>
  writeFile(
    path.join(userData, 'settings.json'),
    JSON.stringify({ ...emptyDocument, introduced: true, settings }),
  )

/**
 * Puts settings into the app's empty folder by which every end is told, and by itself, as a person can choose: who reads
 * every notification needs no summary, and it does not matter which window has the focus.
 */
export const tellEachByItself = (userData: string): Promise<void> =>
  writeSettings(userData, { ...emptyDocument.settings, oneByOne: 100, tellShown: true })

/** Puts the settings into the app's empty folder that it would have anyway. */
export const tellAsUsual = (userData: string): Promise<void> =>
  writeSettings(userData, emptyDocument.settings)
