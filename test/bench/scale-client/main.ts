/** One client of a scale run, in a process of its own: starts the jobs, is told their ends, reports what it took. */
import { setTimeout as pause } from 'node:timers/promises'
import { timeCalls, weigh } from '../measuring.ts'
import {
  type ClientKind,
  clientSetupSchema,
  type Ended,
  type Quiet,
  type Running,
} from '../scale-messages.ts'
import { followAsApp } from './app-follower.ts'
import type { Follower, FollowerOptions } from './follower.ts'
import { followNaively } from './naive-follower.ts'
import { followByPolling } from './polling-follower.ts'
import { Rest } from './rest.ts'

/** Starts under way at once. */
const startsAtOnce = 16
const restCalls = 300
const sampleEveryMs = 100
const betweenCallsMs = 10
/** After the last start, until everything that follows it is done. */
const settleMs = 2500

const setup = clientSetupSchema.parse(JSON.parse(process.argv[2] ?? ''))
const told = new Map<string, string>()
let [toasts, endsTold, corrections, mostSockets] = [0, 0, 0, 0]

const followers: Readonly<Record<ClientKind, (options: FollowerOptions) => Follower | Promise<Follower>>> = {
  app: followAsApp,
  naive: followNaively,
  polling: followByPolling,
}

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length

const report = (message: Running | Quiet | Ended): void => void process.send?.(message)

const follower = await followers[setup.kind]({
  ...setup,
  onToast: (ends) => {
    toasts += 1
    endsTold += ends
  },
  onTold: (jobId, outcome) => {
    const before = told.get(jobId)
    if (before !== undefined && before !== outcome) corrections += 1
    told.set(jobId, outcome)
  },
})
const rest = new Rest(setup)
/** A call whose cost on the server does not depend on its jobs. */
const call = async (): Promise<unknown> => rest.ask('GET', 'status-count')
await timeCalls(call, restCalls)
const before = weigh()
const countSockets = (): NodeJS.Timeout =>
  setInterval(() => {
    mostSockets = Math.max(mostSockets, sockets())
  }, sampleEveryMs)
let sampling = countSockets()

const began = performance.now()
const starts = Array.from({ length: setup.jobs }, (_, index) => (index % setup.workflows) + 1).values()
await Promise.all(
  Array.from({ length: startsAtOnce }, async () => {
    for (const workflowId of starts) await follower.start(workflowId)
  }),
)
const startedInMs = performance.now() - began
await pause(settleMs)
const after = weigh()
report({
  phase: 'running',
  startedInMs,
  heapPerJob: (after.heap - before.heap) / setup.jobs,
  residentPerJob: (after.resident - before.resident) / setup.jobs,
  sockets: sockets(),
  restMs: await timeCalls(call, restCalls),
})

if (setup.quietMs > 0) {
  // To look at the sockets takes longer than to be a client.
  clearInterval(sampling)
  const used = process.cpuUsage()
  await pause(setup.quietMs)
  const { user, system } = process.cpuUsage(used)
  report({ phase: 'quiet', cpuMs: (user + system) / 1000 })
  sampling = countSockets()
}

const timings: number[] = []
const ended = (): Ended => ({
  phase: 'ended',
  toasts,
  endsTold,
  mostSockets,
  restMs: timings,
  told: Object.fromEntries(told),
  corrections,
})

async function leave(): Promise<void> {
  await rest.close()
  await follower.close()
  process.exit()
}
process.on('message', (message) => {
  // What is told of thousands of jobs is longer than a pipe holds: the end of the process would cut it off.
  if (message === 'end') process.send?.(ended(), () => void leave())
  else report(ended())
})
// While jobs end, until this process does.
for (;;) {
  timings.push(...(await timeCalls(call, 1)))
  await pause(betweenCallsMs)
}
