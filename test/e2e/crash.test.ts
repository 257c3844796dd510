import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '../wexflow-sim/random.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { expect, test } from './fixture.ts'
import { jobRows, signInToStay, titles } from './look.ts'

const seed = 20_261_124
/** As long as a job takes: a kill comes anywhere between the click and shortly after the end. */
const jobMs = 600
const latestKillMs = 900
const kills = 6
const nameOf = (number: number): string => `Crash ${number}`

test(`killed at random moments (seed ${seed}), the app forgets no job that was started, and starts none again`, async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  test.slow()
  const { notifications, tray } = desktop
  const random = seededRandom(seed)
  const numbers = Array.from({ length: kills }, (_, index) => index + 1)
  server.sim.saveWorkflows(
    numbers.map((number) => simWorkflow({ id: 100 + number, name: nameOf(number), durationMs: jobMs })),
  )
  const start = () => launch({ args: keyring.args })
  let app = await start()
  await signInToStay(app, server.origin)

  for (const number of numbers) {
    const name = nameOf(number)
    await tray.choose('Start workflow', name)
    await pause(random() * latestKillMs)
    await app.kill()
    app = await start()
    // Whatever reached the server is told, by this app or by the one that was killed.
    if (server.sim.startsCarriedOut(100 + number) > 0) await notifications.titled(`Done: ${name}`)
  }

  await tray.choose('Open window')
  const window = await app.window()
  for (const number of numbers) {
    const starts = server.sim.startsCarriedOut(100 + number)
    expect(starts).toBeLessThanOrEqual(1)
    const rows = jobRows(window, nameOf(number))
    await expect(rows.filter({ hasText: 'Done' })).toHaveCount(starts)
    // A wish that was never sent may be on disk, and is told as not started.
    await expect(rows.filter({ hasNotText: starts === 1 ? 'Done' : 'Not started' })).toHaveCount(0)
  }
})

test('a jobs file that a crash has cut keeps what is whole, and the person is told', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  const file = path.join(userData, 'jobs.ndjson')
  const first = await launch()
  await first.signIn({ address: server.origin })
  for (const workflow of ['Ping', 'Import orders']) {
    await desktop.tray.choose('Start workflow', workflow)
    await desktop.notifications.titled(`Done: ${workflow}`)
  }
  await first.quit()
  const whole = await readFile(file, 'utf8')
  await writeFile(file, `${whole}${whole.slice(0, 200)}`)

  const second = await launch()
  await desktop.tray.choose('Open window')
  const window = await second.window()
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText('The list of jobs was damaged')
  await expect(jobRows(window)).toHaveText([/Import orders.*Done/, /Ping.*Done/])
  await second.quit()
  expect(await filesBeside(file)).toHaveLength(1)
  expect(titles(desktop)).toEqual(['Done: Ping', 'Done: Import orders'])
})

test('files that are no JSON are kept aside, the person is told, and the app works', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  const jobs = path.join(userData, 'jobs.ndjson')
  const settings = path.join(userData, 'settings.json')
  const rubbish = '\u0000\u0001 {"not": json'
  await writeFile(jobs, rubbish)
  await writeFile(settings, rubbish)

  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  const notices = window.getByRole('region', { name: 'Notices' })
  for (const file of [jobs, settings]) {
    const [kept = ''] = await filesBeside(file)
    expect(await readFile(path.join(userData, kept), 'utf8')).toBe(rubbish)
    await expect(notices).toContainText(`The old file is kept as ${kept}.`)
  }
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  await expect(jobRows(window)).toContainText('Done')
})

test('where the app can’t write its jobs file it says so, and goes on', async ({
  launch,
  desktop,
  server,
  userData,
}) => {
  // A folder of the name that the new file would get first: it stops root, too, whom no permission stops.
  await mkdir(path.join(userData, 'jobs.ndjson.new'))
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
  await expect(window.getByRole('region', { name: 'Notices' })).toContainText('can’t write its files')
})

/** The names of the files that were kept of a damaged one. */
const filesBeside = async (file: string): Promise<readonly string[]> => {
  const names = await readdir(path.dirname(file))
  return names.filter((name) => name.startsWith(`${path.basename(file)}.damaged-`))
}
