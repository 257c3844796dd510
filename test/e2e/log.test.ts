import type { Page } from '@playwright/test'
import { type LogLine, simWorkflow } from '../wexflow-sim/workflows.ts'
import { expect, test } from './fixture.ts'
import { jobRows } from './look.ts'

const manyLines = 200_000
/** Where the errors of the long log stand. */
const errorLines: ReadonlySet<number> = new Set([50_000, 150_000])

const longLog = (): LogLine[] =>
  Array.from({ length: manyLines }, (_none, at) =>
    errorLines.has(at)
      ? { error: `[SqlImport] Row ${at} could not be written.` }
      : `[SqlImport] Row ${at} was written; nothing else is to be said of it.`,
  )

/** Frames that came late while something went on, in milliseconds, and the longest of them. */
async function framesWhile(window: Page, action: () => Promise<void>): Promise<readonly number[]> {
  await window.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const onFrame = (now: number): void => {
      frames.push(now - last)
      last = now
      if (!Object.hasOwn(document.body.dataset, 'framesEnd')) requestAnimationFrame(onFrame)
      else document.body.dataset['frames'] = JSON.stringify(frames)
    }
    delete document.body.dataset['framesEnd']
    delete document.body.dataset['frames']
    requestAnimationFrame(onFrame)
  })
  await action()
  await window.evaluate(() => {
    document.body.dataset['framesEnd'] = ''
  })
  await window.waitForFunction(() => document.body.dataset['frames'] !== undefined)
  const told: unknown = JSON.parse((await window.evaluate(() => document.body.dataset['frames'])) ?? '[]')
  return Array.isArray(told) ? told.map(Number) : []
}

test('a log of 200,000 lines opens at its last error, is scrolled and searched without holding the window', async ({
  app,
  desktop,
  server,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  server.sim.saveWorkflows([
    simWorkflow({ id: 60, name: 'Long log', durationMs: 100, outcome: 'Failed', logLines: longLog() }),
  ])
  await window.getByRole('button', { name: 'Start workflow' }).click()
  const workflows = window.getByRole('dialog', { name: 'Start workflow' })
  await workflows.getByRole('button', { name: 'Long log', exact: true }).click()
  await desktop.notifications.titled('Failed: Long log', 30_000)
  const log = window.getByRole('region', { name: 'Log' })
  const from = performance.now()
  await jobRows(window, 'Long log').click()
  await expect(log).toContainText('Row 150000 could not be written.')
  const openedMs = performance.now() - from
  await log.hover()
  const frames = await framesWhile(window, async () => {
    for (let turn = 0; turn < 40; turn += 1) await window.mouse.wheel(0, -900)
  })
  test.info().annotations.push({
    type: 'figures',
    description: `opened in ${Math.round(openedMs)} ms; ${frames.length} frames while scrolling, the longest ${Math.round(Math.max(...frames))} ms`,
  })
  expect(openedMs).toBeLessThan(5000)

  await window.keyboard.press('e')
  await expect(log.locator('.log-current')).toContainText('Row 50000 could not')
  await window.keyboard.press('l')
  await window.keyboard.type('row 19999')
  await expect(window.getByText('11 lines')).toBeVisible()
  await window.keyboard.press('Enter')
  await expect(log.locator('.log-current')).toContainText('Row 199990 was')
  await window.keyboard.press('Shift+Enter')
  await expect(log.locator('.log-current')).toContainText('Row 19999 was')
})

test('a log is shown by levels, raw and wrapped, copied and saved', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Send invoices')
  await jobRows(window, 'Send invoices').click()
  const log = window.getByRole('region', { name: 'Log' })
  await expect(log).toContainText('ERROR MailsSend The mail server refused the connection.')
  await expect(log).not.toContainText('[Send invoices / 1]')
  await window.getByRole('button', { name: 'Raw' }).click()
  await expect(log).toContainText('ERROR - [Send invoices / 1] [MailsSend] The mail server')
  await window.getByRole('combobox', { name: 'Levels' }).selectOption('Errors')
  await expect(log).not.toContainText('Workflow started')
  await window.getByRole('button', { name: 'Wrap' }).click()
  await expect(log).toContainText('The mail server refused the connection.')

  await window.getByRole('button', { name: 'Copy log' }).click()
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toMatch(/^\S+ \S+ +ERROR - \[Send invoices \/ 1\] \[MailsSend\] .*connection\.$/u)

  const file = test.info().outputPath('saved.log')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await window.getByRole('button', { name: 'Save log' }).click()
  await expect(window.getByText('Saved', { exact: true })).toBeVisible()
})

test('a search leads to a line that the chosen level leaves out', async ({ app, desktop, server }) => {
  const logLines = Array.from(
    { length: 1000 },
    (_none, at): LogLine => (at % 500 === 499 ? { error: `[A] Bad ${at}` } : `[A] Good ${at}`),
  )
  server.sim.saveWorkflows([
    simWorkflow({ id: 60, name: 'Some errors', durationMs: 100, outcome: 'Failed', logLines }),
  ])
  await app.closeWindow()
  await app.startAgain()
  const window = await app.window()
  // The list of workflows is read anew with it.
  await window.getByRole('button', { name: 'Some errors', exact: true }).click()
  await desktop.notifications.titled('Failed: Some errors')
  await jobRows(window, 'Some errors').click()
  const log = window.getByRole('region', { name: 'Log' })
  await expect(log.locator('.log-current')).toContainText('Bad 999')
  await window.getByRole('combobox', { name: 'Levels' }).selectOption('Errors')
  await expect(log).not.toContainText('Good')
  await window.getByRole('searchbox', { name: 'Find in log' }).fill('good 600')
  await expect(window.getByText('1 line', { exact: true })).toBeVisible()
  await window.keyboard.press('Enter')
  await expect(log.locator('.log-current')).toContainText('Good 600')
  await expect(log.locator('.log-current')).toBeInViewport()
  await expect(window.getByRole('combobox', { name: 'Levels' })).toHaveValue('none')
})
