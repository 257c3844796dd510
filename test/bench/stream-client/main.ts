/** The app's client with more and more job streams open, in a process of its own: what each takes, and REST beside it. */
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { timeCalls, weigh } from '../measuring.ts'
import type { StreamsRun } from '../scale-messages.ts'

const counts = [0, 50, 100, 200, 400]
const rounds = 2
const restCalls = 400
const settleMs = 1000

const { baseUrl, token, workflows } = z
  .object({ baseUrl: z.string(), token: z.string(), workflows: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''))
const host = baseUrl.replace(/\/api\/v1$/, '')

function newClient(): { client: WexflowClient; close: () => void } {
  const transport = new UndiciTransport()
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl: host,
    username: 'admin',
    password: () => Promise.resolve(null),
    token,
    onToken: () => {},
  })
  return { client: new WexflowClient(host, transport, signIn), close: () => transport.close() }
}

/** Jobs that run until this is over. */
async function startJobs(count: number): Promise<{ workflowId: number; jobId: string }[]> {
  const { client, close } = newClient()
  const jobs: { workflowId: number; jobId: string }[] = []
  for (let start = 0; start < count; start += 1) {
    const workflowId = (start % workflows) + 1
    const answer = await client.start(workflowId)
    if (answer.kind === 'started') jobs.push({ workflowId, jobId: answer.jobId })
  }
  close()
  return jobs
}

const jobs = await startJobs(Math.max(...counts))

async function measure(streams: number): Promise<StreamsRun> {
  const { client, close } = newClient()
  const call = async (): Promise<unknown> => client.entryLog('none')
  await timeCalls(call, restCalls / 4)
  const before = weigh()
  const failures: unknown[] = []
  for (const { workflowId, jobId } of jobs.slice(0, streams))
    client.openJobStream(workflowId, jobId, { onFrame: () => {}, onClosed: (error) => failures.push(error) })
  await pause(settleMs)
  const after = weigh()
  const restMs = await timeCalls(call, restCalls)
  if (failures.length > 0) throw new Error(`${failures.length} of ${streams} streams broke`)
  close()
  await pause(settleMs / 2)
  return { streams, restMs, heapPerStream: streams === 0 ? 0 : (after.heap - before.heap) / streams }
}

const runs: StreamsRun[] = []
// The first of all runs warms up.
await measure(0)
for (let round = 0; round < rounds; round += 1)
  for (const streams of counts) runs.push(await measure(streams))
process.send?.(runs, () => process.exit())
