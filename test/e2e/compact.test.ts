import { writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openSettings } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** Milliseconds after which a click on the icon can't be the one by which the small window lost the focus. */
const anotherClickMs = 400

/** Clicks the tray icon, and answers the window that comes. */
async function clickIcon(app: WexflowTray): Promise<Page> {
  await pause(anotherClickMs)
  await app.desktop.tray.activate()
  const window = await app.window()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  return window
}

const sizeOf = (app: WexflowTray): Promise<readonly number[] | undefined> =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())

test('a click on the icon opens a small window, which closes by itself unless it is pinned, and can become the window', async ({
  app,
  desktop,
}) => {
  const { tray, notifications } = desktop
  await tray.choose('Start workflow', 'Send invoices')
  await notifications.titled('Failed: Send invoices')
  await app.closeWindow()

  const small = await clickIcon(app)
  await expect.poll(() => sizeOf(app)).toEqual([380, 520])
  await jobRows(small, 'Send invoices').click()
  await small.getByRole('button', { name: 'Back to the list' }).waitFor()
  expect(await axeComplaints(small)).toEqual([])
  await small.keyboard.press('Escape')
  await expect(jobRows(small, 'Send invoices')).toBeVisible()
  await openSettings(small)
  await small.getByRole('heading', { name: 'Settings' }).click()
  await small.keyboard.press('Escape')
  await expect(jobRows(small, 'Send invoices')).toBeVisible()
  // The window is gone before the key is up again.
  await Promise.all([small.waitForEvent('close'), small.keyboard.press('Escape').catch(() => {})])

  const again = await clickIcon(app)
  // Nothing has the focus yet: the arrows lead into the list.
  await again.keyboard.press('ArrowDown')
  await expect(again.getByRole('listbox', { name: 'Jobs' })).toBeFocused()
  await again.getByRole('button', { name: 'Keep it open' }).click()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
  await expect(again.getByRole('button', { name: 'Keep it open' })).toHaveAttribute('aria-pressed', 'true')
  await again.getByRole('button', { name: 'Keep it open' }).click()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus())
  const gone = again.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
  await gone

  const third = await clickIcon(app)
  await third.getByRole('button', { name: 'Open the full window' }).click()
  await expect.poll(() => sizeOf(app)).toEqual([920, 640])
  const window = await app.window()
  await expect(jobRows(window, 'Send invoices')).toBeVisible()
  await expect(window.getByRole('button', { name: 'Keep it open' })).toBeHidden()
})

test('the small window stays while a file is chosen for it, which takes the focus', async ({ app }) => {
  const file = test.info().outputPath('settings.json')
  await writeFile(file, 'nothing')
  await app.closeWindow()
  const small = await clickIcon(app)
  await openSettings(small)
  await app.electron.evaluate(({ BrowserWindow, dialog }, filePath) => {
    const [window] = BrowserWindow.getAllWindows()
    dialog.showOpenDialog = async () => {
      window?.blur()
      await new Promise((resolve) => {
        setTimeout(resolve, 500)
      })
      return { canceled: false, filePaths: [filePath] }
    }
  }, file)
  await small.getByRole('button', { name: 'Import…' }).click()
  await expect(small.getByRole('alert')).toContainText('no settings that Wexflow Tray has exported')
})
