import { readFile, writeFile } from 'node:fs/promises'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { openServers, openSettings } from './look.ts'

test('settings are exported, and taken over by an app that knows nothing yet, after it has asked', async ({
  app,
  server,
}) => {
  const file = test.info().outputPath('settings.json')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
  const window = await app.window()
  await openSettings(window)
  await window.getByRole('button', { name: 'Export…' }).click()
  await expect(window.getByText('Exported', { exact: true })).toBeVisible()
  const text = await readFile(file, 'utf8')
  expect(text).toContain(server.origin)
  expect(text).not.toContain('wexflow2018')

  await window.getByRole('button', { name: 'Import…' }).click()
  await expect(window.getByText('All that is in this file is set already.')).toBeVisible()
  await writeFile(file, 'nothing')
  await window.getByRole('button', { name: 'Import…' }).click()
  await expect(window.getByRole('alert')).toContainText('no settings that Wexflow Tray has exported')

  await window.getByLabel('Show no notifications in quiet hours').check()
  await writeFile(
    file,
    text
      .replace('"keepJobs": 1000', '"keepJobs": 50')
      .replace('"isOn": false', '"isOn": true')
      .replace('"from": 1320', '"from": 1200')
      .replace('"admin"', '"maria"'),
  )
  await window.getByRole('button', { name: 'Import…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Import these settings?' })
  await expect(dialog).toContainText('These settings are replaced: Quiet hours, Number of jobs kept.')
  await expect(dialog).toContainText(`One server is added, which you sign in to: maria on ${server.origin}.`)
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(window.getByText('Imported', { exact: true })).toBeVisible()
  await expect(window.getByLabel('Number of jobs kept')).toHaveValue('50')
  await expect(window.getByLabel('From')).toHaveValue('20:00')
  const servers = await openServers(window)
  await expect(servers.getByRole('listitem')).toHaveCount(2)
})
