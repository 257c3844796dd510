import type { Page } from '@playwright/test'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openHistory, openMessages, openServers, openSettings } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** Makes the text twice as large, in a window that is 380 pixels wide; resolves once the page has that room. */
const enlarge = async (app: WexflowTray): Promise<void> => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setSize(380, 600)
    window?.webContents.setZoomFactor(2)
  })
  await (await app.window()).waitForFunction(() => innerWidth <= 190)
}

const zoom = (app: WexflowTray): Promise<number | undefined> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())

/** What of the page can only be seen by scrolling sideways, or not at all. */
const cutOff = (window: Page): Promise<readonly string[]> =>
  window.evaluate(() =>
    [
      ...document.querySelectorAll(
        '.header *, main > :not(.jobs-page) *, dialog[open] *, .job-row-name, .menu:popover-open *',
      ),
    ]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        return width > 1 && (left < -1 || right > innerWidth + 1)
      })
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`),
  )

test('nothing is cut off where the text is twice as large in the narrowest window, and it stays so', async ({
  launch,
  server,
  desktop,
}) => {
  const app = await launch()
  const window = await app.signIn({ address: server.origin, staySignedIn: false })
  await desktop.tray.choose('Start workflow', 'Release payments')
  await desktop.tray.choose('Start workflow', 'Send invoices')
  await desktop.notifications.titled('Failed: Send invoices')
  await enlarge(app)
  await expect(jobRows(window, 'Send invoices')).toBeVisible()
  await expect.poll(() => cutOff(window)).toEqual([])
  const waiting = jobRows(window, 'Release payments').getByText('Release payments')
  await expect.poll(async () => (await waiting.boundingBox())?.width ?? 0).toBeGreaterThan(80)
  expect(await axeComplaints(window)).toEqual([])
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog').getByText('Search jobs')).toBeInViewport()
  await expect.poll(() => cutOff(window)).toEqual([])
  await window.keyboard.press('Escape')
  await window.keyboard.press('n')
  await expect(window.getByRole('searchbox', { name: 'Find a workflow' })).toBeFocused()
  await expect.poll(() => cutOff(window)).toEqual([])
  await window.keyboard.press('Escape')
  await window.getByRole('navigation', { name: 'Pages' }).getByRole('button').click()
  await expect(window.getByRole('menu')).toBeVisible()
  await expect.poll(() => cutOff(window)).toEqual([])
  await window.keyboard.press('Escape')
  await openServers(window)
  await expect.poll(() => cutOff(window)).toEqual([])
  await openMessages(window)
  await window.getByRole('button', { name: 'Open in the web manager' }).waitFor()
  await expect.poll(() => cutOff(window)).toEqual([])
  await openHistory(window)
  await window.getByRole('list', { name: 'Server history' }).getByRole('button').first().waitFor()
  await expect.poll(() => cutOff(window)).toEqual([])
  await openSettings(window)
  await expect.poll(() => cutOff(window)).toEqual([])
  await window.getByRole('button', { name: 'Add an exception' }).click()
  await expect.poll(() => cutOff(window)).toEqual([])
  await window.keyboard.press('Escape')
  await app.quit()

  const second = await launch()
  await (await second.window()).getByLabel('Server address').waitFor()
  await expect.poll(() => zoom(second)).toBe(2)
})
