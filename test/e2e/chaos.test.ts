import type { Desktop } from '../desktop/desktop.ts'
import { seededRandom } from '../wexflow-sim/random.ts'
import type { Truth } from '../wexflow-sim/truth.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { expect, test } from './fixture.ts'
import { jobRows, signInToStay, titles } from './look.ts'

const seed = 20_261_125
const longestJobMs = 3000
const outcomes = ['Done', 'Failed', 'Warning'] as const

const workflows = ((random) =>
  Array.from({ length: 18 }, (_, index) =>
    simWorkflow({
      id: 200 + index,
      name: `Chaos ${String(index + 1).padStart(2, '0')}`,
      durationMs: Math.floor(random() * longestJobMs),
      outcome: outcomes[index % outcomes.length] ?? 'Done',
    }),
  ))(seededRandom(seed))

/** What befalls some of them: streams that lie, break, or fall silent. */
const weather = {
  frameDropped: 0.2,
  frameDuplicated: 0.2,
  frameSplit: 0.3,
  streamReset: 0.2,
  streamHalfOpen: 0.1,
  frameDelayedMs: { upToMs: 500, chance: 0.3 },
  changeBeforeRecordMs: { upToMs: 300, chance: 0.3 },
  lateEntryMs: { upToMs: 300, chance: 0.3 },
} as const

/** How many ends the notifications told, a summary counted by its number. */
const told = (desktop: Desktop): number =>
  titles(desktop)
    .map((title) => Number(/^(\d+) jobs ended/u.exec(title)?.[1] ?? (/: Chaos \d+$/u.test(title) ? 1 : 0)))
    .reduce((sum, count) => sum + count, 0)

/** What a person has to be told of a job. */
const owed = ({ outcome, observable }: Truth): string =>
  observable && outcome !== null ? outcome : 'Unknown'

test(`in bad weather, with a crash of the app and one of the server (seed ${seed}), every end is told once and right`, async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  test.slow()
  const { sim } = server
  sim.saveWorkflows(workflows)
  const start = () => launch({ args: keyring.args })
  const first = await start()
  await signInToStay(first, server.origin)
  sim.faults.set(weather)

  const third = workflows.length / 3
  for (const { name } of workflows.slice(0, third)) await desktop.tray.choose('Start workflow', name)
  await expect.poll(() => sim.truths()).toHaveLength(third)
  await first.kill()
  // While the change stream is dead without a sign, nothing proves a restart of the server.
  sim.faults.clear()
  const app = await start()
  const menuLabels = async () => (await desktop.tray.menu()).items.map(({ label }) => label)
  await expect.poll(menuLabels).not.toContain('Connecting…')

  for (const { name } of workflows.slice(third, 2 * third)) await desktop.tray.choose('Start workflow', name)
  await expect.poll(() => sim.truths()).toHaveLength(2 * third)
  sim.restart('killed', 300)
  await expect.poll(() => sim.power).toBe('up')
  await server.listening()

  sim.faults.set({ ...weather, startAnswerLost: { next: 1 } })
  for (const { name } of workflows.slice(2 * third)) await desktop.tray.choose('Start workflow', name)
  await expect.poll(() => told(desktop), { timeout: 90_000 }).toBe(workflows.length)

  await desktop.tray.choose('Open window')
  const list = await app.window()
  // The list draws only the rows that can be seen.
  await list.setViewportSize({ width: 900, height: 1400 })
  const rows = jobRows(list)
  for (const { id, name } of workflows) {
    const truths = sim.truths().filter(({ workflowId }) => workflowId === id)
    await expect(rows.filter({ hasText: name })).toHaveText(
      truths.map((truth) => new RegExp(owed(truth), 'u')),
    )
    expect(truths).toHaveLength(1)
    expect(titles(desktop).filter((title) => title.endsWith(name)).length).toBeLessThanOrEqual(1)
  }
  expect(told(desktop)).toBe(workflows.length)
})
