import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds on the page as it is, in light and in dark: empty where nothing is wrong. */
export async function axeComplaints(window: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Electron has no way to open the blank page that axe would like to run in.
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze()
    for (const { id, nodes } of violations)
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html}\n${failureSummary ?? ''}`),
      )
  }
  return found
}
