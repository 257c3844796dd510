/**
 * The two servers of a latency run, one for each client so that none wakes the other, in a process of their own so
 * that their work does not hold up the notifications on their way.
 */
import { z } from 'zod'
import { serve } from '../../wexflow-sim/http.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import type { Frames } from '../latency-messages.ts'
import { Poller } from './poller.ts'
import { TimedSim } from './timed-sim.ts'

/** A job begins so long after its start was accepted (starts.ts of the simulated server). */
const beginsAfterMs = 15

const { names, company, slotMs, runsMs } = z
  .object({ names: z.number(), company: z.string(), slotMs: z.number(), runsMs: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''))

/** Its jobs outlast the run. */
const companyId = names + 1
const companyRunsMs = 24 * 3_600_000

/** A server whose jobs end one slot after the other, whatever the starts do, but for those that only run beside them. */
function slottedServer(name: string): TimedSim {
  let lastEnd = 0
  return new TimedSim({
    workflows: [
      ...Array.from({ length: names }, (_, index) =>
        simWorkflow({ id: index + 1, name: `${name} ${index + 1}` }),
      ),
      simWorkflow({ id: companyId, name: company }),
    ],
    fateOf: ({ id }) => {
      if (id === companyId) return { durationMs: companyRunsMs, outcome: 'Done' }
      const begins = performance.now() + beginsAfterMs
      lastEnd = Math.max(lastEnd + slotMs, begins + runsMs)
      return { durationMs: Math.round(lastEnd - begins), outcome: 'Done' }
    },
  })
}

const app = slottedServer('Import')
const baseline = slottedServer('Baseline')
const [appServer, baselineServer] = [await serve(app), await serve(baseline)]
const token = baseline.tokens.issue('admin', null)
const poller = new Poller(baselineServer.baseUrl, token)
let started = 0

function startOn(id: number): { jobId: string; stream: string } {
  const jobId = baseline.startElsewhere(id)
  return { jobId, stream: `${baselineServer.baseUrl}/sse/${id}/${jobId}` }
}

function startBaseline(): { stream: string } {
  const id = (started % names) + 1
  started += 1
  const { jobId, stream } = startOn(id)
  poller.follow(id, jobId)
  return { stream }
}

const report = (): Frames => ({
  app: app.frames,
  baseline: baseline.frames,
  polled: baseline.frames.map(({ jobId }) => poller.toldAt.get(jobId) ?? null),
})

const answers: Readonly<Record<string, () => unknown>> = {
  start: startBaseline,
  startCompany: () => startOn(companyId),
  report,
}
process.on('message', (question) => process.send?.(answers[String(question)]?.()))
process.once('disconnect', () => process.exit())
process.send?.({ origin: appServer.origin, token })
