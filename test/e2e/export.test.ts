import { readFile } from 'node:fs/promises'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openExport, openHistory } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** Files are saved here without asking. */
const saveTo = (app: WexflowTray, file: string): Promise<void> =>
  app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)

test('the list as it is filtered is copied and saved, as CSV and JSON', async ({ app, desktop }) => {
  const window = await app.window()
  for (const workflow of ['Send invoices', 'Import orders'])
    await desktop.tray.choose('Start workflow', workflow)
  await expect(jobRows(window, 'Import orders')).toContainText('Done', { timeout: 15_000 })
  await expect(jobRows(window, 'Send invoices')).toContainText('Failed')
  await window.getByRole('button', { name: /^Failed/u }).click()
  const dialog = await openExport(window)
  await expect(dialog).toContainText('1 row')
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(window.getByText('Copied', { exact: true })).toBeVisible()
  const copied = (await app.electron.evaluate(({ clipboard }) => clipboard.readText())).split(/\r?\n/u)
  expect(copied[0]).toMatch(/^server,serverAddress,workflowId,workflow,jobId/u)
  expect(copied[1]).toMatch(/,Send invoices,.*,failed,,20\d\d-.*Z,\d+,MailsSend: The mail server refused/u)
  expect(copied).toHaveLength(3)

  const file = test.info().outputPath('jobs.json')
  await saveTo(app, file)
  await openExport(window)
  await dialog.getByRole('radio', { name: 'JSON' }).check()
  await dialog.getByRole('button', { name: 'Save…' }).click()
  await expect(window.getByText('Saved', { exact: true })).toBeVisible()
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([
    { workflow: 'Send invoices', outcome: 'failed', startedBy: 'app' },
  ])
})

test('all that the history has is saved, though less is shown', async ({ app, server }) => {
  const { sim } = server
  const ping = sim.workflows.find(({ name }) => name === 'Ping')
  const many = 120
  for (let started = 0; started < many; started += 1) sim.startElsewhere(ping?.id ?? 0)
  await expect.poll(() => sim.truths().filter(({ outcome }) => outcome === 'Done').length).toBe(many)
  const window = await app.window()
  await openHistory(window)
  await window.getByRole('main').getByRole('button', { name: 'Copy or export…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Copy or export the list' })
  await dialog.getByRole('radio', { name: 'All that are found, at most 5,000' }).check()
  await expect(dialog).toContainText(`${many} rows`)
  expect(await axeComplaints(window)).toEqual([])
  const file = test.info().outputPath('history.csv')
  await saveTo(app, file)
  await dialog.getByRole('button', { name: 'Save…' }).click()
  await expect(window.getByText('Saved', { exact: true })).toBeVisible()
  const lines = (await readFile(file, 'utf8')).split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFFserver,/u)
  expect(lines).toHaveLength(many + 2)
})
