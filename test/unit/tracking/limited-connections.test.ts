import { expect, it, onTestFinished, vi } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { JobTracker } from '../../../src/main/tracking/tracker.ts'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { noLog } from '../../headless.ts'
import { serve } from '../../wexflow-sim/http.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { type Excess, limitConnections } from '../wexflow/limited-connections.ts'

const brief = simWorkflow({ id: 7, name: 'Brief', durationMs: 3000 })

/** The app's tracker over a real network to a server that allows ten connections. */
async function followed(excess: Excess) {
  const sim = new WexflowSim({ workflows: [brief], random: seededRandom(3) })
  const served = await serve(sim)
  onTestFinished(() => served.close())
  const limited = await limitConnections(served.port, 10, excess)
  const baseUrl = `http://127.0.0.1:${limited.port}`
  const transport = new UndiciTransport()
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl,
    username: 'admin',
    password: () => Promise.resolve('wexflow2018'),
    token: null,
    onToken: () => undefined,
  })
  const store = await JobStore.open({
    file: new MemoryDisk().open(),
    keep: () => 1000,
    mayForget: () => true,
    onProblem: () => undefined,
  })
  const outcomes: string[] = []
  const links: string[] = []
  const tracker = new JobTracker({
    serverId: 'server',
    server: new WexflowClient(baseUrl, transport, signIn),
    store,
    networkFingerprint: () => 'lan',
    log: noLog,
    listener: {
      onLink: (link) => links.push(link),
      onWorkflows: () => undefined,
      onEnded: ({ state }) => {
        if (state.phase === 'ended') outcomes.push(state.outcome)
      },
      onCaughtUp: () => undefined,
      onRunMoved: () => undefined,
    },
  })
  tracker.start()
  onTestFinished(() => {
    tracker.stop()
    transport.close()
  })
  await vi.waitFor(() => expect(links).toContain('online'), { timeout: 5000 })
  return { sim, tracker, outcomes, links, limited }
}

const all = (count: number): string[] => Array.from({ length: count }, () => 'done')

it.each(['closed', 'reset', 'status503'] as const)(
  'where a server allows ten connections, and further ones are %s, 25 starts succeed at once, and more one after the other',
  { timeout: 60_000 },
  async (excess) => {
    const { sim, tracker, outcomes, links, limited } = await followed(excess)
    await Promise.all(Array.from({ length: 25 }, () => tracker.startWorkflow({ ...brief })))
    expect(sim.startsCarriedOut(brief.id)).toBe(25)
    await vi.waitFor(() => expect(outcomes).toEqual(all(25)), { timeout: 15_000, interval: 100 })
    for (let count = 0; count < 8; count += 1) await tracker.startWorkflow({ ...brief })
    expect(sim.startsCarriedOut(brief.id)).toBe(33)
    await vi.waitFor(() => expect(outcomes).toEqual(all(33)), { timeout: 15_000, interval: 100 })
    expect(limited.excess()).toBeGreaterThan(0)
    expect(links).not.toContain('offline')
  },
)
