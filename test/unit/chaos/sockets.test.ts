import { expect, it, onTestFinished } from 'vitest'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import type { Account } from '../../chaos/app.ts'
import { Computer } from '../../chaos/computer.ts'
import { Draw } from '../../chaos/draw.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { after } from '../../chaos/virtual-clock.ts'
import { drawFate } from '../../chaos/workflows.ts'
import type { KnownJob } from '../../known-job.ts'
import { serve } from '../../wexflow-sim/http.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { demoUsers } from '../../wexflow-sim/users.ts'
import { type SimWorkflow, simWorkflow } from '../../wexflow-sim/workflows.ts'

const short: readonly [SimWorkflow, ...SimWorkflow[]] = [
  simWorkflow({ id: 1, name: 'Instant', durationMs: 0 }),
  simWorkflow({ id: 2, name: 'Blink', durationMs: 120 }),
  simWorkflow({ id: 3, name: 'Moment', durationMs: 600 }),
  simWorkflow({ id: 4, name: 'Switched off', isEnabled: false }),
]

/** It runs when the server is killed, so that nothing can say how it ended. */
const long = simWorkflow({ id: 5, name: 'Long', durationMs: 60_000 })

/** What the server and the way to it do all the time. */
const faults = {
  frameDropped: 0.1,
  frameDuplicated: 0.2,
  frameSplit: 0.5,
  frameSaysRunning: 0.7,
  streamReset: 0.02,
  changeBeforeRecordMs: { upToMs: 40, chance: 0.5 },
  extraFields: 1,
}

const deadlineMs = 12_000

/** Looks again and again, as nobody says when the app has come so far. */
async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + deadlineMs
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error('It did not come so far')
    await after(20)
  }
}

const jobsOf = (computer: Computer): KnownJob[] => [...computer.record.jobs.values()]

/** Whether everything that this launch of the app knows was told. */
function isAllTold({ app }: Computer): boolean {
  return app !== null && app.store.all().every((job) => app.told.isSettled(viewOf(job)))
}

it('tells a hundred ends over real sockets, through a killed server and a crash of the app', async () => {
  const draw = new Draw(seededRandom(5))
  const fateOf = (workflow: SimWorkflow) => drawFate(draw, workflow)
  const sim = new WexflowSim({ workflows: [...short, long], random: draw.random, faults, fateOf })
  const served = await serve(sim)
  const [user] = demoUsers
  if (user === undefined) throw new Error('No user')
  const account: Account = {
    id: 'server',
    name: 'Server',
    baseUrl: served.origin,
    user,
    watch: 'mine',
    favourites: [],
  }
  const computer = new Computer(draw, {
    accounts: [account],
    networkFingerprint: () => '',
    newTransport: () => {
      const transport = new UndiciTransport()
      const close = (): void => transport.close()
      return { call: transport.call, stream: transport.stream, close, crash: close }
    },
  })
  onTestFinished(async () => {
    computer.crash()
    await served.close()
  })

  const startSome = async (count: number): Promise<void> => {
    for (let started = 0; started < count; started += 1) {
      const key = computer.start(account.id, draw.pick(short))
      if (draw.chance(0.2))
        setTimeout(
          () =>
            void computer.app
              ?.tracker(account.id)
              ?.stopJob(key)
              .catch(() => {}),
          100,
        )
      await after(draw.between(0, 15))
    }
    // What the server confirmed nowhere before it died, or the app, can't be told before minutes have passed.
    await until(() =>
      jobsOf(computer).every(
        ({ phase, entryId }) => phase === 'ended' || (phase === 'running' && entryId !== null),
      ),
    )
  }

  await computer.launch()
  const killed = computer.start(account.id, long)
  await startSome(39)
  sim.restart('killed', 300)
  await until(() => sim.power === 'up')
  await served.listening()
  await startSome(30)
  computer.crash()
  await computer.launch()
  await startSome(30)
  await until(() => jobsOf(computer).every(({ phase }) => phase === 'ended'))
  // What a desktop in a bad mood has refused is told by the next launch: of a busy one nobody can say how long that takes.
  computer.setMood('well', true)
  await computer.quit()
  await computer.launch()
  await until(() => isAllTold(computer))

  const servers = [{ account, sim, strangersMet: [] }]
  const record = { ...computer.record, servers, disturbances: [], incidents: new Map(), virtualMs: 0 }
  const { starts } = judgeDay(record)
  // How long it takes on this machine is not for a test to say.
  const bad = starts.filter(({ faults: found }) => found.some((fault) => fault !== 'late'))
  expect(bad.map(({ faults: found, why }) => `${found.join(', ')}: ${why}`)).toEqual([])
  expect(starts).toHaveLength(100)
  expect(computer.job(killed)?.outcome).toBe('unknown')
  expect(
    new Set(starts.flatMap(({ tellings }) => tellings.map(({ outcome }) => outcome))).size,
  ).toBeGreaterThan(3)
}, 90_000)
