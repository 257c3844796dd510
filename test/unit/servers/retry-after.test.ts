import { beforeEach, expect, test } from 'vitest'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { inMemoryTransport } from '../../wexflow-sim/in-memory.ts'
import { networkWire } from '../../../src/main/servers/access.ts'
import type { Transport } from '../../../src/main/wexflow/transport.ts'
import { Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'
import { quarterly } from './quarterly.ts'

const minute = 60_000

beforeEach(useFakeClock)

/** What somebody in front of the server answers who wants to be left alone for ten minutes. */
const busy: Awaited<ReturnType<Transport['call']>> = {
  status: 429,
  headers: new Headers({ 'retry-after': '600' }),
  body: null,
  text: async () => '',
}

/** An app behind somebody who answers so to each call whose path begins with this; with when they came. */
async function behind(sim: WexflowSim, path: string): Promise<{ main: MainProcess; askedAt: number[] }> {
  const askedAt: number[] = []
  const main = new MainProcess(new Machine(sim))
  const newTransport = (): Transport => {
    const transport = inMemoryTransport(sim)
    return {
      ...transport,
      call: async (url, options) => {
        if (!url.includes(`/api/v1/${path}`)) return transport.call(url, options)
        askedAt.push(Date.now())
        return busy
      },
    }
  }
  await main.build({ wire: { ...networkWire, newTransport } })
  await main.signIn()
  return { main, askedAt }
}

const pausesOf = (times: readonly number[]): number[] =>
  times.slice(1).map((at, index) => at - (times[index] ?? 0))

test('messages are looked for no sooner than who is in front of the server has asked for', async () => {
  const { main, askedAt } = await behind(new WexflowSim({ workflows: [second] }), 'has-notifications')
  await pass(60 * minute)
  expect(askedAt.length).toBeGreaterThan(2)
  expect(Math.min(...pausesOf(askedAt))).toBeGreaterThanOrEqual(10 * minute)
  expect(main.link).toBe('online')
})

test('whether a run came is asked no sooner than who is in front of the server has asked for', async () => {
  const sim = new WexflowSim({ workflows: [quarterly], random: seededRandom(11) })
  const { main, askedAt } = await behind(sim, 'jobs')
  await main.run({ kind: 'setWatch', serverId: main.serverId, watch: 'all' })
  await pass(10 * minute)
  sim.faults.set({ scheduleSkipped: 1 })
  askedAt.length = 0
  for (let at = 0; at < 60; at += 1) await pass(minute)
  expect(askedAt.length).toBeGreaterThan(2)
  expect(Math.min(...pausesOf(askedAt))).toBeGreaterThanOrEqual(10 * minute)
})
