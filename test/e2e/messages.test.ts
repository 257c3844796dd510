import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { openMessages } from './look.ts'

test('a message of Wexflow is told once, marked as read by its button, and listed in the window', async ({
  launch,
  desktop,
  server,
}) => {
  const { notifications } = desktop
  const { messages } = server.sim
  messages.add('administrator', 'admin', 'The record <b>Contract</b> waits for you.')
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  const told = await notifications.titled('Message from administrator')
  expect(told.body).toBe('The record <b>Contract</b> waits for you.')
  notifications.press(told, 'markRead')
  await expect.poll(() => messages.hasUnread('admin')).toBe(false)

  messages.add('administrator', 'admin', 'The record Contract was approved.')
  await openMessages(window)
  const rows = window.getByRole('main').getByRole('listitem')
  await expect(rows).toHaveText([/was approved/u, /waits for you/u])
  await expect(rows.first()).toContainText('Unread')
  expect(await axeComplaints(window)).toEqual([])
  await rows.first().getByRole('button', { name: 'Mark as read' }).press('Enter')
  await expect.poll(() => messages.hasUnread('admin')).toBe(false)
  await expect(rows.first()).not.toContainText('Unread')
  await app.quit()
  expect(notifications.shown.map(({ title }) => title)).toEqual(['Message from administrator'])
})
