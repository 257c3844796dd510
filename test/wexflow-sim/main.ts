/** `npm run sim -- --port 8000`: the simulated server alone, for people who want to try things. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { script, StepFailed } from '../../scripts/steps.ts'
import { demoSim } from './demo-sim.ts'
import { type ServedSim, serve } from './http.ts'
import type { WexflowSim } from './sim.ts'

const defaultPort = '8000'
const highestPort = 65_535
const usage = `npm run sim [-- --port ${defaultPort}]`

const portOf = (words: readonly string[]): number => {
  const { port } = optionsOf(words)
  if (/^\d{1,5}$/.test(port) && Number(port) <= highestPort) return Number(port)
  throw new StepFailed(`"${port}" is no port: it is a number from 0 (any that is free) to ${highestPort}.`)
}

const optionsOf = (words: readonly string[]): { readonly port: string } => {
  try {
    return parseArgs({ args: [...words], options: { port: { type: 'string', default: defaultPort } } }).values
  } catch (error) {
    // Of Node's message the first sentence says what is wrong, the others advise on details.
    const [problem] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new StepFailed(`${problem}. Usage: ${usage}`)
  }
}

const systemErrorSchema = z.object({ code: z.string() })

/** The two reasons that a person can do something about. */
const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there already',
  EACCES: 'this user may not listen there',
}

const listen = async (sim: WexflowSim, port: number): Promise<ServedSim> => {
  try {
    return await serve(sim, { port })
  } catch (error) {
    const problem = listenProblems[systemErrorSchema.safeParse(error).data?.code ?? '']
    if (problem === undefined) throw error
    throw new StepFailed(`Port ${port} can't be had: ${problem}. Choose another: npm run sim -- --port 0`)
  }
}

const describe = (sim: WexflowSim, origin: string): string => {
  const users = sim.users.map(({ username, password, profile }) => `  ${username} / ${password} (${profile})`)
  const width = Math.max(...sim.workflows.map(({ name }) => name.length))
  const workflows = sim.workflows.map(
    ({ id, name, description }) => `  ${String(id).padStart(2)}  ${name.padEnd(width)}  ${description}`,
  )
  return `A simulated Wexflow server runs at ${origin}

Users and passwords:
${users.join('\n')}

Workflows:
${workflows.join('\n')}

It keeps nothing. Press Ctrl+C to stop it.`
}

const askedToStop = (): Promise<unknown> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve)
  })

await script(async () => {
  const sim = demoSim()
  const server = await listen(sim, portOf(process.argv.slice(2)))
  const stopped = askedToStop()
  console.log(describe(sim, server.origin))
  await stopped
  await server.close()
  // Jobs that still run would hold the process until they end.
  sim.shutDown('killed')
  return 0
})
