import { z } from 'zod'
import { expect, test } from './fixture.ts'
import { jobRows, openServers, titles } from './look.ts'

const tokenSchema = z.object({ access_token: z.string() })

/** Another user starts a workflow, with whatever client. */
async function startAsAnother(origin: string, workflowId: number): Promise<void> {
  const api = `${origin}/api/v1`
  const login = await fetch(`${api}/login`, {
    method: 'POST',
    body: JSON.stringify({ username: 'administrator', password: 'wexflow2018', stayConnected: false }),
  })
  const { access_token: token } = tokenSchema.parse(await login.json())
  const answer = await fetch(`${api}/start?w=${workflowId}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  })
  if (answer.status !== 200) throw new Error(`not started: ${answer.status}`)
}

test('another user’s start of a favourite is told by the desktop, and one of another workflow is not', async ({
  app,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await window.getByRole('main').getByRole('button', { name: 'Add Send invoices to favourites' }).click()
  const servers = await openServers(window)
  await servers.getByLabel('Jobs to follow').selectOption('Also every run of your favourites')

  await startAsAnother(server.origin, 3)
  const toast = await notifications.titled('Failed: Send invoices')
  expect(toast.body).toContain('The mail server refused the connection.')
  expect(toast.body).toContain('Not started by this app.')
  notifications.click(toast)
  await expect(jobRows(window, 'Send invoices')).toContainText('Started elsewhere')

  await startAsAnother(server.origin, 1)
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await expect.poll(() => server.sim.truths().every(({ outcome }) => outcome !== null)).toBe(true)
  await expect(jobRows(window)).toHaveCount(2)
  await window.getByRole('button', { name: /^Mine/u }).click()
  await expect(jobRows(window)).toHaveCount(1)
  await window.getByRole('button', { name: /^Others/u }).click()
  await expect(jobRows(window, 'Send invoices')).toHaveCount(1)
  await app.quit()
  expect(titles(desktop)).toEqual(['Failed: Send invoices', 'Done: Ping'])
})
