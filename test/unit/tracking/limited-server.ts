import { expect, onTestFinished, vi } from 'vitest'
import { JobStore } from '../../../src/main/job-store/store.ts'
import { JobTracker } from '../../../src/main/tracking/tracker.ts'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { type Transport, UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { noLog } from '../../headless.ts'
import { serve } from '../../wexflow-sim/http.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { type Excess, limitConnections } from '../wexflow/limited-connections.ts'

export const brief = simWorkflow({ id: 7, name: 'Brief', durationMs: 3000 })

/** A server that allows ten connections, over a real network. */
export async function limitedServer(excess: Excess) {
  const sim = new WexflowSim({ workflows: [brief], random: seededRandom(3) })
  const served = await serve(sim)
  onTestFinished(() => served.close())
  const limited = await limitConnections(served.port, 10, excess)
  return { sim, limited, baseUrl: `http://127.0.0.1:${limited.port}` }
}

/** The app's tracker of one profile, and what it told. */
export async function trackerOver(transport: Transport, baseUrl: string) {
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
  return { tracker, outcomes, links }
}

export async function followed(excess: Excess) {
  const { sim, limited, baseUrl } = await limitedServer(excess)
  return { sim, limited, ...(await trackerOver(new UndiciTransport(), baseUrl)) }
}
