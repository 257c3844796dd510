import { readFile } from 'node:fs/promises'
import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import { endedJob, runningJob, runWith, startAt } from '../unit/job.ts'
import { writeJobs } from '../unit/jobs-file.ts'
import { expect, test } from './fixture.ts'
import { jobRows, titles } from './look.ts'

test('a click on a notification brings the window to that job and its log', async ({ app, desktop }) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const detail = window.getByRole('region', { name: 'Job detail' })
  await tray.choose('Start workflow', 'Send invoices')
  const failed = await notifications.titled('Failed: Send invoices')
  await tray.choose('Start workflow', 'Import orders')
  const done = await notifications.titled('Done: Import orders')

  await tray.choose('Settings…')
  await window.getByRole('heading', { name: 'Settings' }).waitFor()
  notifications.click(failed)
  await expect(detail.getByRole('heading', { name: 'Send invoices' })).toBeVisible()
  await expect(jobRows(window, 'Send invoices')).toHaveAttribute('aria-selected', 'true')
  await expect(detail.getByRole('region', { name: 'Log' })).toContainText(
    'The mail server refused the connection.',
  )

  await app.closeWindow()
  notifications.click(done)
  const opened = await app.window()
  const openedDetail = opened.getByRole('region', { name: 'Job detail' })
  await expect(openedDetail.getByRole('heading', { name: 'Import orders' })).toBeVisible()
  await expect(openedDetail.getByRole('region', { name: 'Log' })).toContainText('342 rows written.')
})

test.describe('with the settings as they are at first', () => {
  test.use({ eachByItself: false })

  test('many ends at once are told as two notifications and then together, each end once', async ({
    app,
    desktop,
    server,
  }) => {
    const { notifications, tray } = desktop
    const window = await app.window()
    const many = 12
    for (let started = 0; started < many; started += 1)
      await tray.choose('Start workflow', 'Month end closing')
    await expect(window.getByRole('button', { name: `All ${many}` })).toBeVisible()
    await app.closeWindow()
    const summary = await notifications.titled(/^\d+ jobs ended: \d+ done$/, 20_000)
    expect(summary.body).toBe('Done: Month end closing')
    const gathered = Number(/^\d+/u.exec(summary.title)?.[0])
    const ended = () => server.sim.truths().filter(({ outcome }) => outcome === 'Done').length
    await expect.poll(ended).toBe(many)
    await app.quit()
    expect(titles(desktop)).toEqual(['Done: Month end closing', 'Done: Month end closing', summary.title])
    expect(gathered).toBe(many - 2)
  })

  test('the end of the job that the focused window shows is not told as well; other ends are', async ({
    app,
    desktop,
  }) => {
    const { notifications, tray } = desktop
    const window = await app.window()
    await tray.choose('Start workflow', 'Month end closing')
    await jobRows(window, 'Month end closing').click()
    await expect
      .poll(() =>
        app.electron.evaluate(({ BrowserWindow }) => {
          BrowserWindow.getAllWindows()[0]?.focus()
          return BrowserWindow.getFocusedWindow() !== null
        }),
      )
      .toBe(true)
    await tray.choose('Start workflow', 'Ping')
    await notifications.titled('Done: Ping')
    const detail = window.getByRole('region', { name: 'Job detail' })
    await detail.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(detail).toContainText('None: this window showed the job')
    expect(titles(desktop)).toEqual(['Done: Ping'])

    await tray.choose('Settings…')
    await window.getByRole('checkbox', { name: 'Also for a job that the window shows' }).check()
    await window.getByRole('button', { name: 'Jobs', exact: true }).click()
    await tray.choose('Start workflow', 'Month end closing')
    await jobRows(window, 'Month end closing').filter({ hasText: 'Running' }).click()
    await detail.getByRole('button', { name: 'Stop', exact: true }).click()
    await notifications.titled('Stopped: Month end closing')
  })
})

test('a notification shows its outcome as a picture that is there', async ({ app, desktop }) => {
  await app.closeWindow()
  for (const [workflow, outcome, file] of [
    ['Send invoices', 'Failed', 'failed.png'],
    ['Check stock', 'Warning', 'warning.png'],
  ] as const) {
    await desktop.tray.choose('Start workflow', workflow)
    const { picture } = await desktop.notifications.titled(`${outcome}: ${workflow}`)
    expect(picture).toMatch(new RegExp(`/toast/${file}$`, 'u'))
    expect((await readFile(new URL(picture ?? ''))).subarray(1, 4).toString()).toBe('PNG')
  }
})

test('what ends while nothing shows notifications is told, once, as soon as something does', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await notifications.leave()
  await tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window, 'Ping')).toContainText('Done')
  await tray.entry(['Notifications do not reach you…'])
  await expect(window.getByText('Notifications of this app do not reach you.')).toBeVisible()
  expect(titles(desktop)).toEqual([])

  await notifications.comeBack()
  await notifications.titled('Done: Ping')
  await expect(window.getByText('Notifications of this app do not reach you.')).toBeHidden()
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Ping'])
})

test('what ends while the notification daemon restarts is told together, and what it showed before is not told again', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  await notifications.leave()
  for (const workflow of ['Ping', 'Send invoices']) {
    await tray.choose('Start workflow', workflow)
    await expect(jobRows(window, workflow)).toContainText(/Done|Failed/u)
  }
  await notifications.comeBack()
  const summary = await notifications.titled('2 jobs ended: 1 done, 1 failed')
  expect(summary.body).toBe('Failed: Send invoices\nDone: Ping')
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Import orders', summary.title])
})

test('a job that waits for approval is decided on by the buttons of its notification', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  // Nothing signals that a job waits: the server is asked every 15 s.
  const noticedWithinMs = 20_000
  const asked = () => notifications.shown.filter(({ title }) => title.startsWith('Waiting for approval'))
  for (const [round, [decision, outcome]] of [
    ['approve', 'Done'],
    ['reject', 'Rejected'],
  ].entries()) {
    await tray.choose('Start workflow', 'Release payments')
    await expect.poll(() => asked().length, { timeout: noticedWithinMs }).toBe(round + 1)
    const toast = asked().at(-1)
    expect(toast?.actions.slice(2)).toEqual(['approve', 'Approve', 'reject', 'Reject'])
    if (toast !== undefined) notifications.press(toast, decision ?? '')
    await notifications.titled(`${outcome}: Release payments`)
    await expect(jobRows(window).first()).toContainText(outcome ?? '')
  }
})

test('a job that others suspend goes on, or is stopped, by the buttons of its notification; one that the person suspends is not told', async ({
  app,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const workflow = 'Nightly export'
  const workflowId = 5
  const window = await app.window()
  await tray.choose('Start workflow', workflow)
  await tray.choose(`${workflow} – Running`, 'Suspend')
  await tray.choose(`${workflow} – Suspended`, 'Resume')
  await tray.entry([`${workflow} – Running`])
  expect(titles(desktop)).toEqual([])

  const jobId = server.sim.truths()[0]?.jobId ?? ''
  const suspended = () => notifications.shown.filter(({ title }) => title === `Suspended: ${workflow}`)
  const suspend = async (time: number) => {
    server.sim.suspendElsewhere(workflowId, jobId)
    await expect.poll(() => suspended().length, { timeout: 20_000 }).toBe(time)
    const toast = suspended().at(-1) ?? (await notifications.titled(`Suspended: ${workflow}`))
    expect(toast.actions.slice(2)).toEqual(['resume', 'Resume', 'stop', 'Stop'])
    // Or what the window shows next may still be what it showed before.
    await expect(jobRows(window, workflow)).toContainText('Suspended')
    return toast
  }
  notifications.press(await suspend(1), 'resume')
  await expect(jobRows(window, workflow)).toContainText('Running')

  const second = await suspend(2)
  server.sim.resumeElsewhere(workflowId, jobId)
  await notifications.closed(second)

  notifications.press(await suspend(3), 'stop')
  await notifications.titled(`Stopped: ${workflow}`)
  await expect(jobRows(window, workflow)).toContainText('Stopped')
})

test('a job that runs for far longer than usual is suspended by the button of its notification, and stopped by that of the next', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  const { notifications } = desktop
  const hourMs = 3_600_000
  const workflow = {
    serverId: profileIdOf(server.origin, 'admin'),
    workflowId: 5,
    workflowName: 'Nightly export',
  }
  const began = Date.now() - hourMs
  const jobId = server.sim.startElsewhere(workflow.workflowId)
  const start = startAt(began, { sentAt: began, answer: { kind: 'id', at: began, jobId } })
  const past = [2, 3, 4].map((hoursAgo) => {
    const key = `${hoursAgo} hours ago`
    const run = runWith({ jobId: key })
    return endedJob(
      'done',
      { endedAt: Date.now() - hoursAgo * hourMs, isLogRead: true },
      { key, run, ...workflow },
    )
  })
  await writeJobs(userData, [
    ...past,
    runningJob({ jobId, startedAt: began }, { key: 'long', start, ...workflow }),
  ])
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  const toast = await notifications.titled('Still running: Nightly export')
  expect(toast.actions.slice(2)).toEqual(['stop', 'Stop', 'suspend', 'Suspend'])
  notifications.press(toast, 'suspend')
  const suspended = await notifications.titled('Suspended: Nightly export')
  expect(suspended.actions.slice(2)).toEqual(['resume', 'Resume', 'stop', 'Stop'])
  await expect(jobRows(window).first()).toContainText('Suspended')
  notifications.press(suspended, 'stop')
  await notifications.titled('Stopped: Nightly export')
})

test('a job that failed is run again by the button of its notification', async ({ app, desktop, server }) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Send invoices')
  const toast = await notifications.titled('Failed: Send invoices')
  expect(toast.actions.slice(2)).toEqual(['runAgain', 'Run again'])
  notifications.press(toast, 'runAgain')
  await expect.poll(() => server.sim.requests('start')).toBe(2)
  await expect(jobRows(window)).toHaveCount(2)
})

test('a wish that the server refuses is told, since a menu has no place for it', async ({
  launch,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const app = await launch()
  const window = await app.signIn({ address: server.origin, username: 'administrator' })
  await tray.choose('Start workflow', 'Nightly export')
  await tray.entry(['Nightly export – Running'])
  server.sim.saveWorkflows(server.sim.workflows.map((workflow) => ({ ...workflow, grantedTo: [] })))
  await tray.choose('Nightly export – Running', 'Stop')
  const toast = await notifications.titled('Nightly export could not be stopped')
  expect(toast.body).toBe('You are not permitted to do this. Ask the server’s administrator.')
  await expect(jobRows(window)).toContainText('Running')
})
