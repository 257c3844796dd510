import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from './fixture.ts'
import { jobRows, signInToStay, titles } from './look.ts'
import { startProcess, type WexflowTray } from './wexflow-tray.ts'

/** Starts the app and signs in such that it stays signed in when it is started again. */
const signedIn = async (launch: () => Promise<WexflowTray>, address: string): Promise<WexflowTray> => {
  const app = await launch()
  await signInToStay(app, address)
  return app
}

test('the list of jobs is the same after a restart, and nothing is told again', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const start = () => launch({ args: keyring.args })
  const first = await signedIn(start, server.origin)
  const firstRows = jobRows(await first.window())
  for (const [workflow, outcome] of [
    ['Import orders', 'Done'],
    ['Send invoices', 'Failed'],
  ] as const) {
    await desktop.tray.choose('Start workflow', workflow)
    await desktop.notifications.titled(`${outcome}: ${workflow}`)
    await expect(firstRows.first()).toContainText(outcome)
  }
  const rowsBefore = await firstRows.allInnerTexts()
  await first.quit()
  const told = titles(desktop)

  const second = await start()
  await desktop.tray.choose('Open window')
  const window = await second.window()
  await expect(jobRows(window)).toHaveText(rowsBefore)
  await expect(window.getByRole('button', { name: 'admin on' })).toContainText('Connected')
  await second.quit()
  expect(titles(desktop)).toEqual(told)
})

test('a job that runs across a restart of the app is told when it ends', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const start = () => launch({ args: keyring.args })
  const first = await signedIn(start, server.origin)
  await desktop.tray.choose('Start workflow', 'Month end closing')
  await desktop.tray.entry(['Month end closing – Running'])
  await first.quit()
  await start()
  await desktop.tray.entry(['Month end closing – Running'])
  const toast = await desktop.notifications.titled('Done: Month end closing')
  expect(toast.body).toMatch(/^Took [4-9]\.\ds$/)
})

test('what ended while the app was away is told as one summary', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const { notifications, tray } = desktop
  const start = () => launch({ args: keyring.args })
  const first = await signedIn(start, server.origin)
  await tray.choose('Start workflow', 'Rebuild index')
  // So that it ends first.
  await tray.entry(['Rebuild index – Running'])
  await tray.choose('Start workflow', 'Fail later')
  await tray.entry(['Fail later – Running'])
  await first.quit()
  await expect.poll(() => server.sim.truths().every(({ recordedAt }) => recordedAt !== null)).toBe(true)

  const second = await start()
  const toast = await notifications.titled(/^2 jobs ended/)
  expect(toast.title).toBe('2 jobs ended: 1 done, 1 failed')
  expect(toast.body).toBe('Failed: Fail later\nDone: Rebuild index')
  notifications.click(toast)
  const rows = jobRows(await second.window())
  await expect(rows).toHaveText([/Fail later.*Failed/, /Rebuild index.*Done/])
  await second.quit()
  expect(titles(desktop)).toEqual([toast.title])
})

test('the app starts while its server is down, says so calmly, and comes back by itself', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const { notifications, tray } = desktop
  const start = () => launch({ args: keyring.args })
  const first = await signedIn(start, server.origin)
  await tray.choose('Start workflow', 'Rebuild index')
  await tray.entry(['Rebuild index – Running'])
  await first.quit()
  await expect.poll(() => server.sim.truths().every(({ recordedAt }) => recordedAt !== null)).toBe(true)
  server.sim.shutDown('killed')

  const second = await start()
  await tray.entry(['The server does not answer'])
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray\nThe server does not answer\n1 job under way')
  await tray.choose('Open window')
  const window = await second.window()
  await expect(
    window.getByText('Jobs under way are followed again as soon as the server answers'),
  ).toBeVisible()
  expect(titles(desktop)).toEqual([])

  server.sim.startUp()
  await notifications.titled('Done: Rebuild index', 20_000)
  await expect(window.getByRole('button', { name: 'admin on' })).toContainText('Connected')
  await second.quit()
  expect(titles(desktop)).toEqual(['Done: Rebuild index'])
})

test('a second start shows the window of the first, and ends', async ({ app }) => {
  await app.closeWindow()
  expect(await app.startAgain()).toBe(0)
  const window = await app.window()
  await expect(window.getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible()
  expect(app.windows).toHaveLength(1)
})

test('of two starts at once one goes on', async ({ desktop, userData }) => {
  const both = await Promise.all([startProcess({ desktop, userData }), startProcess({ desktop, userData })])
  const ends = both.map((one) => once(one, 'exit'))
  const [code] = await Promise.race(ends)
  expect(code).toBe(0)
  await desktop.tray.entry(['Sign in…'])
  expect(desktop.tray.registrations).toBe(1)
  for (const one of both) if (one.exitCode === null) one.kill('SIGKILL')
  await Promise.all(ends)
})

test('until its server has answered the app says that it connects', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const start = () => launch({ args: keyring.args })
  const first = await signedIn(start, server.origin)
  await first.quit()
  await server.close()
  const silent = createServer(() => {})
  silent.listen(server.port, '127.0.0.1')
  await once(silent, 'listening')

  const second = await start()
  await desktop.tray.entry(['Connecting…'])
  await desktop.tray.entry(['Start workflow', 'Workflows are not known yet'])
  await desktop.tray.choose('Open window')
  const window = await second.window()
  await expect(window.getByText('Loading jobs…')).toBeVisible()
  await second.quit()
  silent.close()
})
