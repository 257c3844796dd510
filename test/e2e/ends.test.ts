import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { WexflowTray } from './wexflow-tray.ts'
import { expect, test } from './fixture.ts'
import { jobRows, signInToStay, titles } from './look.ts'

/** Sends a signal, and resolves to the milliseconds until the process has ended by itself. */
const endBy = async (app: WexflowTray, signal: NodeJS.Signals): Promise<number> => {
  const sentAt = performance.now()
  app.process.kill(signal)
  expect(await app.ended()).toBe(0)
  return performance.now() - sentAt
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`${signal} right after a change of the settings loses nothing, and nothing is told twice`, async ({
    launch,
    desktop,
    keyring,
    server,
    userData,
  }) => {
    const { notifications, tray } = desktop
    const start = () => launch({ args: keyring.args })
    const first = await start()
    const window = await signInToStay(first, server.origin)
    await tray.choose('Settings…')
    await window.getByRole('checkbox', { name: 'Stopped: notify' }).uncheck()
    await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await tray.choose('Start workflow', 'Ping')
    await notifications.titled('Done: Ping')
    await window.getByRole('checkbox', { name: 'Rejected: notify' }).uncheck()
    await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    expect(await endBy(first, signal)).toBeLessThan(2000)
    expect(await first.log()).toContain(`asked to end by ${signal}`)
    expect(
      JSON.parse(await readFile(path.join(userData, 'settings.json'), 'utf8')).settings.outcomes,
    ).toMatchObject({
      stopped: { notify: false },
      rejected: { notify: false },
    })

    const second = await start()
    await tray.choose('Open window')
    await expect(jobRows(await second.window(), 'Ping')).toContainText('Done')
    expect(await endBy(second, signal)).toBeLessThan(2000)
    expect(titles(desktop)).toEqual(['Done: Ping'])
  })

test('pipes and folders in the places of its files are told, and hold the app neither at its start nor at its end', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  await mkdir(path.join(userData, 'logs'))
  await rm(path.join(userData, 'settings.json'))
  for (const file of ['settings.json', 'jobs.ndjson', 'logs/wexflow-tray.log'])
    execFileSync('mkfifo', [path.join(userData, file)])
  await mkdir(path.join(userData, 'told.ndjson'))
  const app = await launch()
  const window = await app.signIn({ address: server.origin, staySignedIn: false })
  const notices = window.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('The settings were damaged')
  await expect(notices).toContainText('The list of jobs was damaged')
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  expect(await endBy(app, 'SIGTERM')).toBeLessThan(2000)
})
