/** `npm run sim -- --port 8000`: a Wexflow server to play with. */
import { parseArgs } from 'node:util'
import { demoWorkflows } from './demo-workflows.ts'
import { serve } from './http.ts'
import { WexflowSim } from './sim.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' } } })
const sim = new WexflowSim({ workflows: demoWorkflows })
const served = await serve(sim, { port: Number(values.port) })

console.log(`Simulated Wexflow server: ${served.origin}\n\nUsers:`)
for (const user of sim.users) console.log(`  ${user.username} / ${user.password} (${user.profile})`)
console.log('\nWorkflows:')
for (const { id, name, description } of sim.workflows) console.log(`  ${id}  ${name}: ${description}`)
