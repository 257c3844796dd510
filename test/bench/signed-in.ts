import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import type { ElectronApp } from './electron-app.ts'

const lookEveryMs = 50
const patienceMs = 15_000

async function firstPage(browser: Browser): Promise<Page> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const [page] = browser.contexts().flatMap((context) => context.pages())
    if (page !== undefined) return page
    if (performance.now() > deadline) throw new Error('The app opened no window')
    await pause(lookEveryMs)
  }
}

/**
 * Signs in through the app's form and closes the window: from then on the app is as it is when a person has walked
 * away, and nobody is connected to it.
 */
export async function signInAndCloseWindow(
  app: ElectronApp,
  address: string,
  staySignedIn = false,
): Promise<void> {
  const browser = await chromium.connectOverCDP(await app.devtools())
  const page = await firstPage(browser)
  await page.getByLabel('Server address').fill(address)
  await page.getByLabel('User name').fill('admin')
  await page.getByLabel('Password').fill('wexflow2018')
  await page.getByLabel('Stay signed in').setChecked(staySignedIn)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  // The first sign-in leads to a page of its own.
  await page.getByRole('heading', { name: /^(?:Jobs|What happens now)$/u }).waitFor()
  await page.close()
  await browser.close()
}
