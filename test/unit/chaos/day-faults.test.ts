import { describe, expect, it } from 'vitest'
import type { DayRecord } from '../../chaos/day.ts'
import { accountOf } from '../../chaos/day-server.ts'
import type { Disturbance } from '../../chaos/diary.ts'
import { hammering } from '../../chaos/hammering.ts'
import { BadOptions, readOptions } from '../../chaos/options.ts'
import { outageFaults } from '../../chaos/outage-notices.ts'
import type { ShownToast } from '../../chaos/recording-toaster.ts'
import { serverDays } from '../../chaos/server-day.ts'
import { toastFaults } from '../../chaos/toasts.ts'
import { watchedFaults } from '../../chaos/watched.ts'
import { knownJob } from '../../known-job.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runningJob, startAt } from '../job.ts'
import { dayWith, toldOf } from './day-record.ts'

const minute = 60_000
const what = { away: 'The Wexflow server does not answer', back: 'The Wexflow server answers again' } as const

/** An outage of the second of two servers, from the first to the tenth minute. */
const outage: Disturbance = { kind: 'portal', server: 1, from: minute, to: 10 * minute }

/** What was told, and how long the desktop took to answer. */
type Notice = readonly [
  keyof typeof what,
  minutes: number,
  status?: ShownToast['status'],
  tookMinutes?: number,
]

/** An hour of two servers on which this was wrong, and this was told of the second one. */
const dayOf = (
  disturbances: readonly Disturbance[],
  notices: readonly Notice[],
  strangersMet: readonly number[] = [],
): DayRecord =>
  dayWith({
    servers: [0, 1].map((place) => ({
      account: accountOf(place, { username: 'admin', database: 'sqlite' }),
      sim: new WexflowSim({ workflows: [] }),
      strangersMet: place === 1 ? strangersMet : [],
    })),
    disturbances,
    toasts: notices.map(([about, minutes, status = 'shown', tookMinutes = 0]) => ({
      id: 'server:server1',
      title: what[about],
      body: accountOf(1, { username: 'admin', database: 'sqlite' }).name,
      at: minutes * minute,
      answeredAt: (minutes + tookMinutes) * minute,
      status,
    })),
    launchesEnded: [{ at: 60 * minute, how: 'quit' }],
  })

describe('the judge of outages', () => {
  it.each<[string, readonly Disturbance[], readonly Notice[]]>([
    [
      'one notice that a server is away, and one that it is back',
      [outage],
      [
        ['away', 2.5],
        ['back', 11],
      ],
    ],
    ['an outage that was too short to be told', [{ ...outage, to: 1.5 * minute }], []],
    [
      'a notice that the desktop refused, and took later',
      [outage],
      [
        ['away', 2.5, 'refused'],
        ['away', 4],
        ['back', 11],
      ],
    ],
    [
      'the end of an outage whose notice the desktop refused only later',
      [outage],
      [
        ['away', 2.5, 'refused', 9],
        ['back', 11],
      ],
    ],
    [
      'a server that answers in the moment in which it is back',
      [outage],
      [
        ['away', 2.5],
        ['back', 10],
      ],
    ],
    [
      'an outage that nobody is told of who has not seen that the one before was over',
      [outage, { ...outage, from: 14 * minute, to: 20 * minute }],
      [
        ['away', 2.5],
        ['back', 11, 'refused'],
        ['back', 21],
      ],
    ],
    ['nothing more where the desktop took none while it lasted', [outage], [['away', 2.5, 'refused']]],
  ])('finds nothing wrong with %s', (_, disturbances, notices) => {
    expect(outageFaults(dayOf(disturbances, notices))).toEqual([])
  })

  it.each<[string, readonly Disturbance[], readonly Notice[]]>([
    ['a server was away, and that was not told', [outage], []],
    [
      'a server told twice to be away',
      [outage],
      [
        ['away', 2.5],
        ['away', 4],
        ['back', 11],
      ],
    ],
    [
      'a server told to be away, and was not',
      [],
      [
        ['away', 2.5],
        ['back', 11],
      ],
    ],
    [
      'a server told to be back, and was not',
      [outage],
      [
        ['away', 2.5],
        ['back', 6],
      ],
    ],
    ['a server is back, and that was not told', [outage], [['away', 2.5]]],
    [
      'a server was away, and that was not told',
      [outage, { ...outage, from: 14 * minute, to: 20 * minute }],
      [
        ['away', 2.5],
        ['back', 11],
      ],
    ],
  ])('says that %s', (fault, disturbances, notices) => {
    expect(outageFaults(dayOf(disturbances, notices)).map((one) => one.what)).toEqual([fault])
  })
})

/** Requests so far apart, for as long as that outage lasts. */
const every = (ms: number): number[] =>
  Array.from({ length: Math.floor((9 * minute) / ms) }, (_, place) => minute + place * ms)

describe('the judge of what somebody in a server’s place is asked', () => {
  it('bears some requests to notice it, and some each minute', () => {
    expect(hammering(dayOf([outage], [], every(6000)))).toEqual([])
  })

  it('says that it was asked too much', () => {
    expect(hammering(dayOf([outage], [], every(1000)))).toMatchObject([{ kind: 'hammered' }])
  })
})

describe('the command line', () => {
  it('leaves out the kinds of faults that it names, and all servers but some', () => {
    const { limits } = readOptions(['--without', 'portal,desktopRefuses', '--servers', '1'])
    expect(limits).toEqual({ mostServers: 1, without: new Set(['portal', 'desktopRefuses']) })
  })

  it('refuses a kind that there is not', () => {
    expect(() => readOptions(['--without', 'rain'])).toThrow(BadOptions)
  })
})

/** A notification of the end of one job, and what the app writes down once the desktop has answered; times in seconds. */
const endToast = (key: string, at: number, answeredAt: number): ShownToast => ({
  id: key,
  title: 'Done: Import',
  body: '',
  at: at * 1000,
  answeredAt: answeredAt * 1000,
  status: 'shown',
})
const settledAt = (
  key: string,
  at: number,
  { jobId = null, since = at }: { readonly jobId?: string | null; readonly since?: number } = {},
): DayRecord['settled'][number] => ({ ...toldOf({ key, jobId }, 'done', at * 1000), since: since * 1000 })

/** The run was done: that it was told otherwise is a fault. */
const unlessDone = (_: unknown, told: string): string | null => (told === 'done' ? null : 'really done')

/** What is wrong where the same run was watched, and is a start's or was found again, and this was told of it. */
function faultsOfShared(told: Pick<DayRecord, 'toasts' | 'settled'>, other = 'start'): string[] {
  const sim = new WexflowSim({ workflows: [simWorkflow({ id: 1, name: 'Import' })] })
  const account = accountOf(0, { username: 'admin', database: 'sqlite', watch: 'all' })
  const run = { jobId: sim.startElsewhere(1) }
  const part = { serverId: account.id, end: endWith('done') }
  const answer = { kind: 'elsewhere', at: 0, launchType: 'trigger' } as const
  const watched = runningJob(run, { ...part, key: 'watched', start: startAt(0, { answer }) })
  const again = runningJob(run, { ...part, key: 'again', start: startAt(50_000, { answer }) })
  const start = runningJob(run, { ...part, key: 'start' })
  const jobs = [watched, other === 'start' ? start : again].map(knownJob)
  const [record] = serverDays({
    ...dayOf([], []),
    ...told,
    servers: [{ account, sim, strangersMet: [] }],
    jobs: new Map(jobs.map((job) => [job.key, job])),
  })
  if (record === undefined) throw new Error('a day without a server')
  return watchedFaults({ record, account, faultOf: unlessDone }).map(({ what: fault }) => fault)
}

describe('the judge of runs that others began', () => {
  it('lets pass what was told of the run and then counts for its start, however late the desktop answered', () => {
    const settled = [settledAt('watched', 40), settledAt('start', 40)]
    expect(faultsOfShared({ toasts: [endToast('watched', 10, 40)], settled })).toEqual([])
  })

  it('lets it pass also where the run was the start’s before the desktop answered', () => {
    const settled = [settledAt('start', 40)]
    expect(faultsOfShared({ toasts: [endToast('watched', 10, 40)], settled })).toEqual([])
  })

  it('lets pass what was told of the run and is put right once it is a start’s, and finds what is not', () => {
    const wrong = { ...endToast('watched', 10, 10), title: 'Stopped: Import' }
    const right = endToast('start', 60, 60)
    expect(faultsOfShared({ toasts: [wrong, right], settled: [] })).toEqual([])
    expect(faultsOfShared({ toasts: [wrong], settled: [] })).toEqual(['really done'])
  })

  it('finds what was told once more of the start itself', () => {
    const toasts = [endToast('watched', 10, 40), endToast('start', 60, 60)]
    const settled = [settledAt('watched', 40), settledAt('start', 60)]
    expect(faultsOfShared({ toasts, settled })).toEqual(['a run was told as another’s and as one’s own'])
  })

  it('lets pass what was told of a run that a start has given back, and finds what was told of it once more', () => {
    const before = { toasts: [endToast('watched', 10, 40)], settled: [settledAt('watched', 40)] }
    const moved = { ...before, settled: [...before.settled, settledAt('again', 40)] }
    expect(faultsOfShared(moved, 'again')).toEqual([])
    const toasts = [...before.toasts, endToast('again', 60, 60)]
    const settled = [...before.settled, settledAt('again', 60)]
    expect(faultsOfShared({ toasts, settled }, 'again')).toEqual([
      'a run of others was told again when it was found again',
    ])
  })
})

describe('the judge of summaries', () => {
  const answer = { kind: 'elsewhere', at: 0, launchType: 'trigger' } as const
  /** Runs by the keys of jobs. */
  type Runs = Readonly<Record<string, string>>
  /**
   * What is wrong with a summary of this title, of jobs that were known to have these runs as it counted as told of them. It
   * did so later of those that were moved; and they may have other runs later.
   */
  const faultsOf = (
    title: string,
    runs: Runs,
    { moved = [], later = {} }: { readonly moved?: readonly string[]; readonly later?: Runs } = {},
  ): string[] => {
    const jobs = Object.entries({ ...runs, ...later }).map(([key, jobId]) => {
      const start = key === 'watched' ? startAt(0, { answer }) : startAt(0)
      return knownJob(runningJob({ jobId }, { key, start, end: endWith('done') }))
    })
    return toastFaults({
      ...dayOf([], []),
      toasts: [{ ...endToast('summary:a', 10, 40), title }],
      settled: Object.entries(runs).map(([key, jobId]) =>
        settledAt(key, 40, { jobId, since: moved.includes(key) ? 50 : 40 }),
      ),
      jobs: new Map(jobs.map((job) => [job.key, job])),
    }).map(({ what: fault }) => fault)
  }

  it('counts a watched run and the start that it is from then on once, and two starts twice', () => {
    expect(faultsOf('2 jobs ended: 2 done', { watched: 'x', start: 'x', other: 'y' })).toEqual([])
    expect(faultsOf('3 jobs ended: 3 done', { watched: 'x', start: 'x', other: 'y' })).toEqual([
      'an untrue summary',
    ])
    expect(faultsOf('2 jobs ended: 2 done', { forgotten: 'x', start: 'x' })).toEqual([])
  })

  it('counts a watched run and a start that had another one then, whichever this got since', () => {
    const had = { watched: 'x', start: 'y' }
    expect(faultsOf('2 jobs ended: 2 done', had, { later: { start: 'x' } })).toEqual([])
    expect(faultsOf('1 job ended: 1 done', had, { later: { start: 'x' } })).toEqual(['an untrue summary'])
  })

  it('counts no start that got a run which had been told of, whichever it got since', () => {
    const runs = { watched: 'entry 1', other: 'y', start: 'row 1' }
    const moved = { moved: ['start'], later: { start: 'z' } }
    expect(faultsOf('2 jobs ended: 2 done', runs, moved)).toEqual([])
    expect(faultsOf('3 jobs ended: 3 done', runs, moved)).toEqual(['an untrue summary'])
    expect(faultsOf('2 jobs ended: 2 done', runs)).toEqual(['an untrue summary'])
  })

  it('counts a run that a start had given back before the end of the day, as the watched one that it is', () => {
    const runs = { other: 'y', watched: 'x' }
    expect(faultsOf('2 jobs ended: 2 done', runs, { moved: ['watched'] })).toEqual([])
    expect(faultsOf('1 job ended: 1 done', runs, { moved: ['watched'] })).toEqual(['an untrue summary'])
  })

  it('counts a job that was corrected, and told anew, before the desktop answered', () => {
    const evidence = [{ at: 20, kind: 'corrected', detail: 'unknown' }] as const
    const corrected = knownJob(
      runningJob({ jobId: 'x' }, { key: 'x', evidence: [...evidence], end: endWith('done') }),
    )
    const other = knownJob(runningJob({ jobId: 'y' }, { key: 'y', end: endWith('done') }))
    const titled = (title: string) =>
      toastFaults({
        ...dayOf([], []),
        toasts: [{ ...endToast('summary:x', 10, 40), title }],
        settled: [settledAt('x', 30), settledAt('y', 40)],
        jobs: new Map([corrected, other].map((job) => [job.key, job])),
      }).map(({ what: fault }) => fault)
    expect(titled('2 jobs ended: 1 done, 1 unknown')).toEqual([])
    expect(titled('2 jobs ended: 2 done')).toEqual(['an untrue summary'])
  })
})
