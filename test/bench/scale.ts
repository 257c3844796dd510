import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { Child } from './child.ts'
import { type Figure, tableText, within } from './figure.ts'
import {
  type ClientKind,
  clientKinds,
  type Ended,
  endedSchema,
  quietSchema,
  type Running,
  runningSchema,
  type ServerReport,
  type StreamsRun,
  streamsRunsSchema,
  serverReportSchema,
} from './scale-messages.ts'
import { median, percentile } from './statistics.ts'

const sizes = [1, 100, 1000, 5000]
const jobsWithFaults = 1000
const jobsPerWorkflow = 100
const seed = 1
/** All ends lie in these seconds, one after another. */
const endsTakeMs = 5000
/** While all jobs run the client is weighed. */
const weighingMs = 4500
/** With so many jobs it is then left alone for a minute. */
const quietJobs = 100
const quietMs = 60_000
/** Time for the starts, in milliseconds: for the connection, and for each job. The app asks more before a start. */
const startTime: Readonly<Record<ClientKind, (jobs: number) => number>> = {
  app: (jobs) => 2000 + jobs * 7,
  naive: (jobs) => 2000 + jobs * 2,
  polling: (jobs) => 2000 + jobs * 3,
}
/** That time is given so many times over at most, where the machine is busy. */
const mostTimes = 27
/** Nothing new was told for so long: it will not be. */
const patienceMs: Readonly<Record<ClientKind, number>> = { app: 45_000, naive: 5000, polling: 5000 }
/** The app tells after ten minutes of a job that left `jobs` without a word and a record. */
const appPatienceWithFaultsMs = 660_000
const lookEveryMs = 500

const addressSchema = z.object({ baseUrl: z.string(), token: z.string() })

/** One client with so many jobs. */
interface ScaleRun extends Verdict {
  readonly kind: ClientKind
  readonly jobs: number
  readonly hasFaults: boolean
  readonly running: Running
  readonly ended: Omit<Ended, 'told'>
  /** Requests while jobs started, while they ended, and in all. */
  readonly requestsToStart: number
  readonly requestsToEnd: number
  /** What a minute took in which the jobs only ran; null where that was not measured. */
  readonly quiet: { readonly cpuMs: number; readonly requests: number } | null
  readonly requests: Readonly<Record<string, number>>
}

const totalOf = ({ requests }: ServerReport): number =>
  Object.entries(requests).reduce((sum, [route, count]) => (route === 'status-count' ? sum : sum + count), 0)

/** What was told of a job beside how it ended; null where nothing was. */
interface Mistake {
  readonly jobId: string
  readonly told: string | null
  readonly truth: string | null
}

type Truth = ServerReport['truths'][string]

/** Of an end without a record it is right to say that nobody knows. */
const isRight = (told: string | null, { outcome, isRecorded }: Truth): boolean =>
  told === outcome || (told === 'unknown' && !isRecorded)

interface Verdict {
  /** Jobs that the server ran. */
  readonly ran: number
  readonly lost: number
  readonly wrong: number
  readonly mistakes: readonly Mistake[]
}

/** What was told against the truth. Without faults every end is a Done, also those that a summary told. */
function verdict(truths: ServerReport['truths'], { told, endsTold }: Ended, hasFaults: boolean): Verdict {
  const all = Object.entries(truths)
  if (!hasFaults) return { ran: all.length, lost: all.length - endsTold, wrong: 0, mistakes: [] }
  const mistakes = all
    .filter(([jobId, truth]) => !isRight(told[jobId] ?? null, truth))
    .map(([jobId, { outcome }]): Mistake => ({ jobId, told: told[jobId] ?? null, truth: outcome }))
  const lost = mistakes.filter((one) => one.told === null).length
  return { ran: all.length, lost, wrong: mistakes.length - lost, mistakes }
}

/** Waits until every end was told, or nothing comes any more. */
async function untilTold(client: Child, server: Child, patience: number): Promise<ServerReport> {
  let last = { ends: -1, at: performance.now() }
  for (;;) {
    await pause(lookEveryMs)
    const { endsTold } = await client.ask(endedSchema, 'report')
    const report = await server.ask(serverReportSchema, 'report')
    const all = Object.values(report.truths)
    const haveEnded = all.every(({ outcome }) => outcome !== null)
    if (endsTold !== last.ends || !haveEnded) last = { ends: endsTold, at: performance.now() }
    if (haveEnded && endsTold >= all.length) return report
    if (performance.now() - last.at > patience) return report
  }
}

/** The starts took longer than the server was told: some jobs ended before all of them ran. */
class TooSlow extends Error {}

async function attempt(
  kind: ClientKind,
  jobs: number,
  hasFaults: boolean,
  startsTakeMs: number,
): Promise<ScaleRun> {
  const workflows = Math.ceil(jobs / jobsPerWorkflow)
  const isQuiet = jobs === quietJobs && !hasFaults
  const leaveAloneMs = isQuiet ? quietMs : 0
  const firstEndMs = startsTakeMs + weighingMs + leaveAloneMs
  const lastEndMs = firstEndMs + endsTakeMs
  const server = new Child('scale-server', { workflows, hasFaults, seed, firstEndMs, lastEndMs, jobs })
  try {
    const { baseUrl, token } = await server.next(addressSchema)
    const client = new Child('scale-client', { kind, baseUrl, token, workflows, jobs, quietMs: leaveAloneMs })
    try {
      const running = await client.next(runningSchema)
      const allRun = await server.ask(serverReportSchema, 'report')
      if (!hasFaults && Object.values(allRun.truths).some(({ outcome }) => outcome !== null))
        throw new TooSlow(`${kind}: jobs ended before all ${jobs} were started`)
      const quiet = isQuiet ? await client.next(quietSchema) : null
      const allQuiet = isQuiet ? await server.ask(serverReportSchema, 'report') : allRun
      const patience = hasFaults && kind === 'app' ? appPatienceWithFaultsMs : patienceMs[kind]
      const allTold = await untilTold(client, server, patience)
      const ended = await client.ask(endedSchema, 'end')
      await client.ended()
      const { told: _told, ...measured } = ended
      return {
        kind,
        jobs,
        hasFaults,
        running,
        ended: measured,
        requestsToStart: totalOf(allRun),
        requestsToEnd: totalOf(allTold) - totalOf(allQuiet),
        quiet: quiet && { cpuMs: quiet.cpuMs, requests: totalOf(allQuiet) - totalOf(allRun) },
        requests: allTold.requests,
        ...verdict(allTold.truths, ended, hasFaults),
      }
    } finally {
      await client.kill()
    }
  } finally {
    await server.kill()
  }
}

/** On a busy machine starts take longer: then it is tried again with more time for them. */
async function measure(kind: ClientKind, jobs: number, hasFaults: boolean, times = 1): Promise<ScaleRun> {
  try {
    return await attempt(kind, jobs, hasFaults, times * startTime[kind](jobs))
  } catch (error) {
    if (error instanceof TooSlow && times < mostTimes) return measure(kind, jobs, hasFaults, 3 * times)
    throw error
  }
}

/** What one job stream more takes, and whether REST calls notice. */
async function measureStreams(): Promise<StreamsRun[]> {
  const workflows = 10
  const endMs = 24 * 3_600_000
  const setup = { workflows, hasFaults: false, seed, firstEndMs: endMs, lastEndMs: endMs, jobs: 1 }
  const server = new Child('scale-server', setup)
  try {
    const { baseUrl, token } = await server.next(addressSchema)
    const client = new Child('stream-client', { baseUrl, token, workflows })
    try {
      return await client.next(streamsRunsSchema)
    } finally {
      await client.kill()
    }
  } finally {
    await server.kill()
  }
}

/** Everything that was measured, for the file. */
export interface Scale {
  readonly runs: readonly ScaleRun[]
  readonly streams: readonly StreamsRun[]
}

/** Every client with every number of jobs, then every client with the same faults; and the number of streams. */
export async function measureScale(say: (line: string) => void): Promise<Scale> {
  const runs: ScaleRun[] = []
  const run = async (kind: ClientKind, jobs: number, hasFaults: boolean): Promise<void> => {
    say(`  ${kind}, ${jobs} jobs${hasFaults ? ', with faults' : ''}`)
    runs.push(await measure(kind, jobs, hasFaults))
  }
  for (const jobs of sizes) for (const kind of clientKinds) await run(kind, jobs, false)
  for (const kind of clientKinds) await run(kind, jobsWithFaults, true)
  say('  job streams')
  return { runs, streams: await measureStreams() }
}

const find = (runs: readonly ScaleRun[], kind: ClientKind, jobs: number): ScaleRun | undefined =>
  runs.find((run) => run.kind === kind && run.jobs === jobs && !run.hasFaults)

/** The lines of the table that have a budget. */
export function scaleFigures({ runs }: Scale): Figure[] {
  const one = find(runs, 'app', 1)
  const many = find(runs, 'app', 1000)
  if (one === undefined || many === undefined) return []
  return [
    within(
      {
        what: 'REST p99 with 1,000 running jobs, beside 1',
        unit: 'ms',
        app: percentile(many.running.restMs, 0.99),
        baseline: percentile(one.running.restMs, 0.99),
      },
      { times: 1.2, orMore: 1 },
    ),
  ]
}

const round = (value: number, digits = 1): string => value.toFixed(digits)

/** What each client takes by the number of jobs, and what each loses under the same faults. */
export function scaleTables({ runs, streams }: Scale): string[] {
  const cost = [
    [
      'jobs',
      'client',
      'told',
      'toasts',
      'sockets',
      'REST p99 running',
      'REST p99 ending',
      'requests/start',
      'requests/end',
      'heap/job',
    ],
    ...runs
      .filter((run) => !run.hasFaults)
      .map(({ kind, jobs, ran, lost, running, ended, requestsToStart, requestsToEnd }) => [
        String(jobs),
        kind,
        `${ran - lost}/${ran}`,
        String(ended.toasts),
        String(ended.mostSockets),
        `${round(percentile(running.restMs, 0.99))} ms`,
        `${round(percentile(ended.restMs, 0.99))} ms`,
        round(requestsToStart / jobs),
        round(requestsToEnd / jobs),
        `${round(running.heapPerJob / 1024)} kB`,
      ]),
  ]
  const quiet = [
    [`client, a quiet minute with ${quietJobs} jobs`, 'CPU', 'requests'],
    ...runs.flatMap((run) =>
      run.quiet === null ? [] : [[run.kind, `${Math.round(run.quiet.cpuMs)} ms`, String(run.quiet.requests)]],
    ),
  ]
  const truth = [
    ['client, with faults', 'jobs', 'lost', 'wrong', 'corrected'],
    ...runs
      .filter((run) => run.hasFaults)
      .map(({ kind, ran, lost, wrong, ended }) => [
        kind,
        String(ran),
        String(lost),
        String(wrong),
        String(ended.corrections),
      ]),
  ]
  const byCount = [
    ['job streams open', 'REST p50', 'REST p99', 'heap/stream'],
    ...[...new Set(streams.map((one) => one.streams))].map((count) => {
      const same = streams.filter((one) => one.streams === count)
      const restMs = same.flatMap((one) => one.restMs)
      return [
        String(count),
        `${round(median(restMs))} ms`,
        `${round(percentile(restMs, 0.99))} ms`,
        `${round(median(same.map(({ heapPerStream }) => heapPerStream)) / 1024)} kB`,
      ]
    }),
  ]
  return [tableText(cost), tableText(quiet), tableText(truth), tableText(byCount)]
}
