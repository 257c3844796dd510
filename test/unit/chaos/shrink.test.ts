import { expect, it } from 'vitest'
import { asTest } from '../../chaos/as-test.ts'
import { judgedDay } from '../../chaos/chaos.ts'
import type { DayRecord } from '../../chaos/day.ts'
import type { DayPlan } from '../../chaos/day-plan.ts'
import { Draw } from '../../chaos/draw.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { planDay } from '../../chaos/plan.ts'
import { faultsText } from '../../chaos/report.ts'
import { faultKinds, shrink } from '../../chaos/shrink.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'

/** What the judge sees where the app forgets to tell failures. */
const forgetful = (record: DayRecord): DayRecord => ({
  ...record,
  toasts: record.toasts.filter(({ title }) => !title.startsWith('Failed')),
  settled: record.settled.filter(({ told }) => told.outcome !== 'failed'),
})
const judge = (record: DayRecord) => judgeDay(forgetful(record))

/** The same day, with every other job on a second server. */
const onTwoServers = (plan: DayPlan): DayPlan => ({
  ...plan,
  servers: [...plan.servers, { username: 'admin', database: 'mariadb' }],
  starts: plan.starts.map(({ at, workflow, acts }, place) => ({ server: place % 2, at, workflow, acts })),
})

it('a day of forty jobs of two servers on which failures are not told shrinks to one job of one server and nothing else', async () => {
  const plan = onTwoServers(planDay(new Draw(seededRandom(7)), 40, false))
  expect(plan.weather.length + plan.incidents.length).toBeGreaterThan(3)
  const { record } = await judgedDay(plan)
  const faults = faultKinds(judge(record)).filter((kind) => kind.startsWith('lost'))
  expect(faults).not.toEqual([])
  const shrunk = await shrink(plan, faults, { judge, withinMs: 20_000 })
  expect(shrunk.plan).toMatchObject({ startsElsewhere: [], weather: [], incidents: [] })
  expect(shrunk.plan.servers).toHaveLength(1)
  expect(shrunk.plan.starts).toMatchObject([{ server: 0, at: 1000, acts: [] }])
  expect(shrunk.faults.every((kind) => faults.includes(kind))).toBe(true)
  expect(asTest(shrunk)).toContain(`seed: ${shrunk.plan.seed}`)
}, 60_000)

it('what is printed of a day runs it again as it was', async () => {
  const plan: DayPlan = {
    seed: 7,
    servers: [
      { username: 'administrator', database: 'litedb' },
      { username: 'admin', database: 'sqlite' },
    ],
    starts: [
      {
        server: 1,
        at: 1000,
        workflow: { id: 3, name: "It's one", isApproval: false },
        acts: [{ kind: 'stop', afterMs: 9 }],
      },
    ],
    startsElsewhere: [],
    weather: [{ kind: 'stops', server: 1, at: 0, lastsMs: 5000 }],
    incidents: [
      { kind: 'tokensRevoked', server: 0, at: 2000, lastsMs: 0 },
      { kind: 'captivePortal', at: 3000, lastsMs: 5000 },
    ],
    endsAt: 11_000,
  }
  const source = asTest({ plan, faults: ['late'], days: 1 })
  const [, literal = ''] = /judgedDay\((\{.*\n {2}\})\)/su.exec(source) ?? []
  const again: unknown = JSON.parse(
    literal
      .replaceAll(/(\w+): /gu, '"$1": ')
      .replaceAll("\\'", '’')
      .replaceAll("'", '"')
      .replaceAll('’', "'")
      .replaceAll(/,(\s*[\]}])/gu, '$1'),
  )
  expect(again).toEqual(plan)
  expect(faultsText(await judgedDay(plan))).toBe('')
})
