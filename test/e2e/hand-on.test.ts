import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openSettings } from './look.ts'

test('the end of a job reaches a webhook, also while notifications are muted, and it is told when it does not', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const received: unknown[] = []
  let status = 200
  const service: Server = createServer((request, response) => {
    void text(request).then(
      (body) => {
        received.push(JSON.parse(body))
        return response.writeHead(status).end()
      },
      () => response.destroy(),
    )
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const window = await app.window()
  await openSettings(window)
  const section = window.getByRole('region', { name: 'Hand on' })
  const dialog = window.getByRole('dialog', { name: 'Hand ends on' })

  await section.getByRole('button', { name: 'Add a target' }).click()
  await dialog.getByLabel('Name').fill('My phone')
  await dialog.getByLabel('Address').fill('my phone')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert').first()).toContainText('This is not an address')
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/hooks/secret-token`)
  await expect(dialog).toContainText('others on the network can read')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(section.getByRole('listitem')).toContainText(`127.0.0.1:${port}`)
  await section.getByRole('button', { name: 'Test: My phone' }).click()
  await expect(section.getByRole('listitem')).toContainText('It was taken')
  expect(received).toMatchObject([{ event: 'test' }])
  expect(await axeComplaints(window)).toEqual([])

  await tray.choose('Mute notifications', 'For an hour')
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', 'Ping')
  await expect.poll(() => received).toHaveLength(2)
  expect(received[1]).toMatchObject({ event: 'jobEnded', title: 'Done: Ping', outcome: 'done' })
  expect(notifications.shown).toEqual([])
  await tray.choose('Mute notifications', 'Unmute')
  await notifications.titled('Done: Ping')

  status = 404
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('The end of Ping could not be handed on')
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText('Ends can’t be handed on')
  await expect(jobRows(window, 'Ping').filter({ hasText: 'Done' })).toHaveCount(2)
  status = 200
  await openSettings(window)
  await section.getByRole('button', { name: 'Test: My phone' }).click()
  await expect(window.getByRole('region', { name: 'Notices' })).not.toContainText('handed on')
  service.close()

  await app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('run')
    ipcMain.handle('run', () => Promise.reject(new Error('the disk is full')))
  })
  await section.getByRole('button', { name: 'Remove: My phone' }).click()
  await expect(section).toContainText('It could not be removed. Try again.')
  await expect(section.getByRole('listitem')).toHaveCount(1)
})

test('a program is run for an exception that chooses it, and what its test says is shown', async ({
  app,
  desktop,
  userData,
}) => {
  const file = path.join(userData, 'handed-on.txt')
  const window = await app.window()
  await openSettings(window)
  const section = window.getByRole('region', { name: 'Hand on' })
  const dialog = window.getByRole('dialog', { name: 'Hand ends on' })
  await section.getByRole('button', { name: 'Add a target' }).click()
  await dialog.getByRole('radio', { name: 'A program' }).check()
  await dialog.getByLabel('Name').fill('File')
  await dialog.getByRole('textbox', { name: 'Program' }).fill('sh')
  await dialog.getByRole('checkbox', { name: 'Hand on all ends that are told' }).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert').first()).toContainText('not the full path')
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Program' }).fill('/bin/sh')
  await dialog
    .getByLabel('Arguments')
    .fill('-c\necho "$WEXFLOW_EVENT: $WEXFLOW_TITLE" >> "$0"; test "$WEXFLOW_EVENT" != test\n' + file)
  // The system's own box, which no test can click either.
  const box = await app.electron.evaluateHandle(({ dialog: boxes }) => {
    const held = { answer: (_response: number): void => {}, asked: 0 }
    boxes.showMessageBox = () =>
      new Promise((resolve) => {
        held.asked += 1
        held.answer = (response) => resolve({ response, checkboxChecked: false })
      })
    return held
  })
  // Once, the answer came through, and was lost on its way back to the test.
  const answer = (response: number) =>
    expect(() => box.evaluate((held, said) => held.answer(said), response)).toPass()
  const save = dialog.getByRole('button', { name: 'Save' })
  await save.click()
  await expect(dialog).toContainText('It is being saved. If the system asks you something')
  await expect(save).toHaveAttribute('aria-busy', 'true')
  expect(await axeComplaints(window)).toEqual([])
  await save.click()
  expect(await box.evaluate(({ asked }) => asked)).toBe(1)
  await answer(0)
  await expect(dialog.getByRole('alert').first()).toContainText('You did not allow it')
  await expect(save).toHaveAttribute('aria-busy', 'false')
  await save.click()
  await expect.poll(() => box.evaluate(({ asked }) => asked)).toBe(2)
  await answer(1)
  await section.getByRole('button', { name: 'Test: File' }).click()
  await expect(section.getByRole('listitem')).toContainText('The program ended with an error (1).')

  const exceptions = window.getByRole('region', { name: 'Exceptions' })
  const exception = window.getByRole('dialog', { name: 'Exception for notifications' })
  await exceptions.getByRole('button', { name: 'Add an exception' }).click()
  await exception.getByLabel('Workflow').fill('Ping')
  await exception.getByRole('checkbox', { name: 'Notify' }).uncheck()
  await exception
    .getByRole('group', { name: 'Also hand on to' })
    .getByRole('checkbox', { name: 'File' })
    .check()
  expect(await axeComplaints(window)).toEqual([])
  await exception.getByRole('button', { name: 'Save' }).click()
  await expect(exceptions.getByRole('listitem')).toContainText('Handed on to File')

  await desktop.tray.choose('Start workflow', 'Ping')
  await expect.poll(() => readFile(file, 'utf8')).toBe('test: Test from Wexflow Tray\njobEnded: Done: Ping\n')
  expect(desktop.notifications.shown).toEqual([])
})
