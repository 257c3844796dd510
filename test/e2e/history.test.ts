import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { openHistory } from './look.ts'

test('what others started is found in the server’s history, by text, outcome and day, with its log', async ({
  app,
  server,
}) => {
  const { sim } = server
  const started = sim.workflows.filter(({ name }) => ['Send invoices', 'Import orders'].includes(name))
  for (const { id } of started) sim.startElsewhere(id)
  const window = await app.window()
  await openHistory(window)
  const rows = window.getByRole('list', { name: 'Server history' }).getByRole('button')
  const days = window.getByRole('list', { name: 'Jobs that ended on each day' }).getByRole('button')

  // The page shows what had ended as it was asked.
  await expect(async () => {
    await window.getByRole('button', { name: 'Failed', exact: true }).click()
    await window.getByRole('button', { name: 'All', exact: true }).click()
    await expect(rows).toHaveCount(2, { timeout: 500 })
  }).toPass()
  await window.getByRole('button', { name: 'Failed', exact: true }).click()
  await expect(rows).toHaveCount(1)
  await rows.click()
  await expect(window.getByRole('heading', { name: 'Send invoices' })).toBeVisible()
  await expect(window.getByText('The mail server refused the connection')).toBeVisible()

  await window.getByRole('button', { name: 'All', exact: true }).click()
  await window.getByRole('searchbox').fill('import')
  await window.getByRole('searchbox').press('Enter')
  await expect(rows).toHaveText(/Import orders/u)

  await expect(days).toHaveCount(14)
  // One of the days is reached by Tab; the arrows lead to the others, and Enter lists a day.
  await expect(days.and(window.locator('[tabindex="0"]'))).toHaveCount(1)
  await days.last().focus()
  await window.keyboard.press('Home')
  await expect(days.first()).toBeFocused()
  await expect(days.first()).toHaveAccessibleName(/: 0 jobs$/u)
  await window.keyboard.press('Enter')
  await expect(days.first()).toHaveAttribute('aria-pressed', 'true')
  await expect(window.getByText('Nothing in the history is like this.')).toBeVisible()
  await days.first().click()
  await expect(rows).toHaveCount(1)
  expect(await axeComplaints(window)).toEqual([])

  const day = window.getByLabel('Day', { exact: true })
  await day.focus()
  await window.keyboard.type('01312025')
  await expect(day).toHaveValue('2025-01-31')
  await expect(window.getByText('Nothing in the history is like this.')).toBeVisible()
  await day.fill('')
  await expect(rows).toHaveCount(1)
})

test('the history is gone through by keys: to a row, to its log, back, and to the search', async ({
  app,
  server,
}) => {
  const { sim } = server
  for (const { id, name } of sim.workflows)
    if (['Send invoices', 'Import orders'].includes(name)) sim.startElsewhere(id)
  const window = await app.window()
  await openHistory(window)
  const { keyboard } = window
  const rows = window.getByRole('list', { name: 'Server history' }).getByRole('button')
  await expect(async () => {
    await keyboard.press('h')
    await keyboard.press('h')
    await expect(rows).toHaveCount(2, { timeout: 500 })
  }).toPass()

  await keyboard.press('j')
  await expect(rows.first()).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(rows.last()).toBeFocused()
  await keyboard.press('k')
  await expect(rows.first()).toBeFocused()
  // One of the rows is reached by Tab, so that what follows them is near.
  await expect(rows.and(window.locator('[tabindex="0"]'))).toHaveCount(1)

  await keyboard.press('Enter')
  await expect(window.getByRole('region', { name: 'Job detail' })).toBeFocused()
  await expect(window.getByText('Workflow finished.')).toBeVisible()
  await keyboard.press('Escape')
  await expect(rows.first()).toBeFocused()
  await expect(window.getByText('Choose a job to read its log.')).toBeVisible()
  await keyboard.press('/')
  await expect(window.getByRole('searchbox')).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(rows.first()).toBeFocused()
  await keyboard.press('Escape')
  await expect(window.getByRole('heading', { name: 'No jobs yet' })).toBeVisible()
})

test('who reads on in the history by the keyboard goes on at the first row that is new', async ({
  app,
  server,
}) => {
  const ping = server.sim.workflows.find(({ name }) => name === 'Ping')
  for (let started = 0; started < 110; started += 1) server.sim.startElsewhere(ping?.id ?? 0)
  const window = await app.window()
  const rows = window.getByRole('list', { name: 'Server history' }).getByRole('button')
  const more = window.getByRole('button', { name: 'Show older ones' })
  await expect(async () => {
    await window.keyboard.press('h')
    await expect(more).toBeVisible({ timeout: 1000 })
  }).toPass()
  const before = await rows.count()
  await more.focus()
  await window.keyboard.press('Enter')
  await expect.poll(() => rows.count()).toBeGreaterThan(before)
  // There is nothing else to be shown: the button is gone.
  await expect(more).toBeHidden()
  await expect(rows.nth(before)).toBeFocused()
})

test('a log of the history that could not be read is asked for once more', async ({ app, server }) => {
  const { sim } = server
  for (const { id, name } of sim.workflows) if (name === 'Ping') sim.startElsewhere(id)
  const window = await app.window()
  const rows = window.getByRole('list', { name: 'Server history' }).getByRole('button')
  await expect(async () => {
    await window.keyboard.press('h')
    await expect(rows).toHaveCount(1, { timeout: 1000 })
  }).toPass()
  sim.shutDown('killed')
  await rows.click()
  const detail = window.getByRole('region', { name: 'Job detail' })
  await expect(detail).toContainText('The log can’t be shown.')
  sim.startUp()
  await expect(async () => {
    await detail.getByRole('button', { name: 'Try again' }).click({ timeout: 1000 })
    await expect(detail).toContainText('Workflow finished.', { timeout: 1000 })
  }).toPass()
  await expect(detail).toBeFocused()
})
