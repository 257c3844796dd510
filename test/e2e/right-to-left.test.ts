import type { Locator } from '@playwright/test'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openHistory } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** Names that end in what the words beside them would take to their own end, were they not isolated. */
const report = 'דוח לילי (v2)'
const orders = 'استيراد الطلبات: المستودع الرئيسي في المدينة القديمة (2026)'
const ordersInMenu = 'استيراد الطلبات: المستودع الرئيسي في ال…'
const payments = 'אישור התשלומים של כל חברות הבת והסניפים (2026)'
const paymentsInMenu = 'אישור התשלומים של כל חברות הבת והסניפים…'

/** Whether the first letter of a text can be seen, wherever its line begins. */
const isBeginningSeen = (text: Locator): Promise<boolean> =>
  text.evaluate((element) => {
    const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (node === null) return false
    const range = document.createRange()
    range.setStart(node, 0)
    range.setEnd(node, 1)
    const { left, right } = range.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    return left >= Math.max(box.left, 0) - 1 && right <= Math.min(box.right, innerWidth) + 1
  })

/** Where it begins, in pixels from the left; no number where it can't be seen. */
const leftOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.x ?? Number.NaN

/** Whether these stand from left to right, none over the other. */
const isInOrder = async (...parts: readonly Locator[]): Promise<boolean> => {
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()))
  return boxes.every((box, index) => {
    const before = boxes[index - 1]
    return box !== null && (!before || before.x + before.width <= box.x + 1)
  })
}

const narrow = async (app: WexflowTray): Promise<void> => {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(380, 640))
  await (await app.window()).waitForFunction(() => innerWidth <= 380)
}

test('names that are read from right to left turn nothing around them, and are cut at their own end', async ({
  launch,
  server,
  desktop,
}) => {
  const { tray, notifications } = desktop
  server.sim.saveWorkflows([
    simWorkflow({
      id: 1,
      name: report,
      durationMs: 300,
      outcome: 'Failed',
      logLines: [{ error: '[Mail] שגיאה: no connection (7)' }],
    }),
    simWorkflow({ id: 2, name: orders, durationMs: 3_600_000 }),
    simWorkflow({ id: 3, name: payments, waitsForApprovalAfterMs: 200, durationMs: 300 }),
  ])
  const app = await launch()
  const window = await app.signIn({ address: server.origin, staySignedIn: false })
  await tray.choose('Start workflow', paymentsInMenu)
  await tray.choose('Start workflow', ordersInMenu)
  await tray.choose('Start workflow', report)
  await notifications.titled(`Failed: ${report}`)
  await tray.choose('Start workflow', report)
  await notifications.titled(`Failed ×2: ${report}`)
  await tray.choose('Start workflow', report)
  await notifications.titled(`Failed ×3: ${report}`)
  // Nothing signals that a job waits: the server is asked every 15 s.
  await notifications.titled(`Waiting for approval: ${payments}`, 20_000)

  const running = await tray.entry([`${ordersInMenu} – Running`])
  expect(running.label).toBe(`\u2068${ordersInMenu}\u2069 – Running`)

  const row = (name: string): Locator => jobRows(window).filter({ hasText: name })
  await expect(row(report)).toHaveCount(1)
  for (const isNarrow of [false, true]) {
    if (isNarrow) await narrow(app)
    for (const name of [report, orders, payments])
      await expect.poll(() => isBeginningSeen(row(name).getByText(name)), name).toBe(true)
    const failed = row(report)
    await expect
      .poll(() => isInOrder(failed.getByText(report), failed.getByText('× 3'), failed.getByText(/[AP]M$/u)))
      .toBe(true)
    const approve = window.getByRole('button', { name: `Approve: \u2068${payments}\u2069` })
    await expect.poll(() => isInOrder(row(payments).getByText(payments), approve)).toBe(true)
    expect(await axeComplaints(window)).toEqual([])
  }

  await row(report).click()
  await window.keyboard.press('Enter')
  const detail = window.getByRole('region', { name: 'Job detail' })
  const heading = detail.getByRole('heading', { name: report })
  await expect.poll(() => isInOrder(heading, detail.getByText('Failed', { exact: true }))).toBe(true)
  const log = detail.getByRole('region', { name: 'Log' })
  await expect(log.getByText('שגיאה: no connection (7)')).toBeVisible()
  expect(await axeComplaints(window)).toEqual([])

  await window.keyboard.press('Escape')
  await window.keyboard.press('n')
  const found = window.getByRole('button', { name: orders, exact: true })
  await expect.poll(() => isBeginningSeen(found.getByText(orders))).toBe(true)
  await window.keyboard.press('Escape')
  await openHistory(window)
  const ended = window
    .getByRole('list', { name: 'Server history' })
    .getByRole('button', { name: report })
    .first()
  const [name, time] = [ended.getByText(report), ended.getByText(/[AP]M$/u)]
  await expect.poll(async () => (await leftOf(name)) - (await leftOf(ended.getByText('Failed')))).toBe(0)
  await expect(time).toBeVisible()
})
