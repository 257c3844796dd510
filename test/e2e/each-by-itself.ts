import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { emptyDocument } from '../../src/main/settings/document.ts'

/**
 * Puts settings into the app's empty folder by which every end is told, and by itself, as a person can choose: who reads
 * every notification needs no summary, and it does not matter which window has the focus.
 */
export const tellEachByItself = (userData: string): Promise<void> =>
  writeFile(
    path.join(userData, 'settings.json'),
    JSON.stringify({
      ...emptyDocument,
      settings: { ...emptyDocument.settings, oneByOne: 100, tellShown: true },
    }),
  )
