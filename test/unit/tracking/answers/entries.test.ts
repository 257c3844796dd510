import { describe, expect, it } from 'vitest'
import {
  endedUnseen,
  factsOfEntries,
  factsOfLaterEntries,
} from '../../../../src/main/tracking/answers/entries.ts'
import { factsOfRunningJobs } from '../../../../src/main/tracking/answers/running-jobs.ts'
import type { WorkflowView } from '../../../../src/main/tracking/answers/workflow-view.ts'
import { namedByEntry, namedByRow } from '../../../../src/main/tracking/ids.ts'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { doubt, replacedId, starting } from '../../../../src/main/tracking/policy.ts'
import type { UnclaimedRun } from '../../../../src/main/tracking/reads/unclaimed-runs.ts'
import type { WireStatus } from '../../../../src/main/wexflow/server.ts'
import { endedJob, runningJob, startAt } from '../../job.ts'
import { entryOf, nameOfEntry } from '../facts.ts'
import { beingSent, kindsOf, lists, lost, owning, queued, recordOf, running, viewOf } from './answering.ts'

/** The entry of a run that nobody is known to have started, and the job that its log names. */
const entryRun = (id: string, jobId: string | null, status: WireStatus = 'Running'): UnclaimedRun => ({
  entry: entryOf(status, { id }),
  jobId,
})

/** A server whose pages of entries can be read. */
const seen = (jobs: readonly Job[], part: Partial<WorkflowView> = {}): WorkflowView =>
  viewOf(jobs, { hasEntries: () => true, mayHaveEntries: () => true, ...part })

/** Which entry, and which name, each start gets. */
const claimsOf = (view: WorkflowView, ...runs: readonly UnclaimedRun[]): Record<string, unknown[]> => {
  const claims: Record<string, unknown[]> = {}
  for (const { key, fact } of factsOfEntries(view, runs)) {
    const known = claims[key] ?? []
    if (fact.kind === 'claimed') claims[key] = [...known, fact.jobId]
    else claims[key] = [...known, fact.kind === 'entry' ? fact.entry.id : fact.kind]
  }
  return claims
}

const before = runningJob({ jobId: 'id of before', isListed: true }, { key: 'before' })

const lostAt = (key: string, requestedAt: number, entryMark: string): Job =>
  lost(key, { requestedAt, sentAt: requestedAt, entryMark })

/** The job with its entry. */
const entered = (job: Job, id: string): Job => {
  const entry = { id, status: { word: 'Running', raw: '1' }, at: 0, isWitnessed: false } as const
  return { ...job, run: runningJob({ ...job.run, entry }).run }
}

/** A start with an id that was shown nowhere. */
const lateStart = (key: string, entryMark: string | null, isParallel = true): Job => {
  const job = running(key, { isParallel })
  return { ...job, start: { ...job.start, entryMark } }
}

const countedFacts = (job: Job) => kindsOf(factsOfRunningJobs(seen([job]), lists('new')))

const withEntry = (id: string, part: Partial<Job> = {}): Job =>
  running('a', { run: runningJob({ entry: recordOf(id) }).run, ...part })

const missed = (count: number): Job =>
  running('a', {
    run: runningJob({ entry: recordOf('7'), gone: { count, since: 1, at: 1 } }).run,
  })

/** A job that ended then without showing its entry, with what a test says of it. */
const endedWithoutEntry = (endedAt: number, run: Partial<Run> = {}, part: Partial<Job> = {}): Job => {
  const job = endedJob('stopped', { endedAt }, { key: 'ended', ...part })
  return { ...job, start: { ...job.start, entryMark: '5' }, run: runningJob(run).run }
}

const isUnseen = (job: Job, ...waiting: readonly Job[]) => endedUnseen([job, ...waiting]).includes(job)

describe('jobs that ended while another start of their workflow waited, and whose entries nobody has seen', () => {
  const first = queued('first', { requestedAt: 10 })
  const later = queued('later', { requestedAt: 20 })

  it('are those since the first of the starts that wait', () => {
    expect([9, 10, 15].map((endedAt) => isUnseen(endedWithoutEntry(endedAt), later, first))).toEqual([
      false,
      true,
      true,
    ])
    expect(isUnseen(endedWithoutEntry(15))).toBe(false)
  })

  it('are none that showed its entry, has no id or no mark, or ran beside others', () => {
    const unmarked = endedWithoutEntry(15)
    const others = [
      endedWithoutEntry(15, { entry: recordOf('6') }),
      endedWithoutEntry(15, { jobId: nameOfEntry('6') }),
      { ...unmarked, start: { ...unmarked.start, entryMark: null } },
      endedWithoutEntry(15, {}, { isParallel: true }),
    ]
    expect(others.some((job) => isUnseen(job, first))).toBe(false)
  })
})

describe('the newest entries', () => {
  const first = queued('first', { entryMark: '5' })
  const later = queued('later', { entryMark: '5', requestedAt: 5 })

  it('give the runs that began since to the starts that wait, in the order of both', () => {
    const facts = factsOfEntries(seen([first, later]), [entryRun('6', 'x'), entryRun('7', 'y')])
    expect(facts).toMatchObject([
      { key: 'first', fact: { kind: 'claimed', jobId: 'x', isHidden: false } },
      { key: 'first', fact: { kind: 'entry', entry: { id: '6' }, isWitnessed: true } },
      { key: 'later', fact: { kind: 'claimed', jobId: 'y', isHidden: false } },
      { key: 'later', fact: { kind: 'entry', entry: { id: '7' }, isWitnessed: true } },
    ])
  })

  it('show also a run that was stopped as soon as it began, which no list ever shows: it takes its turn', () => {
    const runs = [entryRun('6', null, 'Stopped'), entryRun('7', 'y')]
    const view = seen([first, later])
    expect(claimsOf(view, ...runs)).toEqual({ first: [nameOfEntry('6'), '6'], later: ['y', '7'] })
    expect(factsOfEntries(view, runs)[0]).toMatchObject({ fact: { isHidden: true } })
  })

  it('know a run whose log carries the line of the job before it for another one', () => {
    const known = entered(before, '5')
    expect(claimsOf(seen([known, first]), entryRun('6', 'id of before'))).toEqual({
      first: [nameOfEntry('6'), '6'],
    })
    const ended = { ...known, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'id of before'))).toEqual({
      first: [nameOfEntry('6'), '6'],
    })
  })

  it('give nothing away by such a line where the job before it has no entry of its own yet', () => {
    const ended = { ...before, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'id of before'))).toEqual({})
  })

  it('tell a job that ended beside a start, and never showed its entry, the first that names it', () => {
    const ended = { ...before, start: { ...before.start, entryMark: '4' }, end: endedJob('stopped').end }
    const twice = [entryRun('5', 'id of before'), entryRun('6', 'id of before')]
    expect(claimsOf(seen([ended, first]), ...twice)).toEqual({ before: ['5'] })
    // Where the start was asked for only after that end, nothing of it is held against that job.
    const asked = queued('first', { entryMark: '5', requestedAt: 12_001 })
    expect(claimsOf(seen([ended, asked]), ...twice)).toEqual({})
    const parallel = { ...ended, isParallel: true }
    expect(claimsOf(seen([parallel, first]), ...twice)).toEqual({})
  })

  it('give nothing away while a run that a stop has hidden has yet to show its own entry', () => {
    const hidden = runningJob({ jobId: 'id of hidden', isHidden: true }, { key: 'hidden' })
    expect(claimsOf(seen([hidden, first]), entryRun('6', null))).toEqual({})
    const told = { ...hidden, end: endedJob('done', { from: 'stream', endedAt: 99_000 }).end }
    expect(claimsOf(seen([told, first]), entryRun('6', null))).toEqual({})
    const long = { ...hidden, end: endedJob('done', { from: 'stream', endedAt: 1000 }).end }
    expect(claimsOf(seen([long, first]), entryRun('6', null))).toEqual({ first: [nameOfEntry('6'), '6'] })
  })

  it('give a run away beside one that has ended and shows no entry, unless a stop has hidden it and only its stream told', () => {
    const now = 100_000
    const besideEnded = (run: Partial<Run>, from: 'stream' | 'inferred', endedAt = now) => {
      const { end } = endedJob('done', { from, endedAt })
      return claimsOf(
        seen([runningJob({ ...run, jobId: 'id' }, { end }), first], { now }),
        entryRun('6', 'x'),
      )
    }
    const given = { first: ['x', '6'] }
    expect(besideEnded({ isHidden: true }, 'stream')).toEqual({})
    expect(besideEnded({ isHidden: false }, 'stream')).toEqual(given)
    expect(besideEnded({ isHidden: true }, 'inferred')).toEqual(given)
    expect(besideEnded({ isHidden: true, entry: recordOf('5') }, 'stream')).toEqual(given)
    expect(besideEnded({ isHidden: true }, 'stream', now - doubt.checkFor + 1)).toEqual({})
    expect(besideEnded({ isHidden: true }, 'stream', now - doubt.checkFor)).toEqual(given)
  })

  it('give nothing away while a run that was found on a list meanwhile has yet to show its own entry', () => {
    const listed = runningJob({ jobId: 'id of listed', isListed: true, isHidden: true }, { key: 'listed' })
    expect(claimsOf(seen([listed, first], { asked: [first] }), entryRun('6', null))).toEqual({})
  })

  it('give no start the run that another has by its row in the history, which ended as its entry says', () => {
    const history = { id: '3', status: { word: 'Warning', raw: '4' }, at: 5 } as const
    const row = runningJob({ jobId: namedByRow('3'), history }, { key: 'row', end: endedJob('warning').end })
    const runs = [entryRun('6', null, 'Done'), entryRun('7', null, 'Warning')]
    expect(claimsOf(seen([row, first, later]), ...runs)).toEqual({ first: [nameOfEntry('6'), '6'] })
    // Each row accounts for one entry only.
    const again = [...runs, entryRun('8', null, 'Warning')]
    expect(claimsOf(seen([row, first, later]), ...again)).toEqual({
      first: [nameOfEntry('6'), '6'],
      later: [nameOfEntry('8'), '8'],
    })
  })

  it('take the run of a row for the one with its date, though an older one without a name ended alike', () => {
    const { statusDate, rawStatus } = entryOf('Warning')
    const history = { id: '3', status: { word: 'Warning', raw: rawStatus }, statusDate, at: 5 } as const
    const row = runningJob({ jobId: namedByRow('3'), history }, { key: 'row', end: endedJob('warning').end })
    const older = entryRun('4', null, 'Warning')
    const runs = [
      { ...older, entry: { ...older.entry, statusDate: '24-11-2026 02:13:31' } },
      entryRun('6', null, 'Warning'),
    ]
    expect(claimsOf(seen([row, first]), ...runs)).toEqual({})
  })

  it('tell a run that is known its own entry first, and give nothing away meanwhile', () => {
    const view = seen([before, first])
    expect(factsOfEntries(view, [entryRun('6', 'id of before'), entryRun('7', 'y')])).toMatchObject([
      { key: 'before', fact: { kind: 'entry', entry: { id: '6' }, isWitnessed: false } },
    ])
    expect(claimsOf(view, entryRun('6', null), entryRun('7', 'y'))).toEqual({})
  })

  it('give nothing away on the page that shows a run which is known its own entry', () => {
    const view = seen([running('a'), first])
    expect(claimsOf(view, entryRun('6', 'id of a'), entryRun('7', 'y'))).toEqual({ a: ['6'] })
  })

  it('give a run away although one that has ended never showed its entry', () => {
    const ended = { ...before, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'x'))).toEqual({ first: ['x', '6'] })
  })

  it('tell of two entries that name one run the first only, and none to a run that has its own or has ended', () => {
    const twice = [entryRun('6', 'id of before'), entryRun('7', 'id of before')]
    expect(claimsOf(seen([before]), ...twice)).toEqual({ before: ['6'] })
    expect(claimsOf(seen([entered(before, '5')]), ...twice)).toEqual({})
    expect(claimsOf(seen([{ ...before, end: endedJob('stopped').end }]), ...twice)).toEqual({})
  })

  it('give no start a nameless run of a workflow whose jobs run side by side: its log could not be read', () => {
    const parallel = { ...first, isParallel: true }
    expect(claimsOf(seen([parallel]), entryRun('6', null), entryRun('7', 'y'))).toEqual({
      first: ['y', '7'],
    })
    const known = { ...entered(before, '5'), isParallel: true }
    expect(claimsOf(seen([known, parallel]), entryRun('6', 'id of before'))).toEqual({})
  })

  it('give none without a name where any of its workflow’s jobs may run beside others', () => {
    const ended = endedJob('done', {}, { key: 'ended', isParallel: true })
    expect(claimsOf(seen([first, ended]), entryRun('6', null))).toEqual({})
  })

  it('know whose line a log carries, whichever of the jobs it is', () => {
    expect(claimsOf(seen([first, entered(before, '5')]), entryRun('6', 'id of before'))).toEqual({
      first: [nameOfEntry('6'), '6'],
    })
  })

  it('show the runs of a lost start without a mark too, by that of one which was sent after it', () => {
    const older = lost('older', { requestedAt: 1, sentAt: 1 })
    const newer = lostAt('newer', 2, '5')
    const runs = [entryRun('6', 'first'), entryRun('7', 'second')]
    expect(claimsOf(seen([older, newer]), ...runs)).toEqual({ older: ['first', '6'], newer: ['second', '7'] })
    // It may never have reached the server.
    expect(claimsOf(seen([older, newer]), entryRun('6', 'only'))).toEqual({ newer: ['only', '6'] })
    expect(claimsOf(seen([lost('last', { requestedAt: 3, sentAt: 3 }), newer]), ...runs)).toEqual({
      newer: ['first', '6'],
    })
  })

  it('show all runs: of two lost starts that share a mark the older has the only one, otherwise the newer', () => {
    const only = entryRun('7', 'x', 'Done')
    expect(claimsOf(seen([lostAt('older', 10, '5'), lostAt('newer', 20, '5')]), only)).toEqual({
      older: ['x', '7'],
    })
    expect(claimsOf(seen([lostAt('older', 10, '5'), lostAt('newer', 20, '6')]), only)).toEqual({
      newer: ['x', '7'],
    })
    // The one that went out before read its mark later.
    expect(claimsOf(seen([lostAt('older', 10, '6'), lostAt('newer', 20, '5')]), only)).toEqual({
      older: ['x', '7'],
    })
  })

  describe('where a row of the history has given a run without a name away', () => {
    const givenAt = 90_000
    const given = (id: string, part: Partial<Run> = {}): Job => ({
      ...endedJob('stopped', { endedAt: givenAt }, { key: `given ${id}` }),
      run: runningJob({
        jobId: namedByRow(id),
        history: { id, status: { word: 'Stopped', raw: '6' }, at: givenAt },
        ...part,
      }).run,
    })
    const runs = [entryRun('6', null, 'Stopped'), entryRun('7', 'y')]
    const taken = (jobs: readonly Job[], now = givenAt + 1) =>
      claimsOf(seen([...jobs, first], { now }), ...runs)
    /** The same for a start that was asked for then, an hour later. */
    const takenBy = (requestedAt: number) => {
      const start = queued('first', { entryMark: '5', requestedAt })
      return claimsOf(seen([given('1'), start], { now: requestedAt + 3_600_000 }), ...runs)
    }

    it('do not give it away once more', () => {
      expect(taken([given('1')])).toEqual({ first: ['y', '7'] })
      const three = ['6', '7', '8'].map((id) => entryRun(id, null, 'Stopped'))
      const view = seen([given('1'), given('2'), first], { now: givenAt + 1 })
      expect(claimsOf(view, ...three)).toEqual({ first: [nameOfEntry('8'), '8'] })
    })

    it('do not give it away by a page that was read before the row was there: it says that the run goes on', () => {
      const stale = [entryRun('6', null), entryRun('7', 'y')]
      const at = (now: number) => claimsOf(seen([given('1'), first], { now }), ...stale)
      expect(at(givenAt + doubt.checkFor - 1)).toEqual({ first: ['y', '7'] })
      expect(at(givenAt + doubt.checkFor)).toEqual({ first: [nameOfEntry('6'), '6'] })
    })

    it('give it away to a start that came after that: it is another one', () => {
      expect(takenBy(givenAt + starting.entrySeenWithin)).toEqual({ first: ['y', '7'] })
      expect(takenBy(givenAt + starting.entrySeenWithin + 1)).toEqual({ first: [nameOfEntry('6'), '6'] })
    })

    it('do not give it away to the start that came after it while an older one waits: it may be of that one’s time', () => {
      const younger = queued('younger', {
        entryMark: '5',
        requestedAt: givenAt + starting.entrySeenWithin + 1,
      })
      expect(taken([given('1'), younger])).toEqual({ first: ['y', '7'] })
    })

    it('do not give it away later either where the row has its date', () => {
      const { statusDate, rawStatus } = entryOf('Stopped')
      const history = {
        id: '1',
        status: { word: 'Stopped', raw: rawStatus },
        statusDate,
        at: givenAt,
      } as const
      const start = queued('first', { entryMark: '5', requestedAt: givenAt + 3_600_000 })
      expect(claimsOf(seen([given('1', { history }), start]), ...runs)).toEqual({ first: ['y', '7'] })
    })

    it('give it away where the one that was given runs on, shows its own entry, or has a name', () => {
      const others = [
        { ...given('1'), end: null },
        given('1', { entry: recordOf('5') }),
        given('1', { jobId: 'id' }),
        { ...given('1'), run: null },
      ]
      for (const other of others) expect(taken([other])).toEqual({ first: [nameOfEntry('6'), '6'] })
    })
  })

  it('give a run to a start whose id was shown nowhere, once it may claim', () => {
    const from = replacedId.claimAfter
    const unseen = { ...running('a'), start: { ...running('a').start, entryMark: '5' } }
    const at = (now: number) =>
      claimsOf(seen([unseen], { now, askedOf: () => ({ entryAt: now }) }), entryRun('6', 'x'))
    expect(at(from - 1)).toEqual({})
    expect(at(from)).toEqual({ a: ['x', '6'] })
  })

  describe('for a start whose id was shown nowhere, where one job runs at a time', () => {
    const alone = lateStart('a', '5', false)
    const now = replacedId.claimAfter
    const given = (
      jobs: readonly Job[],
      runs: readonly UnclaimedRun[],
      part: Partial<WorkflowView> = {},
    ): unknown =>
      claimsOf(
        seen(jobs, { asked: [alone], now, idleForMs: 0, askedOf: () => ({ entryAt: now }), ...part }),
        ...runs,
      )['a']
    const [next, afterNext] = [entryRun('6', 'x'), entryRun('7', 'y')]

    it('give it none that began first: its id was replaced since it waited behind that one', () => {
      expect(given([alone], [next])).toBeUndefined()
      expect(given([alone], [next, afterNext])).toEqual(['y', '7'])
    })

    it('give it the one behind a run that is known', () => {
      const known = endedJob('done', { endedAt: 1 }, { key: 'known', start: startAt(5) })
      const between = { ...known, run: runningJob({ entry: recordOf('6') }).run }
      expect(given([between, alone], [afterNext])).toEqual(['y', '7'])
      const older = { ...known, run: runningJob({ entry: recordOf('5') }).run }
      const newer = { ...known, run: runningJob({ entry: recordOf('8') }).run }
      const opaque = { ...known, run: runningJob({ entry: recordOf('5f1e') }).run }
      for (const other of [known, older, newer, opaque])
        expect(given([other, alone], [afterNext])).toBeUndefined()
    })

    it('give it the first one where another ran before it, or nothing has run for half a minute', () => {
      const elder = running('elder')
      expect(given([elder, alone], [next])).toEqual(['x', '6'])
      expect(given([alone], [next], { idleForMs: replacedId.claimAfterWhenSlow - 1 })).toBeUndefined()
      expect(given([alone], [next], { idleForMs: replacedId.claimAfterWhenSlow })).toEqual(['x', '6'])
    })

    it('give the first one to a start that waits in the queue, or whose workflow runs jobs side by side', () => {
      const waiting = queued('a', { entryMark: '5' })
      expect(given([waiting], [next], { asked: [waiting] })).toEqual(['x', '6'])
      const parallel = lateStart('a', '5')
      expect(given([parallel], [next], { asked: [parallel] })).toEqual(['x', '6'])
    })
  })

  it('give it one also beside such a start with a greater mark, but not beside one without a mark', () => {
    const now = replacedId.claimAfter
    const beside = (entryMark: string | null) => {
      const jobs = [lateStart('a', '5'), lateStart('b', entryMark)]
      return claimsOf(
        seen(jobs, { now, idleForMs: 0, askedOf: () => ({ entryAt: now }) }),
        entryRun('6', 'x'),
      )
    }
    expect(beside('6')).toEqual({ a: ['x', '6'] })
    expect(beside('5')).toEqual({})
    expect(beside(null)).toEqual({})
  })

  it('give none that is older than the start, however many digits its id has', () => {
    const tenth = queued('tenth', { entryMark: '10' })
    expect(claimsOf(seen([tenth]), entryRun('9', 'x'), entryRun('10', 'y'))).toEqual({})
    expect(claimsOf(seen([first, tenth]), entryRun('6', 'x'), entryRun('11', 'y'))).toEqual({
      first: ['x', '6'],
      tenth: ['y', '11'],
    })
  })

  it('give none that began before one which ran before the start, though the mark is of an older one', () => {
    const start = queued('a', { entryMark: '5', runningBefore: ['elder'] })
    expect(claimsOf(seen([start]), entryRun('7', 'x'), entryRun('9', 'elder'), entryRun('10', 'y'))).toEqual({
      a: ['y', '10'],
    })
    const elder = running('elder', { run: runningJob({ jobId: 'elder', entry: recordOf('9') }).run })
    for (const jobs of [
      [elder, start],
      [start, elder],
    ])
      expect(claimsOf(seen(jobs, { asked: [start] }), entryRun('7', 'x'))).toEqual({})
    // The queue's next job after a stop of that one, whose log has its line.
    const runs = [entryRun('7', 'elder'), entryRun('8', 'x'), entryRun('9', 'elder')]
    expect(claimsOf(seen([start]), ...runs)).toEqual({ a: ['x', '8'] })
  })

  it('give one although nothing shows when the one before the start began', () => {
    const start = queued('a', { entryMark: '5', runningBefore: ['elder'] })
    expect(claimsOf(seen([start]), entryRun('7', 'x'))).toEqual({ a: ['x', '7'] })
    const elder = { ...endedJob('done', {}, { key: 'elder' }), run: runningJob({ jobId: 'elder' }).run }
    expect(claimsOf(seen([elder, start]), entryRun('7', 'x'))).toEqual({ a: ['x', '7'] })
  })

  it('give a run without a name although one of an earlier run of the server was known by the same id', () => {
    const name = namedByEntry(entryOf('Done', { id: '6', statusDate: '24-11-2026 02:13:31' }))
    const earlier = { ...endedJob('done'), run: runningJob({ jobId: name }).run }
    expect(claimsOf(seen([earlier, first]), entryRun('6', null))).toEqual({ first: [nameOfEntry('6'), '6'] })
  })

  it('give none that ran before, or whose entry or id is somebody’s', () => {
    const knew = queued('knew', { entryMark: '5', runningBefore: ['x'] })
    expect(claimsOf(seen([knew]), entryRun('6', 'x'))).toEqual({})
    expect(claimsOf(seen([entered(before, '6'), first]), entryRun('6', 'x'))).toEqual({})
    const isOwned = owning('x')
    expect(claimsOf(seen([first], { isOwned }), entryRun('6', 'x'))).toEqual({})
  })

  it('give nothing where they do not tell: without a mark that is a number, or where pages can’t be had', () => {
    for (const entryMark of [null, 'a-5'])
      expect(claimsOf(seen([queued('a', { entryMark })]), entryRun('6', 'x'))).toEqual({})
    expect(claimsOf(seen([first], { hasEntries: () => false }), entryRun('6', 'x'))).toEqual({})
  })

  it('give nothing away while the answer of a start can still come', () => {
    expect(claimsOf(seen([first, beingSent], { asked: [first] }), entryRun('6', 'x'))).toEqual({})
  })

  it('keep the list of running jobs from giving a run to a start that they are counted for', () => {
    expect(countedFacts(first)).toEqual([['first', 'workflowBusy']])
    expect(countedFacts({ ...first, isParallel: true })).toEqual([['first', 'claimed']])
    expect(countedFacts(queued('a', { entryMark: null }))).toEqual([['a', 'claimed']])
  })
})

describe('the entry of another run behind that of a run which is known', () => {
  it('says that it is over, where one job runs at a time', () => {
    const fact = { kind: 'notListed', mayRunOn: false }
    expect(factsOfLaterEntries([withEntry('7')], 8n)).toEqual([{ key: 'a', fact }])
  })

  it('says so until that was said twice', () => {
    expect(kindsOf(factsOfLaterEntries([missed(1)], 8n))).toEqual([['a', 'notListed']])
    expect(factsOfLaterEntries([missed(2)], 8n)).toEqual([])
  })

  it.each([
    { where: 'it has ended', job: withEntry('7', { end: endedJob('done').end }) },
    { where: 'it has no entry', job: running('a') },
    { where: 'there is no run', job: queued() },
    { where: 'jobs run side by side', job: withEntry('7', { isParallel: true }) },
    { where: 'it is its own', job: withEntry('8') },
    { where: 'ids are no numbers', job: withEntry('5f1e') },
  ])('says nothing, where $where', ({ job }) => {
    expect(factsOfLaterEntries([job], 8n)).toEqual([])
  })
})
