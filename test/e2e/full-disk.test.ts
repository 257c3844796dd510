// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, also where that is nothing
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { findEntry } from '../desktop/menu.ts'
import { MountRefused, mountSmallDisk, type SmallDisk } from '../desktop/small-disk.ts'
import { tellAsUsual } from './each-by-itself.ts'
import { test as base, expect } from './fixture.ts'
import { jobRows, signInToStay, titles } from './look.ts'

/** Bytes: several times what Chromium, the log and the jobs of a test take (1 MB with Electron 33). */
const diskSize = 8 * 2 ** 20
/** The least room, in bytes, that a disk in memory gives. */
const page = 4096
/** Milliseconds, more than the app lets pass before it tries a disk again that refused. */
const untilTriedAgainMs = 40_000
/** What says so without a window: a line of the tray's menu, and the title of a notification. */
const said = {
  line: 'The app can’t write its files: check the disk…',
  title: 'Wexflow Tray may forget your jobs',
} as const

/** All that the app keeps is on a disk of its own, Chromium's files and the log too. */
const test = base.extend<{ readonly disk: SmallDisk }>({
  disk: async ({}, use, testInfo) => {
    let disk: SmallDisk
    try {
      disk = await mountSmallDisk(diskSize)
    } catch (error) {
      if (!(error instanceof MountRefused)) throw error
      const reason = `No disk to fill (${error.message}). Run as root, or with: unshare -Urm npm run e2e -- full-disk`
      // Playwright's list shows no reasons.
      console.warn(reason)
      testInfo.skip(true, reason)
      return
    }
    await use(disk)
    await disk.unmount()
  },

  userData: async ({ disk }, use) => {
    await tellAsUsual(disk.folder)
    await use(disk.folder)
  },
})

test('where the disk fills up the app says so, goes on, and remembers everything once there is room', async ({
  launch,
  desktop,
  keyring,
  server,
  disk,
}) => {
  test.slow()
  const { notifications, tray } = desktop
  const start = () => launch({ args: keyring.args })
  const first = await start()
  await signInToStay(first, server.origin)
  await first.closeWindow()
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')

  await disk.fill()
  for (const [workflow, outcome] of [
    ['Import orders', 'Done'],
    ['Send invoices', 'Failed'],
  ] as const) {
    await tray.choose('Start workflow', workflow)
    await notifications.titled(`${outcome}: ${workflow}`)
  }
  expect((await notifications.titled(said.title)).body).toContain('can’t write its files (ENOSPC)')
  await tray.choose(said.line)
  const window = await first.window()
  await expect(notice(window)).toBeVisible()
  await tray.choose('Settings…')
  await window.getByRole('checkbox', { name: 'Warning: notify' }).uncheck()

  await disk.makeRoom()
  await expect(notice(window)).toBeHidden({ timeout: untilTriedAgainMs })
  await expect.poll(async () => findEntry(await tray.menu(), [said.line])).toBeNull()
  // Before it quits the app would write once more.
  await first.kill()
  const second = await start()
  await tray.choose('Open window')
  const after = await second.window()
  await expect(jobRows(after)).toHaveText([/Send invoices.*Failed/, /Import orders.*Done/, /Ping.*Done/])
  await expect(after.getByRole('button', { name: 'admin on' })).toContainText('Connected')
  await tray.choose('Settings…')
  await expect(after.getByRole('checkbox', { name: 'Warning: notify' })).not.toBeChecked()
  await expect(notices(after)).toBeHidden()
  await second.quit()
  const told = titles(desktop)
  const ends = ['Done: Ping', 'Done: Import orders', 'Failed: Send invoices']
  // When the file's last page has no room any more is chance.
  expect(told.filter((title) => title !== said.title)).toEqual(ends)
  expect(told).toHaveLength(ends.length + 1)
  expect([1, 2, 3].map((id) => server.sim.startsCarriedOut(id))).toEqual([1, 1, 1])
})

test('killed on a full disk, the app starts there with what it had remembered before, and works', async ({
  launch,
  desktop,
  keyring,
  server,
  disk,
}) => {
  const { notifications, tray } = desktop
  const start = () => launch({ args: keyring.args })
  const first = await start()
  const firstWindow = await signInToStay(first, server.origin)
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await tray.choose('Start workflow', 'Nightly export')
  await tray.entry(['Nightly export – Running'])

  await disk.fill()
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  await expect(notice(firstWindow)).toBeVisible()
  await first.kill()

  const second = await start()
  await tray.entry(['Nightly export – Running'])
  // The end of the first may have left room for a little.
  await disk.fill()
  await tray.choose('Open window')
  const window = await second.window()
  await expect(jobRows(window, 'Ping')).toContainText('Done')
  await expect(window.getByRole('button', { name: 'admin on' })).toContainText('Connected')
  await expect(damage(window)).toBeHidden()
  await tray.choose('Start workflow', 'Send invoices')
  await notifications.titled('Failed: Send invoices')
  // What is written of one job may still fit into the last page that a file has.
  for (const name of ['Check stock', 'Rebuild index']) await tray.choose('Start workflow', name)
  await expect(notice(window)).toBeVisible()

  await disk.makeRoom()
  await second.quit()
  const third = await start()
  await tray.entry(['Nightly export – Running'])
  await tray.choose('Open window')
  const after = await third.window()
  await expect(jobRows(after, 'Ping')).toContainText('Done')
  await expect(jobRows(after, 'Send invoices')).toContainText('Failed')
  await expect(notices(after)).toBeHidden()
  await third.quit()
  for (const title of ['Done: Ping', 'Failed: Send invoices'])
    expect(titles(desktop).filter((other) => other === title)).toHaveLength(1)
  expect([1, 2, 3, 5].map((id) => server.sim.startsCarriedOut(id))).toEqual([1, 1, 1, 1])
})

test('on a disk that was full before its first start the app starts, says so, and works', async ({
  launch,
  desktop,
  server,
  disk,
}) => {
  const { notifications, tray } = desktop
  await disk.fill()
  const first = await launch()
  const window = await first.signIn({ address: server.origin })
  await expect(notice(window)).toBeVisible()
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  await expect(jobRows(window)).toHaveText([/Import orders.*Done/])
  await first.closeWindow()
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await disk.makeRoom()
  await first.quit()

  const second = await launch()
  await tray.choose('Open window')
  await expect(jobRows(await second.window())).toHaveText([/Ping.*Done/, /Import orders.*Done/])
  await second.quit()
  expect(titles(desktop)).toEqual([said.title, 'Done: Import orders', 'Done: Ping'])
})

test('what the disk refuses while the app starts is said as well', async ({
  launch,
  desktop,
  userData,
  disk,
}) => {
  await writeFile(path.join(userData, 'jobs.ndjson'), 'damaged\n'.repeat(page))
  await disk.fill()
  await launch()
  await desktop.notifications.titled(said.title)
  await desktop.tray.entry([said.line])
})

test('where neither the log nor a terminal takes what the app has to say of it, the app works', async ({
  launch,
  desktop,
  server,
  disk,
}) => {
  const app = await launch()
  await disk.fill()
  // As it is when the terminal is closed.
  app.process.stderr?.destroy()
  await app.signIn({ address: server.origin })
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
})

test('settings that there is room for only in part are not cut', async ({
  launch,
  desktop,
  keyring,
  server,
  userData,
  disk,
}) => {
  const start = () => launch({ args: keyring.args })
  const first = await start()
  await signInToStay(first, server.origin)
  await first.quit()
  const file = path.join(userData, 'settings.json')
  const settings: unknown = JSON.parse(await readFile(file, 'utf8'))
  const favourites = { other: Array.from({ length: page }, (_, index) => index) }
  await writeFile(file, JSON.stringify(Object.assign({}, settings, { favourites })))

  const second = await start()
  await desktop.tray.choose('Settings…')
  const window = await second.window()
  await disk.fill()
  await disk.makeRoom(page)
  await window.getByRole('checkbox', { name: 'Failed: notify' }).uncheck()
  await expect(notice(window)).toBeVisible()
  await second.kill()

  const third = await start()
  await desktop.tray.choose('Open window')
  const after = await third.window()
  await expect(after.getByRole('button', { name: 'admin on' })).toContainText('Connected')
  await expect(damage(after)).toBeHidden()
})

const notices = (window: Page): Locator => window.getByRole('region', { name: 'Notices' })

/** That the app can't write because the disk is full. */
const notice = (window: Page): Locator => notices(window).getByText('can’t write its files (ENOSPC)')

/** That a file was damaged. */
const damage = (window: Page): Locator => notices(window).getByText('damaged')
