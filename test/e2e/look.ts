import type { Locator, Page } from '@playwright/test'
import type { Desktop } from '../desktop/desktop.ts'

/** The rows of the list of jobs that can be seen; with a name those of that workflow. */
export const jobRows = (window: Page, workflow = ''): Locator =>
  window.getByRole('listbox', { name: 'Jobs' }).getByRole('option', { name: new RegExp(`^${workflow}`, 'u') })

/** The titles of all notifications so far, oldest first. */
export const titles = (desktop: Desktop): readonly string[] =>
  desktop.notifications.shown.map(({ title }) => title)
