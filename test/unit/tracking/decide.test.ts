import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/main/tracking/decide/decide.ts'
import type { Decision, Question } from '../../../src/main/tracking/decide/decision.ts'
import type { Fact } from '../../../src/main/tracking/decide/facts.ts'
import { newJob } from '../../../src/main/tracking/new-job.ts'
import type { Entry, WireStatus, WorkflowInfo } from '../../../src/main/wexflow/server.ts'
import type { Job } from '../../../src/main/tracking/job.ts'

const t0 = 1_000_000
const statuses: readonly WireStatus[] = [
  'Pending',
  'Running',
  'Done',
  'Failed',
  'Warning',
  'Disabled',
  'Stopped',
  'Rejected',
]

const entryOf = (status: WireStatus): Entry => ({
  id: '10',
  workflowId: 9003,
  name: 'P10s',
  status,
  rawStatus: String(statuses.indexOf(status)),
  statusDate: '24-11-2026 03:13:31',
})
const strangeEntry: Entry = { ...entryOf('Running'), status: null, rawStatus: '42' }

const entry = (status: WireStatus): Fact => ({ kind: 'entry', entry: entryOf(status), witnessed: false })
const noEntry: Fact = { kind: 'entry', entry: null, witnessed: false }
const frame = (rawStatus: string): Fact => ({
  kind: 'frame',
  frame: { status: statuses.find((status) => status === rawStatus) ?? null, rawStatus },
})
const infoOf = (over: Partial<WorkflowInfo> = {}): WorkflowInfo => ({
  id: 9003,
  name: 'P10s',
  description: 'ten seconds, parallel',
  isEnabled: true,
  isApproval: false,
  enableParallelJobs: true,
  isRunning: true,
  isPaused: false,
  isWaitingForApproval: false,
  jobId: 'job-1',
  status: 'Running',
  ...over,
})
const listed = (over: Partial<WorkflowInfo> = {}): Fact => ({ kind: 'listed', info: infoOf(over) })
const jobRead = (over: Partial<WorkflowInfo> | null): Fact => ({
  kind: 'jobRead',
  info: over === null ? null : infoOf(over),
})
const gone: Fact = { kind: 'notListed', mayRunOn: false }
const missing: Fact = {
  kind: 'historyMissing',
  watch: { isOfThisRun: true, isWhole: true, isStopSeen: true, idleForMs: 1e9 },
}

const starting = newJob('server', { id: 9003, name: 'P10s', isApproval: false }, t0)
const running = decide(starting, { kind: 'startAnswered', jobId: 'job-1' }, t0).job
const queued = decide(starting, { kind: 'startQueued' }, t0).job
const lost = decide({ ...starting, sentAt: t0 }, { kind: 'startAnswerLost', detail: 'timedOut' }, t0).job

/** Applies facts one after another; each may say how many milliseconds after the start it came. */
function tell(job: Job, ...facts: readonly (Fact | readonly [number, Fact])[]): Decision {
  let decision: Decision = { job, ask: [] }
  for (const item of facts) {
    const [at, fact] = 'kind' in item ? [0, item] : item
    decision = decide(decision.job, fact, t0 + at)
  }
  return decision
}

const asked = (decision: Decision): Question['kind'][] => decision.ask.map(({ kind }) => kind)

describe('a frame', () => {
  it.each([
    ['Done', 'done'],
    ['Failed', 'failed'],
    ['Warning', 'warning'],
    ['Stopped', 'stopped'],
    ['Rejected', 'rejected'],
  ] as const)('that says %s ends the job at once, with its duration', (status, outcome) => {
    const { job } = tell(running, [1500, frame(status)])
    expect(job).toMatchObject({ phase: 'ended', outcome, outcomeFrom: 'stream', durationMs: 1500 })
  })

  it.each(['Running', 'Pending', 'Disabled', 'Sparkling'])(
    'that says %s only means: ended, ask the entry',
    (status) => {
      const decision = tell(running, [500, frame(status)])
      expect(decision.job.phase).toBe('running')
      expect(decision.ask).toEqual([{ kind: 'entry', inMs: 0 }])
    },
  )

  it('that comes twice tells nothing new', () => {
    const once = tell(running, frame('Done')).job
    expect(tell(once, frame('Failed')).job).toBe(once)
  })
})

describe('a stopped job whose frame says Running', () => {
  it('is stopped when its entry says so a moment later, and took until the frame', () => {
    const { job } = tell(running, [500, frame('Running')], [504, entry('Stopped')])
    expect(job).toMatchObject({ outcome: 'stopped', outcomeFrom: 'entry', durationMs: 500 })
  })

  it('is asked again while its entry still says Running', () => {
    expect(asked(tell(running, frame('Running'), entry('Running')))).toEqual(['jobs'])
    const stillListed = tell(running, frame('Running'), entry('Running'), listed())
    expect(stillListed.ask).toEqual([{ kind: 'entry', inMs: 250 }])
  })

  it('is asked ever more rarely, however long the server holds on to it', () => {
    const late = tell(running, frame('Running'), [120_000, listed()])
    expect(late.ask).toEqual([{ kind: 'entry', inMs: 15_000 }])
  })
})

describe('an entry stuck at Running although the job is gone', () => {
  const stuck = tell(
    running,
    [320, frame('Running')],
    [330, entry('Running')],
    [340, gone],
    [350, entry('Running')],
  ).job
  const goneTwice = tell(stuck, [1850, gone], [1860, entry('Running')])

  it('is gone only after two reads that are a second apart', () => {
    expect(stuck.goneReads).toBe(1)
    const tooSoon = tell(stuck, [360, gone])
    expect(tooSoon.job.goneReads).toBe(1)
    expect(tooSoon.ask).toEqual([{ kind: 'jobs', inMs: 1500 }])
    expect(goneTwice.job.goneReads).toBe(2)
    expect(asked(goneTwice)).toEqual(['job'])
  })

  it('is looked for everywhere, and for five seconds, before anything is concluded', () => {
    const noJob = tell(goneTwice.job, [1870, jobRead(null)])
    expect(asked(noJob)).toEqual(['history'])
    const early = tell(noJob.job, [1880, missing])
    expect(early.job.phase).toBe('running')
    expect(asked(early)).toEqual(['entry'])
  })

  it('is told as unknown, never as Done or Failed', () => {
    const { job } = tell(goneTwice.job, [5400, missing])
    expect(job).toMatchObject({ outcome: 'unknown', reason: 'notRecorded', outcomeFrom: 'inferred' })
  })

  it('is told as stopped where this app had asked for that', () => {
    const { job } = tell({ ...goneTwice.job, stopAskedAt: t0 }, [5400, missing])
    expect(job).toMatchObject({ outcome: 'stopped', reason: null, outcomeFrom: 'inferred' })
  })

  it('is so too where a save may have hidden it, if the server said that it stopped it', () => {
    const hidden = { ...goneTwice.job, mayRunOn: true, endSignalledAt: null }
    const stop: readonly Fact[] = [{ kind: 'stopAsked' }, { kind: 'stopAnswered', isStopped: true }]
    const { job } = tell({ ...hidden, goneSince: t0 + 100 }, ...stop, [5400, missing])
    expect(job).toMatchObject({ outcome: 'stopped', outcomeFrom: 'inferred' })
    const unsaid = tell({ ...hidden, stopAskedAt: t0 }, [5400, missing]).job
    expect(unsaid.phase).toBe('running')
    expect(tell(unsaid, [700_000, missing]).job).toMatchObject({ outcome: 'unknown', reason: 'notRecorded' })
  })

  it('is corrected once by a truth that comes later', () => {
    const concluded = tell(goneTwice.job, [5400, missing])
    const corrected = tell(concluded.job, [35_000, entry('Failed')]).job
    expect(corrected).toMatchObject({ outcome: 'failed', reason: null, outcomeFrom: 'entry' })
    expect(tell(corrected, [40_000, entry('Done')]).job.outcome).toBe('failed')
  })

  it('goes on running if the server lists it again', () => {
    expect(tell(goneTwice.job, listed()).job).toMatchObject({ phase: 'running', goneReads: 0 })
  })
})

describe('an entry that disagrees with the stream', () => {
  it('wins', () => {
    const { job } = tell(running, frame('Done'), entry('Warning'))
    expect(job).toMatchObject({ outcome: 'warning', outcomeFrom: 'entry' })
    expect(job.evidence.some(({ kind, detail }) => kind === 'corrected' && detail === 'done')).toBe(true)
  })

  it('is asked again where it has yet to follow', () => {
    expect(asked(tell(running, frame('Done'), [1000, entry('Running')]))).toEqual(['entry'])
    expect(asked(tell(running, frame('Done'), [90_000, entry('Running')]))).toEqual([])
  })
})

describe('no entry', () => {
  it('means not yet, however long, while the server has not restarted', () => {
    expect(tell(running, [100, noEntry])).toEqual({ job: running, ask: [] })
    const later = tell(running, [200_000, noEntry])
    expect(later.job.phase).toBe('running')
    expect(asked(later)).toEqual(['job'])
  })

  it('does not make a job that the server has confirmed nowhere count as gone', () => {
    const { job } = tell(running, [5000, gone], [10_000, gone], [15_000, gone])
    expect(job).toMatchObject({ phase: 'running', goneReads: 0 })
  })

  it('after one was seen proves that the server restarted', () => {
    const decision = tell(running, entry('Running'), noEntry)
    expect(decision.job).toMatchObject({ restarted: true, entryId: null, phase: 'running' })
    expect(asked(tell(decision.job, noEntry))).toEqual(['history'])
  })
})

describe('a server that restarted', () => {
  const restarted = tell(running, entry('Running'), { kind: 'serverRestarted' }).job

  it('leaves a job that had finished in the history', () => {
    const row = { ...entryOf('Done'), id: '783' }
    const { job } = tell(restarted, noEntry, { kind: 'historyFound', row, jobId: 'job-1' })
    expect(job).toMatchObject({ outcome: 'done', outcomeFrom: 'history', historyId: '783', durationMs: null })
  })

  it('leaves no record of a job that ran: unknown, with the reason', () => {
    const { job } = tell(restarted, noEntry, missing)
    expect(job).toMatchObject({ outcome: 'unknown', reason: 'endedWithServer' })
  })

  it('says nothing about a job of its new run', () => {
    expect(tell(restarted, entry('Running')).job).toMatchObject({ restarted: false, phase: 'running' })
    expect(tell(restarted, entry('Done')).job.outcome).toBe('done')
  })

  it('has forgotten its queue', () => {
    const { job } = tell(queued, { kind: 'serverRestarted' }, missing)
    expect(job).toMatchObject({ outcome: 'unknown', reason: 'startUnconfirmed' })
  })
})

describe('the three meanings of Pending', () => {
  it('a suspended job has an entry at 0 and is paused in jobs', () => {
    const decision = tell(running, entry('Pending'))
    expect(asked(decision)).toEqual(['jobs'])
    expect(tell(decision.job, listed({ isPaused: true })).job.phase).toBe('suspended')
  })

  it('a resumed one is Running again once `jobs` says so, as its entry says that of a pause left behind too', () => {
    const suspended = tell(running, listed({ isPaused: true })).job
    const decision = tell(suspended, entry('Running'))
    expect([decision.job.phase, asked(decision)]).toEqual(['suspended', ['jobs']])
    expect(tell(decision.job, listed({})).job.phase).toBe('running')
  })

  it('a job that waits for approval is Running in its entry and stays waiting', () => {
    const waiting = tell(running, listed({ isWaitingForApproval: true })).job
    expect(waiting.phase).toBe('waiting')
    expect(tell(waiting, entry('Running')).job.phase).toBe('waiting')
  })
})

describe('a status that this version does not know', () => {
  it('is not taken for an end while jobs lists the job', () => {
    const { job } = tell(running, { kind: 'entry', entry: strangeEntry, witnessed: false }, listed())
    expect(job.phase).toBe('running')
  })

  it('is told as unknown once the job is gone', () => {
    const strange: Fact = { kind: 'entry', entry: strangeEntry, witnessed: false }
    const { job } = tell(
      running,
      strange,
      [10, gone],
      [1600, gone],
      [1610, strange],
      [1620, jobRead(null)],
      [9000, missing],
    )
    expect(job).toMatchObject({ outcome: 'unknown', reason: 'unknownStatus' })
  })

  it('is remembered however much is observed of the job afterwards', () => {
    const { job: seen } = tell(running, { kind: 'entry', entry: strangeEntry, witnessed: false })
    const { job } = tell({ ...seen, evidence: [] }, [10, gone], [1600, gone], [9000, missing])
    expect(job).toMatchObject({ outcome: 'unknown', reason: 'unknownStatus' })
  })
})

const kinds = (job: Job): string[] => job.evidence.map(({ kind }) => kind)

describe('the evidence', () => {
  it('of a job that was looked at a thousand times still tells how it began, and what came last', () => {
    const looks = Array.from({ length: 1000 }, (_, at): Fact => entry(at % 2 === 0 ? 'Pending' : 'Running'))
    const { job } = tell(running, ...looks, frame('Done'))
    expect(kinds(job)).toHaveLength(40)
    expect(kinds(job).slice(0, 2)).toEqual(['startAsked', 'startAnswered'])
    expect(kinds(job).at(-1)).toBe('frame')
  })

  it('of an ended job says once what every further look says', () => {
    const row = { ...entryOf('Stopped'), id: '783' }
    const looks: readonly Fact[] = [entry('Stopped'), { kind: 'historyFound', row, jobId: 'job-1' }]
    const { job } = tell(running, ...looks, ...looks, ...looks)
    expect(kinds(job)).toEqual(['startAsked', 'startAnswered', 'entry', 'historyFound'])
  })
})

describe('the server memory of a last job', () => {
  it('tells the end of a job whose entry this user may not read', () => {
    const { job } = tell(running, [3000, noEntry], [3010, jobRead({ isRunning: false, status: 'Failed' })])
    expect(job).toMatchObject({ outcome: 'failed', outcomeFrom: 'job' })
  })

  it('says nothing where it remembers another job', () => {
    const { job } = tell(running, jobRead({ jobId: 'job-2', isRunning: false, status: 'Done' }))
    expect(job.phase).toBe('running')
  })
})

describe('a queued start', () => {
  it('becomes the instance that the server begins, and is timed from then', () => {
    const { job } = tell(queued, [2300, { kind: 'adopted', jobId: 'job-2' }], [4300, frame('Done')])
    expect(job).toMatchObject({ jobId: 'job-2', outcome: 'done', durationMs: 2000 })
  })

  it('counts as dropped only after two minutes of empty reads and a look into the history', () => {
    const first = tell(queued, [1000, gone])
    expect(first.ask).toEqual([{ kind: 'jobs', inMs: 3000 }])
    const second = tell(first.job, [121_000, gone])
    expect(tell(first.job, [5000, gone], [5010, missing]).job.outcome).toBeNull()
    expect(asked(second)).toEqual(['history'])
    expect(tell(second.job, [121_010, missing]).job).toMatchObject({
      outcome: 'notStarted',
      reason: 'queueDropped',
    })
  })

  it('is not dropped while the workflow runs something', () => {
    const { job } = tell(queued, [1000, gone], [2000, { kind: 'queueAlive' }], [4000, gone])
    expect(job.goneReads).toBe(1)
  })
})

describe('a start whose answer was lost', () => {
  it('may be someone else when a new instance is taken for it, and its duration is not guessed', () => {
    const { job } = tell(lost, [5000, { kind: 'adopted', jobId: 'job-3' }], [9000, frame('Done')])
    expect(job).toMatchObject({ maybeOthers: true, outcome: 'done', durationMs: null })
  })

  it('is told as unknown when no job was found by two looks after ten minutes', () => {
    expect(tell(lost, [599_000, missing])).toEqual({ job: lost, ask: [] })
    const first = tell(lost, [601_000, missing])
    expect(asked(first)).toEqual(['jobs', 'history'])
    expect(first.job.outcome).toBeNull()
    expect(tell(first.job, [603_000, missing]).job).toMatchObject({
      outcome: 'unknown',
      reason: 'startUnconfirmed',
    })
  })

  it('is not taken twice', () => {
    const once = tell(lost, { kind: 'adopted', jobId: 'job-3' }).job
    expect(tell(once, { kind: 'adopted', jobId: 'job-4' }).job).toBe(once)
  })
})

describe('an answer to stop', () => {
  it.each([true, false])('is no end by itself, whatever it says: the entry is asked (%s)', (isStopped) => {
    const decision = tell(running, { kind: 'stopAsked' }, { kind: 'stopAnswered', isStopped })
    expect(decision.job).toMatchObject({ phase: 'running', stopAskedAt: t0 })
    expect(asked(decision)).toEqual(['entry'])
  })

  it('that was never sent does not make a later silence a stop', () => {
    expect(tell(running, { kind: 'stopAsked' }, { kind: 'stopNotSent' }).job.stopAskedAt).toBeNull()
  })
})
