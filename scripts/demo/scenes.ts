import { setTimeout as pause } from 'node:timers/promises'
import type { Desktop } from '../../test/desktop/desktop.ts'
import type { ShownNotification } from '../../test/desktop/notification-daemon.ts'

/** A workflow to start, what to do with its job, and how that must end. The words are those that a person reads. */
interface Scene {
  readonly workflow: string
  readonly outcome: string
  /** Chosen in the job's own menu, once it has had this phase for `afterMs`. */
  readonly wish?: { readonly phase: string; readonly choice: string; readonly afterMs: number }
}

/** The notification that came, or a sentence that says that it did not, and why. */
export type SceneEnd = { readonly notification: ShownNotification } | { readonly problem: string }

/** Its notification is clicked: a failed job has most to tell. */
export const clickedScene: Scene = { workflow: 'Send invoices', outcome: 'Failed' }

/** One for each way in which a job ends. */
export const scenes: readonly Scene[] = [
  { workflow: 'Import orders', outcome: 'Done' },
  clickedScene,
  { workflow: 'Check stock', outcome: 'Warning' },
  {
    workflow: 'Month end closing',
    outcome: 'Stopped',
    wish: { phase: 'Running', choice: 'Stop', afterMs: 2500 },
  },
  {
    workflow: 'Release payments',
    outcome: 'Rejected',
    wish: { phase: 'Waiting for approval', choice: 'Reject', afterMs: 500 },
  },
]

/** How long, in milliseconds, a notification may take: the longest job takes 8 s, and machines are slow. */
const notificationWithinMs = 30_000
/** An approval is noticed within 15 s; the rest is for slow machines. */
const phaseWithinMs = 25_000

/** What was chosen last for a job, and when (milliseconds of `performance.now()`). */
interface Choice {
  readonly words: string
  readonly at: number
}

const choose = async ({ tray }: Desktop, ...labels: string[]): Promise<Choice> => {
  const choice = { words: labels.join(' > '), at: performance.now() }
  await tray.choose(...labels)
  console.log(`  Chosen in the tray menu: ${choice.words}`)
  return choice
}

/** Chooses the scene's workflow in the tray menu. */
export const startScene = ({ workflow }: Scene, desktop: Desktop): Promise<Choice> =>
  choose(desktop, 'Start workflow', workflow)

/** Plays a scene from its start to its end, and prints the notification that comes. */
export const finishScene = async (scene: Scene, start: Choice, desktop: Desktop): Promise<SceneEnd> => {
  const title = `${scene.outcome}: ${scene.workflow}`
  const absent = (why: string): SceneEnd => ({ problem: `The notification “${title}” did not come: ${why}.` })
  const last = await chooseWish(scene, desktop, start)
  if (last === null) return absent(`the tray menu did not offer what leads to it`)
  const notification = await desktop.notifications.titled(title, notificationWithinMs).catch(() => null)
  if (notification === null)
    return absent(`${notificationWithinMs / 1000} s have passed since “${last.words}”`)
  print(notification, last)
  return { notification }
}

/** The choice that the scene waits for, or the one before where it waits for none; null if it was not offered. */
const chooseWish = async (
  { workflow, wish }: Scene,
  desktop: Desktop,
  before: Choice,
): Promise<Choice | null> => {
  if (wish === undefined) return before
  const { phase, choice, afterMs } = wish
  const labels = [`${workflow} – ${phase}`, choice]
  try {
    await desktop.tray.entry(labels, ({ isEnabled }) => isEnabled, phaseWithinMs)
    await pause(afterMs)
    return await choose(desktop, ...labels)
  } catch {
    return null
  }
}

const print = ({ title, body, arrivedAt }: ShownNotification, { words, at }: Choice): void => {
  console.log(`  ${title}, ${((arrivedAt - at) / 1000).toFixed(1)} s after “${words}”`)
  for (const line of body.split('\n')) console.log(`    ${line}`)
}
