import { Child } from './child.ts'
import { beside, type Figure, within } from './figure.ts'
import {
  leftAloneSchema,
  requestsSchema,
  simsSchema,
  type Weighed,
  weighedSchema,
} from './servers-messages.ts'
import { median } from './statistics.ts'

const many = 20
/** Launches in which it is weighed, in turns; in the last of each it is then left alone. */
const rounds = 3
const quietMs = 60_000
/** What one server more may take, in MB. */
const mostOfServerMb = 1.5
const bytesOfMb = 1024 * 1024

/** What a minute took in which nothing happened. */
interface Quiet {
  readonly cpuMs: number
  readonly requests: number
}

interface Launch {
  readonly servers: number
  readonly weighed: Weighed
  /** Null where that was not measured. */
  readonly quiet: Quiet | null
}

/** Everything that was measured, for the file. */
export interface ServersRun {
  readonly launches: readonly Launch[]
}

async function launch(servers: number, isLast: boolean): Promise<Launch> {
  const sims = new Child('servers-sims', { servers })
  try {
    const { baseUrls } = await sims.next(simsSchema)
    const app = new Child('servers-app', { baseUrls, quietMs: isLast ? quietMs : 0 })
    try {
      const weighed = await app.next(weighedSchema)
      if (!isLast) return { servers, weighed, quiet: null }
      const before = await sims.ask(requestsSchema, 'requests')
      const { cpuMs } = await app.next(leftAloneSchema)
      const after = await sims.ask(requestsSchema, 'requests')
      return { servers, weighed, quiet: { cpuMs, requests: after.requests - before.requests } }
    } finally {
      await app.kill()
    }
  } finally {
    await sims.kill()
  }
}

/** The app with one server and with many, in turns. */
export async function measureServers(say: (line: string) => void): Promise<ServersRun> {
  const launches: Launch[] = []
  for (let round = 1; round <= rounds; round += 1)
    for (const servers of [1, many]) {
      say(`  ${servers} servers, ${round} of ${rounds}`)
      launches.push(await launch(servers, round === rounds))
    }
  return { launches }
}

/** The lines of the table: many servers beside one. */
export function serversFigures({ launches }: ServersRun): Figure[] {
  const of = (servers: number): Launch[] => launches.filter((one) => one.servers === servers)
  const weight = (servers: number, what: 'heap' | 'resident' | 'sockets'): number =>
    median(of(servers).map(({ weighed }) => weighed[what]))
  const megabytes = (servers: number, what: 'heap' | 'resident'): number => weight(servers, what) / bytesOfMb
  const quiet = (servers: number, what: keyof Quiet): number =>
    of(servers).find((one) => one.quiet !== null)?.quiet?.[what] ?? Number.NaN
  const [app, baseline] = [many, 1]
  return [
    within(
      {
        what: `memory (RSS), ${many} servers beside 1`,
        unit: 'MB',
        app: megabytes(app, 'resident'),
        baseline: megabytes(baseline, 'resident'),
      },
      { times: 1, orMore: mostOfServerMb * (many - 1) },
    ),
    beside({
      what: `live objects, ${many} servers beside 1`,
      unit: 'MB',
      app: megabytes(app, 'heap'),
      baseline: megabytes(baseline, 'heap'),
    }),
    beside({
      what: `connections, ${many} servers beside 1`,
      unit: '',
      app: weight(app, 'sockets'),
      baseline: weight(baseline, 'sockets'),
    }),
    within(
      {
        what: `requests in an idle minute, ${many} servers beside 1`,
        unit: '',
        app: quiet(app, 'requests'),
        baseline: quiet(baseline, 'requests'),
      },
      { times: many },
    ),
    within(
      {
        what: `CPU in an idle minute, ${many} servers beside 1`,
        unit: 'ms',
        app: quiet(app, 'cpuMs'),
        baseline: quiet(baseline, 'cpuMs'),
      },
      { times: many },
    ),
  ]
}
