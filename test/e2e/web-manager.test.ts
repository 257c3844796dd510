import { expect, test } from './fixture.ts'
import { browsed, jobRows, openHistory } from './look.ts'

test('a job, a workflow and a row of the history open the page of the web manager that lists them', async ({
  app,
  server,
}) => {
  const opened = await browsed(app)
  const window = await app.window()
  const page = (name: string): string => `${server.origin}/admin/${name}.html`
  await app.desktop.tray.choose('Start workflow', 'Import orders')
  const row = jobRows(window, 'Import orders')
  await expect(row.getByText('Done')).toBeVisible({ timeout: 15_000 })
  await row.click()
  await row.click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Open in the web manager' }).click()
  await expect.poll(opened).toEqual([page('history')])
  await window.keyboard.press('w')
  await expect.poll(opened).toEqual([page('history'), page('history')])

  await window.getByRole('button', { name: 'Start workflow' }).click()
  const picker = window.getByRole('dialog', { name: 'Start workflow' })
  await picker.getByRole('button', { name: 'Import orders in the web manager' }).click()
  await expect.poll(async () => (await opened()).at(-1)).toBe(page('manager'))
  await window.keyboard.press('Escape')

  await openHistory(window)
  await window.getByRole('list', { name: 'Server history' }).getByRole('button').first().click()
  await window.getByRole('button', { name: 'Open in the web manager' }).click()
  await expect.poll(async () => (await opened()).length).toBe(4)
})
