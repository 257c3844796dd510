import type { Locator, Page } from '@playwright/test'
import { profileIdOf } from '../../src/main/servers/profile-id.ts'
import { endedJob, runWith, startAt } from '../unit/job.ts'
import { writeJobs } from '../unit/jobs-file.ts'
import { expect, test } from './fixture.ts'
import { browsed, jobRows, titles } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'
import { greeting } from './workflows.ts'

/** A person's hands, which count what they do: clicks, and keys but the letters of a name or of a value. */
class Hands {
  readonly #app: WexflowTray
  #count = 0

  constructor(app: WexflowTray) {
    this.#app = app
  }

  /** What was done since the last answer. */
  get done(): number {
    const count = this.#count
    this.#count = 0
    return count
  }

  async click(target: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
    this.#count += 1
    await target.click({ button })
  }

  async press(key: string): Promise<void> {
    this.#count += 1
    await (await this.#app.window()).keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await (await this.#app.window()).keyboard.type(text)
  }

  async clickIcon(): Promise<void> {
    this.#count += 1
    await this.#app.desktop.tray.activate()
  }

  /** The click that opens the tray's menu counts, and one for each label. */
  async choose(...labels: string[]): Promise<void> {
    this.#count += 1 + labels.length
    await this.#app.desktop.tray.choose(...labels)
  }

  /** A button of a notification. */
  async answer(title: string, action: string): Promise<void> {
    this.#count += 1
    const { notifications } = this.#app.desktop
    notifications.press(await notifications.titled(title), action)
  }
}

const dayMs = 86_400_000

const copied = (app: WexflowTray): Promise<string> =>
  app.electron.evaluate(({ clipboard }) => clipboard.readText())

/** The app with a job of yesterday in its list, a favourite, and none of its jobs selected. */
const prepared = test.extend<{ readonly page: Page; readonly hands: Hands }>({
  app: async ({ launch, server, userData }, use) => {
    server.sim.saveWorkflows([...server.sim.workflows, greeting])
    const startedAt = Date.now() - dayMs
    const past = {
      key: 'past',
      serverId: profileIdOf(server.origin, 'admin'),
      start: startAt(startedAt),
      run: runWith({ startedAt }),
    }
    await writeJobs(userData, [endedJob('done', { endedAt: startedAt + 12_000, isLogRead: true }, past)])
    const app = await launch()
    const window = await app.signIn({ address: server.origin })
    await jobRows(window, 'Import orders').waitFor()
    await window.keyboard.press('n')
    await window.getByRole('button', { name: 'Add Ping to favourites' }).click()
    await window.keyboard.press('Escape')
    await use(app)
  },
  page: async ({ app }, use) => use(await app.window()),
  hands: async ({ app }, use) => use(new Hands(app)),
})

prepared(
  'in the window, the commonest tasks take as many clicks as the docs say',
  async ({ app, desktop, server, page, hands }) => {
    const detail = page.getByRole('region', { name: 'Job detail' })
    const none = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Close, to the overview' }).click()
      await expect(detail).toContainText('Select a job')
    }
    await hands.click(page.getByRole('button', { name: 'Start Ping' }))
    await expect(jobRows(page, 'Ping')).toContainText('Done')
    expect(hands.done, 'start a favourite').toBe(1)

    await hands.press('n')
    await hands.type('invoi')
    await hands.press('Enter')
    await desktop.notifications.titled('Failed: Send invoices')
    expect(hands.done, 'start any by its name').toBe(2)

    await hands.press('n')
    await hands.type('greet')
    await hands.press('Shift+Enter')
    await expect(page.getByRole('dialog').getByLabel('who', { exact: true })).toBeFocused()
    await hands.type('Bob')
    await hands.press('Enter')
    await expect(page.getByRole('region', { name: 'Log' })).toContainText('Greets Bob')
    expect(hands.done, 'start with variables').toBe(3)

    await none()
    const failed = jobRows(page, 'Send invoices')
    await expect(failed).toContainText('The mail server refused the connection.')
    expect(hands.done, 'see why it failed').toBe(0)
    await hands.click(failed)
    await expect(page.getByRole('region', { name: 'Log' }).locator('.log-current')).toContainText('refused')
    expect(hands.done, 'read its log at the error').toBe(1)

    await none()
    await hands.click(failed, 'right')
    await hands.click(page.getByRole('menuitem', { name: 'Copy the error' }))
    await expect.poll(() => copied(app)).toContain('The mail server refused the connection.')
    expect(hands.done, 'copy the error').toBe(2)

    await none()
    await jobRows(page, 'Ping').hover()
    await hands.click(page.getByRole('button', { name: 'Run again: Ping' }))
    await expect(jobRows(page, 'Ping')).toHaveCount(2)
    expect(hands.done, 'run again').toBe(1)

    await desktop.tray.choose('Start workflow', 'Nightly export')
    await jobRows(page, 'Nightly export').filter({ hasText: 'Running' }).hover()
    await hands.click(page.getByRole('button', { name: 'Stop: Nightly export' }))
    await expect(jobRows(page, 'Nightly export')).toContainText('Stopped')
    expect(hands.done, 'stop').toBe(1)

    await desktop.tray.choose('Start workflow', 'Release payments')
    await hands.click(page.getByRole('button', { name: 'Approve: Release payments' }))
    await expect(jobRows(page, 'Release payments')).toContainText('Done')
    expect(hands.done, 'approve').toBe(1)

    await hands.press('/')
    await hands.type('yest')
    await hands.click(jobRows(page, 'Import orders'))
    await expect(detail.getByRole('heading', { name: 'Import orders' })).toBeVisible()
    expect(hands.done, 'find the job of yesterday').toBe(2)

    const opened = await browsed(app)
    await hands.press('w')
    await expect.poll(opened).toHaveLength(1)
    expect(hands.done, 'open the selected job in the web manager').toBe(1)

    server.sim.startElsewhere(4)
    await hands.press('h')
    const history = page.getByRole('list', { name: 'Server history' })
    expect(hands.done, 'see what others ran').toBe(1)
    await expect(history).toContainText('Send invoices')
    await page.keyboard.press('h')

    await hands.click(page.getByRole('navigation', { name: 'Pages' }).getByRole('button'))
    await hands.click(page.getByRole('menuitem', { name: 'Mute notifications for an hour' }))
    await expect(page.getByText('Notifications are muted until')).toBeVisible()
    expect(hands.done, 'mute').toBe(2)
  },
)

prepared(
  'from any other program, they take as many as the docs say',
  async ({ app, desktop, hands, page }) => {
    const { notifications } = desktop
    await page.getByRole('button', { name: 'Start workflow' }).waitFor()
    await app.closeWindow()

    await hands.choose('Ping')
    await notifications.titled('Done: Ping')
    expect(hands.done, 'start a favourite').toBe(2)

    await hands.choose('Find a workflow…')
    await expect((await app.window()).getByRole('searchbox', { name: 'Find a workflow' })).toBeFocused()
    await hands.type('invoi')
    await hands.press('Enter')
    const failure = await notifications.titled('Failed: Send invoices')
    expect(hands.done, 'start any by its name').toBe(3)
    await app.closeWindow()

    expect(failure.body).toContain('The mail server refused the connection.')
    expect(hands.done, 'see why it failed').toBe(0)
    await hands.answer('Failed: Send invoices', 'runAgain')
    const failures = () => titles(desktop).filter((title) => title === 'Failed: Send invoices')
    await expect.poll(failures).toHaveLength(2)
    expect(hands.done, 'run again').toBe(1)

    await desktop.tray.choose('Start workflow', 'Nightly export')
    await hands.choose('Nightly export – Running', 'Stop')
    await notifications.titled('Stopped: Nightly export')
    expect(hands.done, 'stop').toBe(3)

    await desktop.tray.choose('Start workflow', 'Release payments')
    await hands.answer('Waiting for approval: Release payments', 'approve')
    await notifications.titled('Done: Release payments')
    expect(hands.done, 'approve').toBe(1)

    await hands.choose('Mute notifications', 'For an hour')
    await desktop.tray.entry(['Mute notifications', 'Unmute'])
    expect(hands.done, 'mute').toBe(3)
  },
)
