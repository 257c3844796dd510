import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixture.ts'

test('diagnostics and the log say what happened, and hold no secret', async ({ app, desktop, server }) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  await desktop.tray.choose('Settings…')
  await window.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect(window.getByRole('status').filter({ hasText: 'Diagnostics copied' })).toBeVisible()
  const diagnostics = await app.electron.evaluate(({ clipboard }) => clipboard.readText())
  expect(diagnostics).toContain(`server 1: ${server.origin}`)
  expect(diagnostics).toContain('jobs by outcome: done 1')
  expect(diagnostics).toContain('link online')
  for (const text of [diagnostics, await app.log()]) {
    expect(text).not.toContain('wexflow2018')
    expect(text).not.toContain('eyJ')
    expect(text).not.toMatch(/Bearer (?!\[hidden\])/u)
  }
  expect(diagnostics).not.toContain('admin')
})

test('the log file is opened with what the system has for it', async ({ launch, desktop, userData }) => {
  const programs = path.join(userData, 'programs')
  const opened = path.join(userData, 'opened.txt')
  await mkdir(programs)
  await writeFile(path.join(programs, 'xdg-open'), `#!/bin/sh\necho "$1" > '${opened}'\n`, { mode: 0o755 })
  const app = await launch({ env: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } })
  await desktop.tray.choose('Settings…')
  await (await app.window()).getByRole('button', { name: 'Open log file' }).click()
  const log = path.join(userData, 'logs/wexflow-tray.log')
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toBe(`${log}\n`)
})

test('the licences of everything that is bundled can be read in the window', async ({ launch, desktop }) => {
  const app = await launch()
  await desktop.tray.choose('Settings…')
  const window = await app.window()
  await window.getByRole('button', { name: 'Third-party licences' }).click()
  const licences = window.getByRole('dialog', { name: 'Third-party licences' })
  // One of main, one of the window, one of what both have.
  for (const name of ['undici', 'react-dom', 'zod'])
    await expect(licences).toContainText(new RegExp(`${name} \\d`, 'u'))
  await expect(licences).toContainText('LICENSES.chromium.html')
  await window.keyboard.press('Escape')
  await expect(licences).toBeHidden()
})
