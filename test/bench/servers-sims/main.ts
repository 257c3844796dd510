/** The simulated servers of a run, in a process of their own: how many, its argument says; asked by messages. */
import { serve } from '../../wexflow-sim/http.ts'
import { routes } from '../../wexflow-sim/routes.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { simsSetupSchema } from '../servers-messages.ts'

const workflowsOfServer = 20

const { servers } = simsSetupSchema.parse(JSON.parse(process.argv[2] ?? ''))
const workflows = Array.from({ length: workflowsOfServer }, (_, index) =>
  simWorkflow({ id: index + 1, name: `Workflow ${index + 1}` }),
)
const sims = Array.from({ length: servers }, () => new WexflowSim({ workflows }))
const served = await Promise.all(sims.map((sim) => serve(sim)))

const requests = (): number =>
  sims.reduce((sum, sim) => routes.reduce((total, { path }) => total + sim.requests(path), sum), 0)
process.on('message', () => process.send?.({ requests: requests() }))
process.once('disconnect', () => process.exit())
process.send?.({ baseUrls: served.map(({ origin }) => origin) })
