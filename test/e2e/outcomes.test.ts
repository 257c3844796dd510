import { expect, test } from './fixture.ts'
import { jobRows, titles } from './look.ts'

test('jobs that end by themselves are each told once, with how long they took and why, and listed', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const endings = [
    ['Import orders', 'Done', /^Took 0\.\ds$/],
    // It is over before anybody can listen to its stream.
    ['Ping', 'Done', /^(?:Took \S+)?$/],
    ['Send invoices', 'Failed', /^Took 0\.\ds\nMailsSend: The mail server refused the connection\.$/],
    ['Check stock', 'Warning', /^Took 0\.\ds$/],
  ] as const

  for (const [workflow, outcome, body] of endings) {
    await tray.choose('Start workflow', workflow)
    const toast = await notifications.titled(`${outcome}: ${workflow}`)
    expect(toast.body).toMatch(body)
    await expect(jobRows(window, workflow)).toContainText(outcome)
  }
  await app.quit()
  expect(titles(desktop)).toEqual(endings.map(([workflow, outcome]) => `${outcome}: ${workflow}`))
})

test('a job that is stopped from the tray is told as Stopped, though its signal says Running', async ({
  app,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  await tray.choose('Start workflow', 'Nightly export')
  await tray.choose('Nightly export – Running', 'Stop')
  await notifications.titled('Stopped: Nightly export')
  expect(server.sim.faults.injected.get('frameSaysRunning')).toBe(1)
  await expect(jobRows(await app.window())).toContainText('Stopped')
  await app.quit()
  expect(titles(desktop)).toEqual(['Stopped: Nightly export'])
})

test('a job that waits for approval is offered for it, and is told as Rejected, or as Done once approved', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const waiting = 'Release payments – Waiting for approval'
  // Nothing signals that a job waits: the server is asked every 15 s.
  const noticedWithinMs = 15_000

  await tray.choose('Start workflow', 'Release payments')
  await tray.entry([waiting, 'Approve'], ({ isEnabled }) => isEnabled, noticedWithinMs)
  await expect(jobRows(window)).toContainText('Waiting for approval')
  const toast = await notifications.titled('Waiting for approval: Release payments')
  await tray.choose(waiting, 'Reject')
  await notifications.titled('Rejected: Release payments')
  await notifications.closed(toast)
  await expect(jobRows(window)).toContainText('Rejected')

  await tray.choose('Start workflow', 'Release payments')
  await tray.entry([waiting, 'Reject'], ({ isEnabled }) => isEnabled, noticedWithinMs)
  await tray.choose(waiting, 'Approve')
  await notifications.titled('Done: Release payments')
  await expect(jobRows(window).first()).toContainText('Done')
  await app.quit()
  expect(titles(desktop)).toEqual([
    'Waiting for approval: Release payments',
    'Rejected: Release payments',
    'Waiting for approval: Release payments',
    'Done: Release payments',
  ])
})
