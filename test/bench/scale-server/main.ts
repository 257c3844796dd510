/** The simulated server of a scale run, in a process of its own: told by its arguments, asked by messages. */
import { seededRandom } from '../../wexflow-sim/random.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { serve } from '../../wexflow-sim/http.ts'
import type { SimAnswer, SimRequest, StreamAnswer } from '../../wexflow-sim/requests.ts'
import { routes } from '../../wexflow-sim/routes.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import type { Truth } from '../../wexflow-sim/truth.ts'
import { type JobFate, simWorkflow } from '../../wexflow-sim/workflows.ts'
import { type ServerReport, type ServerSetup, serverSetupSchema } from '../scale-messages.ts'

/** As often as real servers and networks do worse; docs/bench.md lists them. */
const faults: Partial<FaultSettings> = {
  frameSaysRunning: 0.75,
  entryStuckRunning: 0.1,
  frameDropped: 0.03,
  frameDuplicated: 0.02,
  frameSplit: 0.05,
  streamReset: 0.002,
  startAnswerLost: 0.01,
  lateEntryMs: { upToMs: 200, chance: 0.1 },
  changeBeforeRecordMs: { upToMs: 20, chance: 0.2 },
}
/** The share of jobs that somebody stops, that end at once, and that end badly. */
const stopped = 0.15
const instant = 0.1
const failed = 0.15
/** A subscription comes so much later than its job's start was answered, as over the internet. */
const subscriptionTakesMs = 30

const setup: ServerSetup = serverSetupSchema.parse(JSON.parse(process.argv[2] ?? ''))
const random = seededRandom(setup.seed)
const beganAt = performance.now()
let accepted = 0

/** Ends are spread evenly, in an order of their own. */
function untilEnd(): number {
  const place = setup.hasFaults ? random() : (accepted + 0.5) / setup.jobs
  accepted += 1
  const endMs = setup.firstEndMs + place * (setup.lastEndMs - setup.firstEndMs)
  return Math.max(0, beganAt + endMs - performance.now())
}

function fate(): JobFate {
  const durationMs = untilEnd()
  if (!setup.hasFaults) return { durationMs, outcome: 'Done' }
  return {
    durationMs: random() < instant ? 0 : durationMs,
    outcome: random() < failed ? 'Failed' : 'Done',
  }
}

class ScaleSim extends WexflowSim {
  override handle(request: SimRequest): SimAnswer {
    const answer = super.handle(request)
    if (!setup.hasFaults) return answer
    if (answer.kind === 'jobStream') return late(answer)
    if (request.path === '/start' && answer.kind === 'answer' && random() < stopped)
      this.#stopLater(Number(request.query.get('w')), String(JSON.parse(answer.body)))
    return answer
  }

  #stopLater(workflowId: number, jobId: string): void {
    const atMs = setup.firstEndMs * random()
    setTimeout(() => this.stopElsewhere(workflowId, jobId), Math.max(200, beganAt + atMs - performance.now()))
  }
}

function late(answer: StreamAnswer): SimAnswer {
  return {
    kind: 'jobStream',
    open: (sink) => {
      let abandon: (() => void) | undefined
      const timer = setTimeout(() => {
        abandon = answer.open(sink)
      }, subscriptionTakesMs)
      return () => {
        clearTimeout(timer)
        abandon?.()
      }
    },
  }
}

const workflows = Array.from({ length: setup.workflows }, (_, index) =>
  simWorkflow({ id: index + 1, name: `Workflow ${index + 1}` }),
)
const sim = new ScaleSim({ workflows, random, fateOf: fate, ...(setup.hasFaults ? { faults } : {}) })
const served = await serve(sim)

const truthOf = ({ outcome, observable }: Truth): ServerReport['truths'][string] => ({
  outcome: outcome?.toLowerCase() ?? null,
  isRecorded: observable,
})
const report = (): ServerReport => ({
  requests: Object.fromEntries(routes.map(({ path }) => [path, sim.requests(path)])),
  truths: Object.fromEntries(sim.truths().map((truth) => [truth.jobId, truthOf(truth)])),
})
process.on('message', () => process.send?.(report()))
process.once('disconnect', () => process.exit())
process.send?.({ baseUrl: served.baseUrl, token: sim.tokens.issue('admin', null) })
