import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../steps.ts'

export const picturesFolder = path.join(root, 'demo-output')

/** Pictures of an earlier demo would be taken for this one's. */
export const clearPictures = async (): Promise<void> => {
  await rm(picturesFolder, { recursive: true, force: true })
  await mkdir(picturesFolder, { recursive: true })
}

/** Takes a picture of the window as it is, once light and once dark. */
export const takePictures = async (window: Page, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    const file = path.join(picturesFolder, `${name}-${colorScheme}.png`)
    await window.screenshot({ path: file, animations: 'disabled' })
  }
  await window.emulateMedia({ colorScheme: null })
}
