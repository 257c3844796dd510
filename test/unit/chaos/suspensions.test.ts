import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DayRecord } from '../../chaos/day.ts'
import type { Disturbance } from '../../chaos/diary.ts'
import { Draw } from '../../chaos/draw.ts'
import { judgeDay } from '../../chaos/judge.ts'
import { planDay } from '../../chaos/plan.ts'
import type { ShownToast } from '../../chaos/recording-toaster.ts'
import { Suspensions } from '../../chaos/suspensions.ts'
import { type KnownJob, knownJob } from '../../known-job.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { endWith, runningJob } from '../job.ts'
import { account, dayWith } from './day-record.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: 0 })
})
afterEach(() => vi.useRealTimers())

const simOf = (faults: Partial<FaultSettings> = {}): WexflowSim =>
  new WexflowSim({ workflows: [simWorkflow({ id: 4, name: 'Import', durationMs: 150_000 })], faults })

/** Seconds after the job's start. */
type Span = readonly [from: number, to: number]

/** Starts a job that takes two and a half minutes, and is suspended in these times. */
function startSuspended(sim: WexflowSim, suspensions: readonly Span[]): string {
  const jobId = sim.startElsewhere(4)
  for (const [from, to] of suspensions) {
    setTimeout(() => sim.suspendElsewhere(4, jobId), from * 1000)
    setTimeout(() => sim.resumeElsewhere(4, jobId), to * 1000)
  }
  return jobId
}

const toastOf = (title: string, at: number, status: ShownToast['status'] = 'shown'): ShownToast => ({
  id: title.startsWith('Suspended') ? 'phase:start' : 'start',
  title,
  body: '',
  at: at * 1000,
  answeredAt: at * 1000,
  status,
})
const told = (at: number, status?: ShownToast['status']): ShownToast =>
  toastOf('Suspended: Import', at, status)

/** What the app wrote down: that it told it, and that it was over. Seconds. */
const written = (...spans: readonly Span[]): DayRecord['phasesTold'] =>
  spans.flatMap(([from, to]) => [
    { key: 'start', phase: 'suspended', at: from * 1000 } as const,
    { key: 'start', phase: null, at: to * 1000 } as const,
  ])

/** What the judge says of a job, of which this was told, once everything is over. */
async function judged(sim: WexflowSim, job: Partial<KnownJob>, day: Partial<DayRecord>): Promise<string[]> {
  await vi.advanceTimersByTimeAsync(600_000)
  const known = knownJob(runningJob({}, { key: 'start', serverId: account.id, end: endWith('done') }))
  const record = dayWith({
    servers: [{ account, sim, strangersMet: [] }],
    jobs: new Map([['start', { ...known, ...job }]]),
    remembered: new Set(['start']),
    ...day,
  })
  return judgeDay(record).others.map(({ what }) => what)
}

/** What the judge says of a job that was suspended in these times, and of which this was told. */
function faultsOf(suspensions: readonly Span[], day: Partial<DayRecord>): Promise<string[]> {
  vi.setSystemTime(0)
  const sim = simOf()
  return judged(sim, { jobId: startSuspended(sim, suspensions) }, day)
}

/** The same of one that had claimed another run, and gave it back so many seconds after its start. */
function faultsOfGivenBack(
  spans: { readonly ofOther: readonly Span[]; readonly own: readonly Span[]; readonly givenBackAt: number },
  day: Partial<DayRecord>,
): Promise<string[]> {
  vi.setSystemTime(0)
  const sim = simOf()
  startSuspended(sim, spans.ofOther)
  const jobId = startSuspended(sim, spans.own)
  const evidence: KnownJob['evidence'] = [
    { at: 100, kind: 'startAnswered' },
    { at: 11_000, kind: 'idReplaced' },
    { at: spans.givenBackAt * 1000, kind: 'startAnswered' },
  ]
  return judged(sim, { jobId, evidence }, day)
}

/** Starts a job that is suspended from its begin, as the one before was stopped while it was suspended. */
async function startLeftSuspended(sim: WexflowSim): Promise<string> {
  const before = sim.startElsewhere(4)
  await vi.advanceTimersByTimeAsync(1000)
  sim.suspendElsewhere(4, before)
  sim.stopElsewhere(4, before)
  await vi.advanceTimersByTimeAsync(1000)
  return sim.startElsewhere(4)
}

/** What the judge says of such a job, which is resumed after minutes, and was told as suspended after so many seconds. */
async function faultsOfLeft(seconds: number): Promise<string[]> {
  vi.setSystemTime(0)
  const sim = simOf({ stopKeepsSuspended: 1 })
  const jobId = await startLeftSuspended(sim)
  setTimeout(() => sim.resumeElsewhere(4, jobId), 200_000)
  const day = { toasts: [told(seconds), ended], phasesTold: written([seconds, 203]) }
  return await judged(sim, { jobId }, day)
}

const ended = toastOf('Done: Import', 300)
const refusing: Disturbance = { kind: 'desktopRefuses', server: null, from: 15_000, to: 110_000 }

describe('the judge of suspensions', () => {
  it('finds nothing wrong where each is told once and is over when the job goes on', async () => {
    const toasts = [told(12), told(82), ended]
    const phasesTold = written([12, 61], [82, 121])
    expect(
      await faultsOf(
        [
          [10, 60],
          [80, 120],
        ],
        { toasts, phasesTold },
      ),
    ).toEqual([])
  })

  it('bears that one is not told that was too short, or that the desktop did not take while it lasted', async () => {
    expect(await faultsOf([[10, 15]], { toasts: [ended] })).toEqual([])
    const toasts = [told(20, 'refused'), told(52, 'refused'), ended]
    expect(await faultsOf([[18, 90]], { toasts, disturbances: [refusing] })).toEqual([])
    expect(await faultsOf([[18, 45]], { toasts: [told(20, 'refused'), ended] })).toEqual([])
  })

  it('says that one was not told', async () => {
    expect(await faultsOf([[10, 70]], { toasts: [ended] })).toEqual([
      'a job suspended, and that was not told in time',
    ])
  })

  it('says that one was told late, where nothing was broken', async () => {
    const soon = { toasts: [told(20), ended], phasesTold: written([20, 71]) }
    expect(await faultsOf([[10, 70]], soon)).toEqual([])
    const late = { toasts: [told(30), ended], phasesTold: written([30, 71]) }
    expect(await faultsOf([[10, 70]], late)).toEqual(['a job suspended, and that was not told in time'])
  })

  it('bears that one which a stop of the job before has left is told within the minute', async () => {
    expect(await faultsOfLeft(70)).toEqual([])
    expect(await faultsOfLeft(120)).toEqual(['a job suspended, and that was not told in time'])
  })

  it('says that the second one was not told, as what was told of the first was over', async () => {
    const phasesTold = written([12, 61])
    const suspensions: Span[] = [
      [10, 60],
      [80, 140],
    ]
    expect(await faultsOf(suspensions, { toasts: [told(12), ended], phasesTold })).toEqual([
      'a job suspended, and that was not told in time',
    ])
  })

  it('says that one was told twice, unless the app crashed in between', async () => {
    const day = { toasts: [told(12), told(30), ended], phasesTold: written([12, 20], [30, 61]) }
    expect(await faultsOf([[10, 60]], day)).toEqual(['a job told twice of one suspension'])
    const launches = { launchesBegun: [0, 28_000], launchesEnded: [{ at: 13_000, how: 'crash' }] } as const
    expect(await faultsOf([[10, 60]], { ...day, ...launches })).toEqual([])
  })

  it('holds what was told of a suspension that was just over against that one, though the next has begun', async () => {
    const suspensions: Span[] = [
      [10, 20],
      [21, 140],
    ]
    const once = { toasts: [told(22), told(35), ended], phasesTold: written([22, 30], [35, 141]) }
    expect(await faultsOf(suspensions, once)).toEqual([])
    const toasts = [...once.toasts, told(50)]
    const twice = { toasts, phasesTold: written([22, 30], [35, 45], [50, 141]) }
    expect(await faultsOf(suspensions, twice)).toEqual(['a job told twice of one suspension'])
  })

  it('knows which of two that told several together the desktop has answered, though it took the first one later', async () => {
    const together = { id: 'phase:suspended', title: '2 jobs were suspended' }
    const early = { ...told(13), ...together, answeredAt: 100_000 }
    const ofOthers = { ...told(80), ...together }
    const toasts = [early, ofOthers, ended]
    expect(await faultsOf([[10, 60]], { toasts, phasesTold: written([100, 101]) })).toEqual([])
  })

  it('counts what was told together with others', async () => {
    const together = { ...told(13), id: 'phase:suspended', title: '2 jobs were suspended' }
    const phasesTold = written([13, 20], [30, 61])
    const toasts = [together, told(30), ended]
    expect(await faultsOf([[10, 60]], { toasts, phasesTold })).toEqual(['a job told twice of one suspension'])
    expect(await faultsOf([[10, 60]], { toasts: [together, ended], phasesTold: written([13, 61]) })).toEqual(
      [],
    )
  })

  it('says that it was told of a job that had gone on, or never was suspended', async () => {
    const day = { toasts: [told(90), ended], phasesTold: written([90, 95]) }
    expect(await faultsOf([[10, 13]], day)).toEqual(['a job told as suspended, and went on'])
    expect(await faultsOf([], day)).toEqual(['a job told as suspended, and was not'])
  })

  it('holds what was told of a run that the start gave back against the other runs of its workflow', async () => {
    const day = { toasts: [told(12), told(82), ended], phasesTold: written([12, 61], [82, 121]) }
    const ofOther: Span[] = [[10, 60]]
    const own: Span[] = [[80, 120]]
    expect(await faultsOfGivenBack({ ofOther, own, givenBackAt: 61 }, day)).toEqual([])
    expect(await faultsOfGivenBack({ ofOther: [], own, givenBackAt: 61 }, day)).toEqual([
      'a job told as suspended, and was not',
    ])
    expect(await faultsOfGivenBack({ ofOther, own: [], givenBackAt: 61 }, day)).toEqual([
      'a job told as suspended, and was not',
    ])
  })

  it('does not take what was told of a run that the start gave back for the end of its own', async () => {
    const toasts = [toastOf('Done: Import', 30), told(82), ended]
    const day = { toasts, phasesTold: written([82, 121]) }
    expect(await faultsOfGivenBack({ ofOther: [], own: [[80, 120]], givenBackAt: 61 }, day)).toEqual([])
    const late = { toasts: [toastOf('Done: Import', 70), told(82), ended], phasesTold: written([82, 121]) }
    expect(await faultsOfGivenBack({ ofOther: [], own: [[80, 120]], givenBackAt: 61 }, late)).toEqual([
      'a job told as suspended after its end',
    ])
  })

  it('says that it was told after the end, or is still said then', async () => {
    const end = toastOf('Done: Import', 200)
    const day = { toasts: [told(12), end, told(201)], phasesTold: written([12, 61], [201, 202]) }
    expect(await faultsOf([[10, 60]], day)).toEqual(['a job told as suspended after its end'])
    const phasesTold = written([12, 61]).slice(0, 1)
    expect(await faultsOf([[10, 60]], { toasts: [told(12), ended], phasesTold })).toEqual([
      'a job still said to be suspended at its end',
    ])
  })
})

const planOf = (without: readonly 'jobSuspended'[]) =>
  planDay(new Draw(seededRandom(5)), 50, false, { mostServers: 4, without: new Set(without) })

describe('others who suspend jobs', () => {
  it('suspend one that runs, for a while, and none that has ended or is suspended already', async () => {
    const sim = simOf()
    const suspensions = new Suspensions(new Draw(seededRandom(1)), sim)
    expect(await suspensions.suspendOne(1000)).toBe(false)
    const jobId = sim.startElsewhere(4)
    await vi.advanceTimersByTimeAsync(1000)
    const first = suspensions.suspendOne(20_000)
    expect(await suspensions.suspendOne(1000)).toBe(false)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await first).toBe(true)
    expect(sim.truth(jobId)?.suspensions).toMatchObject([{ from: 1000, to: 21_000 }])
  })

  it('resume after a while what a stop of the job before has left suspended, and nothing else', async () => {
    const sim = simOf({ stopKeepsSuspended: 1 })
    const left = await startLeftSuspended(sim)
    await vi.advanceTimersByTimeAsync(100)
    const other = sim.startElsewhere(4)
    await vi.advanceTimersByTimeAsync(1000)
    sim.suspendElsewhere(4, other)
    const suspensions = new Suspensions(new Draw(seededRandom(1)), sim)
    suspensions.resumeLeft()
    expect(sim.truth(left)?.suspensions).toMatchObject([{ to: null }])
    await vi.advanceTimersByTimeAsync(150_000)
    suspensions.resumeLeft()
    expect(sim.truth(left)?.suspensions).toMatchObject([{ to: expect.any(Number) }])
    expect(sim.truth(other)?.suspensions).toMatchObject([{ to: null }])
  })

  it('leave everything else of a day as it was drawn', () => {
    const { incidents, ...rest } = planOf([])
    expect(incidents.some(({ kind }) => kind === 'jobSuspended')).toBe(true)
    const left = incidents.filter(({ kind }) => kind !== 'jobSuspended')
    expect(planOf(['jobSuspended'])).toEqual({ ...rest, incidents: left })
  })
})
