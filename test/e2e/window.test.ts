import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import { endedJob, startAt } from '../unit/job.ts'
import { writeJobs } from '../unit/jobs-file.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openSettings, settled } from './look.ts'

const scrollTopOf = (list: Element): number => list.parentElement?.scrollTop ?? 0

test('a closed window is gone, and opened again it is where it was left', async ({ app, desktop }) => {
  const { tray } = desktop
  const window = await app.window()
  // More rows than the window has room for.
  for (let started = 0; started < 16; started += 1) await tray.choose('Start workflow', 'Nightly export')
  await expect(window.getByRole('button', { name: /All 16/u })).toBeVisible()
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await list.focus()
  await window.keyboard.press('End')
  await expect.poll(() => list.evaluate(scrollTopOf)).toBeGreaterThan(0)
  const scrollTop = await settled(() => list.evaluate(scrollTopOf))
  const selectedId = await settled(() => list.getAttribute('aria-activedescendant'))

  await app.closeWindow()
  expect(app.windows).toEqual([])
  const renderers = () =>
    app.electron.evaluate(
      ({ app: electron }) => electron.getAppMetrics().filter(({ type }) => type === 'Tab').length,
    )
  await expect.poll(renderers).toBe(0)

  await app.startAgain()
  const opened = await app.window()
  const openedList = opened.getByRole('listbox', { name: 'Jobs' })
  await expect(openedList).toHaveAttribute('aria-activedescendant', selectedId ?? '')
  await expect.poll(() => openedList.evaluate(scrollTopOf)).toBe(scrollTop)

  await openSettings(opened)
  await app.closeWindow()
  await app.startAgain()
  await expect((await app.window()).getByRole('heading', { name: 'Settings' })).toBeVisible()
})

test('who looks at another page meanwhile finds the list where it was left', async ({ app, desktop }) => {
  const window = await app.window()
  for (let started = 0; started < 16; started += 1)
    await desktop.tray.choose('Start workflow', 'Nightly export')
  await expect(window.getByRole('button', { name: /All 16/u })).toBeVisible()
  await jobRows(window).first().click()
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await list.hover()
  await window.mouse.wheel(0, 2000)
  await expect.poll(() => list.evaluate(scrollTopOf)).toBeGreaterThan(100)
  const scrollTop = await settled(() => list.evaluate(scrollTopOf))
  await openSettings(window)
  await window.keyboard.press('Escape')
  await expect.poll(() => list.evaluate(scrollTopOf)).toBe(scrollTop)
})

test('a list that was left far down is there again, though its jobs come in parts', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  const serverId = profileIdOf(server.origin, 'admin')
  const now = Date.now()
  // No two ends in a row are equal, which would fold.
  const jobs = Array.from({ length: 300 }, (_none, at) =>
    endedJob(
      'done',
      {},
      { key: `past-${at}`, serverId, workflowName: `Past ${at}`, start: startAt(now - at) },
    ),
  )
  await writeJobs(userData, jobs)
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await expect(window.getByRole('button', { name: /All 300/u })).toBeVisible()
  await list.focus()
  await window.keyboard.press('End')
  await expect(jobRows(window, 'Past 299')).toBeInViewport()
  const scrollTop = await settled(() => list.evaluate(scrollTopOf))

  for (let opening = 0; opening < 2; opening += 1) {
    await app.closeWindow()
    await desktop.tray.choose('Open window')
    const opened = await app.window()
    await expect(jobRows(opened, 'Past 299')).toBeInViewport()
    const openedList = opened.getByRole('listbox', { name: 'Jobs' })
    await expect.poll(() => openedList.evaluate(scrollTopOf)).toBe(scrollTop)
  }
})

test('the list follows as it happens, and the duration of a job that runs ticks', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  await expect(window.getByRole('heading', { name: 'No jobs yet' })).toBeVisible()
  await desktop.tray.choose('Start workflow', 'Nightly export')
  const row = jobRows(window, 'Nightly export')
  await expect(row).toContainText('Running')
  await expect(row).toContainText(/\b1s/)
  await expect(row).toContainText(/\b2s/)
  await row.click()
  await expect(window.getByText('The server stores the log when the job has ended.')).toBeVisible()
  await window.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(row).toContainText('Stopped')
  await expect(window.getByRole('region', { name: 'Log' })).toContainText('Workflow started')
  await window.getByRole('button', { name: 'Copy log' }).click()
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toContain('Workflow started - Instance Id: ')
  // That it was copied is said over the end of the page, and goes by itself soon.
  await window.getByText('Details and how this is known').click()
  await expect(window.getByRole('region', { name: 'Job detail' })).toContainText('Shown at')
})

test('the buttons of the row under the pointer lie over nothing that it says', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Send invoices')
  await desktop.notifications.titled('Failed: Send invoices')
  const row = jobRows(window, 'Send invoices')
  const said = row.getByText('The mail server refused the connection.')
  const again = window.getByRole('button', { name: 'Run again: Send invoices' })
  const colour = (): Promise<string> => row.evaluate((element) => getComputedStyle(element).backgroundColor)
  const unhovered = await colour()
  await row.hover()
  // What is cut ends where its room does.
  const words = row.locator('.job-row-said')
  await expect(said).toBeVisible()
  await expect
    .poll(async () => {
      const [box, button] = await Promise.all([words.boundingBox(), again.boundingBox()])
      return box !== null && button !== null && box.x + box.width <= button.x
    })
    .toBe(true)
  await again.hover()
  // It is one row with its buttons.
  await expect.poll(colour).not.toBe(unhovered)
})

test('the window says that the server went away and came back, and keeps the jobs', async ({
  app,
  desktop,
  server,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window)).toContainText('Done')
  server.sim.shutDown('killed')
  await expect(window.getByText('The list may be out of date.')).toBeVisible()
  // Its address is right: it has answered.
  await expect(window.getByText('Wexflow does not answer there any more')).toBeVisible()
  await expect(window.getByText('Check the port')).toBeHidden()
  await expect(jobRows(window)).toContainText('Done')
  await desktop.tray.entry(['The server does not answer'])
  server.sim.startUp()
  await expect(window.getByText('The list may be out of date.')).toBeHidden({ timeout: 20_000 })
  await expect(window.getByRole('button', { name: 'admin on' })).toContainText('Connected')
})

test('what only informs can be closed, and the next window does not say it again', async ({ app }) => {
  const window = await app.window()
  const notice = window.getByRole('region', { name: 'Notices' }).getByText('The keychain is locked')
  await expect(notice).toBeVisible()
  await window.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Close' }).click()
  await expect(notice).toBeHidden()
  await app.closeWindow()
  await app.startAgain()
  const opened = await app.window()
  await opened.getByRole('searchbox', { name: 'Find a workflow' }).waitFor()
  await expect(opened.getByRole('region', { name: 'Notices' })).toBeHidden()
})

test('once the list has scrolled, the buttons are those of the row under the pointer', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  for (let started = 0; started < 16; started += 1)
    await desktop.tray.choose('Start workflow', 'Nightly export')
  await expect(window.getByRole('button', { name: 'All 16' })).toBeVisible()
  const hovered = window.locator('.row-tools-hovered')
  await jobRows(window).nth(2).hover()
  await expect(hovered).toHaveAttribute('data-tools', '2')
  await window.mouse.wheel(0, 200)
  const under = (): Promise<string | null> =>
    window.evaluate(() => document.querySelector('.job-row:hover')?.getAttribute('data-index') ?? null)
  await expect.poll(under).toMatch(/^(?!2$)\d+$/u)
  await expect(hovered).toHaveAttribute('data-tools', (await under()) ?? '')
})
