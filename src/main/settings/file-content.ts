import { join } from 'node:path'
import { codeOf } from '../platform/error-code.ts'
import { readTextFileNow } from '../platform/text-file.ts'

/** What the settings file holds, or why it could not be read. */
export type FileContent =
  | { readonly kind: 'missing' }
  | { readonly kind: 'content'; readonly value: unknown }
  | { readonly kind: 'unreadable' }

export const settingsFileName = 'settings.json'

/**
 * Reads the settings file. Never throws.
 * @param folder the app's folder for user data
 */
export function readSettings(folder: string): FileContent {
  try {
    return { kind: 'content', value: JSON.parse(readTextFileNow(join(folder, settingsFileName))) }
  } catch (error) {
    return { kind: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' }
  }
}
