import { expect, test } from './fixture.ts'
import { jobRows } from './look.ts'

test('signing in, starting, looking at a job and stopping it need no mouse', async ({
  launch,
  desktop,
  server,
}) => {
  const app = await launch()
  const window = await app.window()
  const { keyboard } = window
  await expect(window.getByLabel('Server address')).toBeFocused()
  await keyboard.type(server.origin)
  await keyboard.press('Tab')
  await keyboard.type('admin')
  await keyboard.press('Tab')
  await keyboard.type('wexflow2018')
  await keyboard.press('Enter')

  await expect(window.getByRole('heading', { name: 'No jobs yet' })).toBeVisible()
  const find = window.getByRole('searchbox', { name: 'Find a workflow' })
  await expect(find).toBeVisible()
  await keyboard.press('n')
  await expect(find).toBeFocused()
  await keyboard.type('night')
  await keyboard.press('Enter')
  await expect(jobRows(window)).toContainText('Running')
  await expect(jobRows(window)).toHaveAttribute('aria-selected', 'true')

  await desktop.tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window, 'Ping')).toContainText('Done')
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await list.focus()
  await keyboard.press('ArrowDown')
  await expect(jobRows(window, 'Ping')).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Home')
  await expect(jobRows(window, 'Nightly export')).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  const detail = window.getByRole('region', { name: 'Job detail' })
  await expect(detail).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(jobRows(window, 'Nightly export')).toContainText('Suspended')
  await expect(detail.getByRole('button', { name: 'Resume', exact: true })).toBeFocused()
  await keyboard.press('Tab')
  await expect(detail.getByRole('button', { name: 'Stop', exact: true })).toBeFocused()
  await keyboard.press('Enter')
  await expect(jobRows(window, 'Nightly export')).toContainText('Stopped')
  // Its button is gone; the focus must not be.
  await expect(detail).toBeFocused()
})

test('every control can be reached by Tab, in the order in which it is seen', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Settings…')
  await window.getByRole('heading', { name: 'Settings' }).waitFor()
  const names: string[] = []
  for (;;) {
    await window.keyboard.press('Tab')
    const name = await window.evaluate(() => {
      const { activeElement } = document
      const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : null
      return activeElement?.getAttribute('aria-label') ?? label ?? activeElement?.textContent ?? ''
    })
    if (names.includes(name) || names.length > 100) break
    names.push(name)
  }
  expect(names.join('\n')).toContain(
    'Done: notify\nDone: stays on the screen until you dismiss it\nDone: sound\nWarning: notify',
  )
  expect(names.join('\n')).toContain('Open log file\nCopy diagnostics')

  await window.keyboard.press('Tab')
  await window.getByRole('checkbox', { name: 'Stopped: notify' }).focus()
  await window.keyboard.press('Space')
  await expect(window.getByRole('checkbox', { name: 'Stopped: notify' })).not.toBeChecked()
})

test('the list of workflows closes by Escape and gives the focus back', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window)).toContainText('Done')
  const button = window.getByRole('button', { name: 'Start workflow' })
  await button.focus()
  await window.keyboard.press('Enter')
  const search = window.getByRole('searchbox', { name: 'Find a workflow' })
  await expect(search).toBeFocused()
  await window.keyboard.press('ArrowDown')
  // What was started last comes first.
  await expect(window.getByRole('button', { name: 'Ping', exact: true })).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(search).toBeHidden()
  await expect(button).toBeFocused()
})

test('single keys find, filter, run again, stop and remove, and none of them while somebody types', async ({
  app,
  desktop,
  server,
}) => {
  const { tray, notifications } = desktop
  const window = await app.window()
  const { keyboard } = window
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await tray.choose('Start workflow', 'Send invoices')
  await notifications.titled('Failed: Send invoices')
  await tray.choose('Start workflow', 'Nightly export')
  await expect(jobRows(window)).toHaveCount(2)
  // Before the server has confirmed it there is nothing to stop.
  await expect(jobRows(window, 'Nightly export')).toContainText('Running')

  await keyboard.press('j')
  await expect(jobRows(window, 'Nightly export')).toHaveAttribute('aria-selected', 'true')
  await expect(list).toBeFocused()
  await keyboard.press('s')
  await expect(window.getByRole('dialog')).toContainText('Stop Nightly export?')
  await keyboard.press('Enter')
  await expect(jobRows(window, 'Nightly export')).toContainText('Stopped')

  await keyboard.press('/')
  await expect(window.getByRole('searchbox', { name: 'Search jobs' })).toBeFocused()
  // Letters that are keys elsewhere, in a search that finds one of the two.
  await keyboard.type('refused')
  await expect(jobRows(window)).toHaveCount(1)
  await keyboard.press('Enter')
  await keyboard.press('j')
  await keyboard.press('r')
  await expect.poll(() => server.sim.requests('start')).toBe(3)
  await notifications.titled('Failed: Send invoices')
  await keyboard.press('/')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await expect(jobRows(window)).toHaveCount(3)

  await keyboard.press('f')
  await expect(jobRows(window)).toHaveCount(2)
  await keyboard.press('Home')
  await keyboard.press('Delete')
  await expect(jobRows(window)).toHaveCount(1)
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(jobRows(window)).toHaveCount(2)

  await keyboard.press('?')
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await keyboard.press('f')
  await keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toBeHidden()
  await expect(jobRows(window)).toHaveCount(2)
})

test('what goes away with the last job, and what comes back with it, leaves the focus on something', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  const { keyboard } = window
  const list = window.getByRole('listbox', { name: 'Jobs' })
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  // The desktop may tell of it before the window has drawn it.
  await expect(jobRows(window)).toHaveCount(1)
  await keyboard.press('j')
  // Until it is written that its end was told, it stays.
  await expect(async () => {
    await keyboard.press('Delete')
    await expect(window.getByRole('heading', { name: 'No jobs yet' })).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(window.getByRole('searchbox', { name: 'Find a workflow' })).toBeFocused()
  await window.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(jobRows(window)).toHaveCount(1)
  await expect(list).toBeFocused()

  // The last one that a search has found, and then the line that tells of it.
  await keyboard.press('/')
  await keyboard.type('ping')
  await keyboard.press('Enter')
  await desktop.tray.choose('Start workflow', 'Nightly export')
  await keyboard.press('j')
  await keyboard.press('Delete')
  await expect(jobRows(window)).toHaveCount(0)
  await expect(window.getByRole('searchbox', { name: 'Search jobs' })).toBeFocused()
  await window.getByRole('status').getByRole('button', { name: 'Close' }).press('Enter')
  await expect(window.getByRole('searchbox', { name: 'Search jobs' })).toBeFocused()
  await window.getByRole('button', { name: 'Show all jobs' }).press('Enter')
  await expect(list).toBeFocused()
})

test('a narrow window shows the list, then the job, and leads back', async ({ app, desktop }) => {
  const { tray } = desktop
  const window = await app.window()
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [one] = BrowserWindow.getAllWindows()
    one?.setSize(380, 520)
    one?.focus()
  })
  await tray.choose('Start workflow', 'Nightly export')
  await jobRows(window, 'Nightly export').click()
  const detail = window.getByRole('region', { name: 'Job detail' })
  await expect(detail.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await expect(jobRows(window)).toHaveCount(0)
  await detail.getByRole('button', { name: 'Back to the list' }).click()
  await expect(window.getByRole('listbox', { name: 'Jobs' })).toBeFocused()
  await expect(detail).toBeHidden()
  await window.keyboard.press('Enter')
  await expect(detail).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(window.getByRole('listbox', { name: 'Jobs' })).toBeFocused()

  // Whatever narrows the list down shows it.
  await window.keyboard.press('Enter')
  await expect(detail).toBeFocused()
  await window.keyboard.press('f')
  await expect(window.getByText('No job has failed.')).toBeVisible()
  await window.keyboard.press('f')
  await jobRows(window, 'Nightly export').click()
  await expect(jobRows(window)).toHaveCount(0)
  await window.keyboard.press('/')
  await expect(jobRows(window, 'Nightly export')).toBeVisible()
  await window.keyboard.type('night')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('listbox', { name: 'Jobs' })).toBeFocused()
})

test('a key that is held down starts what it starts once', async ({ app, desktop, server }) => {
  const window = await app.window()
  const { keyboard } = window
  await desktop.tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window)).toContainText('Done')
  /** As a keyboard does: again and again, after a pause at first. */
  const hold = async (key: string): Promise<void> => {
    for (let heard = 0; heard < 10; heard += 1) {
      await keyboard.down(key)
      await window.waitForTimeout(50)
    }
    await keyboard.up(key)
  }
  await window.getByRole('button', { name: 'Start workflow' }).focus()
  await keyboard.press('Enter')
  await expect(window.getByRole('searchbox', { name: 'Find a workflow' })).toBeFocused()
  await keyboard.type('ping')
  await hold('Enter')
  await expect(jobRows(window, 'Ping')).toHaveCount(2)
  await keyboard.press('j')
  await hold('r')
  // Equal ends in a row are one line.
  await expect(jobRows(window, 'Ping')).toContainText('× 3')
  expect(server.sim.requests('start')).toBe(3)
})
