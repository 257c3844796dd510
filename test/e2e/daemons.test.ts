import type { ShownNotification } from '../desktop/notification-daemon.ts'
import { expect } from './fixture.ts'
import { jobRows, titles } from './look.ts'
import { addServer, hostOf, rename, test } from './two-servers.ts'

/** Nothing signals that a job waits: the server is asked every 15 s. */
const noticedWithinMs = 20_000

test('what came before the desktop shows notifications is told once it does, with its buttons', async ({
  launch,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  await notifications.leave()
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  await tray.choose('Start workflow', 'Release payments')
  await expect(jobRows(window, 'Release payments')).toContainText('Waiting', { timeout: noticedWithinMs })
  await tray.entry(['Notifications do not reach you…'])

  await notifications.comeBack()
  const asked = await notifications.titled('Waiting for approval: Release payments')
  notifications.press(asked, 'approve')
  await notifications.titled('Done: Release payments')
  await app.quit()
  expect(titles(desktop)).toEqual([asked.title, 'Done: Release payments'])
})

test('what a daemon was told and did not answer for is told again by the next one', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  notifications.answersAfter = new Promise(() => {})
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await notifications.leave()
  notifications.answersAfter = Promise.resolve()
  await notifications.comeBack()
  await expect.poll(() => titles(desktop)).toEqual(['Done: Ping', 'Done: Ping'])
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Ping', 'Done: Ping', 'Done: Import orders'])
})

test('the buttons of two servers’ notifications decide each on its own job', async ({
  app,
  desktop,
  server,
  other,
}) => {
  const { notifications, tray } = desktop
  const window = await addServer(app, other.origin)
  await rename(window, other.host, 'Production')
  await rename(window, hostOf(server), 'Test')
  for (const name of ['Production', 'Test']) await tray.choose('Start workflow', name, 'Release payments')
  const askedOf = (name: string): ShownNotification | undefined =>
    notifications.shown.find(
      ({ title, body }) =>
        title === 'Waiting for approval: Release payments' && body.startsWith(`On ${name}`),
    )
  const press = async (name: string, action: string): Promise<void> => {
    await expect.poll(() => askedOf(name), { timeout: noticedWithinMs }).toBeDefined()
    const asked = askedOf(name)
    if (asked !== undefined) notifications.press(asked, action)
  }
  await press('Test', 'reject')
  expect((await notifications.titled('Rejected: Release payments')).body).toContain('On Test')
  await press('Production', 'approve')
  expect((await notifications.titled('Done: Release payments')).body).toContain('On Production')
  const ends = [server, other].map(({ sim }) => sim.truths().map(({ outcome }) => outcome))
  expect(ends).toEqual([['Rejected'], ['Done']])
})
