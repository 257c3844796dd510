import { describe, expect, it } from 'vitest'
import {
  canBeSearchedFor,
  factsOfHistory as factsOfOwned,
  startsWithStrayRows,
} from '../../../../src/main/tracking/answers/history.ts'
import { withOwners } from '../../../../src/main/tracking/answers/row-owners.ts'
import type { WorkflowView } from '../../../../src/main/tracking/answers/workflow-view.ts'
import { namedByEntry, namedByRow } from '../../../../src/main/tracking/ids.ts'
import type { HistoryRow } from '../../../../src/main/tracking/reads/history-search.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { replacedId, sweeps } from '../../../../src/main/tracking/policy.ts'
import type { WireStatus } from '../../../../src/main/wexflow/server.ts'
import { endedJob, runningJob, runWith } from '../../job.ts'
import { entryOf, nameOfEntry } from '../facts.ts'
import { beingSent, kindsOf, lost, queued, recordOf, running, viewOf } from './answering.ts'

const rowOf = (jobId: string, olderThan: string[] = []): HistoryRow => ({
  row: entryOf('Done', { id: `row of ${jobId}` }),
  jobId,
  olderThan,
})

const whole = { isWhole: true, searchedAt: 50 }

/** What is known of an entry that says how its run ended. */
const entryAs = (status: WireStatus, statusDate: string) => {
  const { rawStatus } = entryOf(status)
  return { ...recordOf('3'), status: { word: status, raw: rawStatus }, statusDate }
}

/** What rows say that were just read. */
const factsOfHistory = (view: WorkflowView, read: readonly HistoryRow[], how: typeof whole) =>
  factsOfOwned(view, withOwners(view, read), how)

/** Rows of one job, the oldest first. */
const rowsOfOne = (...statuses: readonly WireStatus[]): HistoryRow[] =>
  statuses.map((status, at) => ({ row: entryOf(status, { id: String(at + 1) }), jobId: 'id', olderThan: [] }))

/** The run of a start that a stop has hidden. */
const hiddenRun = (key: string, part: Partial<Job> = {}): Job =>
  runningJob({ jobId: `id of ${key}`, isHidden: true }, { key, ...part })

const endedHidden = (key: string, endedAt: number): Job =>
  hiddenRun(key, { end: endedJob('done', { endedAt }).end })

const rowsFor = (jobs: readonly Job[], ...ids: string[]) =>
  factsOfHistory(
    viewOf(jobs),
    ids.map((id) => rowOf(id)),
    whole,
  )

/** What is said of the start `waiting`, beside a hidden run that had ended then, where these are searched for. */
const factBeside = (endedAt: number, ...asked: readonly Job[]) => {
  const view = viewOf([endedHidden('old', endedAt), ...asked], { asked })
  return kindsOf(factsOfHistory(view, [rowOf('row 1')], whole)).find(([key]) => key === 'waiting')?.[1]
}

describe('the history', () => {
  it('has the rows of jobs that are known, or lacks them', () => {
    const view = viewOf([running('a'), running('b')])
    expect(factsOfHistory(view, [rowOf('id of a')], whole)).toMatchObject([
      { key: 'a', fact: { kind: 'historyFound', jobId: 'id of a', row: { id: 'row of id of a' } } },
      { key: 'b', fact: { kind: 'historyMissing', isWhole: true, searchedAt: 50 } },
    ])
  })

  it('gives a row that is nobody’s to a start without a run, the oldest first', () => {
    const view = viewOf([queued('first'), queued('second', { requestedAt: 5 })])
    expect(factsOfHistory(view, [rowOf('x'), rowOf('y')], whole)).toMatchObject([
      { key: 'first', fact: { kind: 'historyFound', jobId: 'x' } },
      { key: 'second', fact: { kind: 'historyFound', jobId: 'y' } },
    ])
  })

  it('gives the row of a run that a stop has hidden, whose log names no job, to no other start', () => {
    const hidden = runningJob({ jobId: 'id of hidden', isHidden: true }, { key: 'hidden' })
    const rows = [rowOf('row 1'), rowOf('row 2')]
    const waiting = queued('waiting')
    expect(kindsOf(factsOfHistory(viewOf([hidden, waiting]), rows, whole))).toEqual([
      ['hidden', 'historyMissing'],
      ['waiting', 'historyMissing'],
    ])
    const ended = { ...hidden, end: endedJob('done').end }
    expect(factsOfHistory(viewOf([ended, waiting]), rows, whole)).toMatchObject([
      { key: 'hidden', fact: { kind: 'historyFound', jobId: 'id of hidden', row: { id: 'row of row 1' } } },
      { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 2' } },
    ])
    const failed = { ...hidden, end: endedJob('failed').end }
    expect(factsOfHistory(viewOf([failed, waiting]), rows, whole)).toMatchObject([
      { key: 'hidden', fact: { kind: 'historyMissing' } },
      { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 1' } },
    ])
  })

  it('gives a row that names no job only to a start from the queue that the entries tell nothing of', () => {
    const rows = [rowOf('row 1')]
    const kindFor = (job: Job, part: Partial<WorkflowView> = {}) =>
      kindsOf(factsOfHistory(viewOf([job], part), rows, whole))[0]?.[1]
    expect(kindFor(queued())).toBe('historyFound')
    const counted = queued('counted', { entryMark: '5' })
    expect(kindFor(counted)).toBe('historyFound')
    expect(kindFor(counted, { hasEntries: () => true })).toBe('historyMissing')
    expect(kindFor(queued(), { hasEntries: () => true })).toBe('historyFound')
    expect(kindFor(lost())).toBe('historyMissing')
  })

  describe('of runs that a stop has hidden', () => {
    const waiting = queued('waiting')

    it('keeps the rows that name a job as they are', () => {
      for (const one of [hiddenRun('one'), endedHidden('one', 10)])
        expect(rowsFor([one, waiting], 'x')).toMatchObject([
          { key: 'one', fact: { kind: 'historyMissing' } },
          { key: 'waiting', fact: { kind: 'historyFound', jobId: 'x' } },
        ])
    })

    it('keeps the row that a job is known by, though another has yet to end', () => {
      const known = { ...endedJob('stopped', {}, { key: 'known' }), run: runningJob({ jobId: 'row 1' }).run }
      expect(kindsOf(rowsFor([hiddenRun('one'), known], 'row 1'))).toEqual([
        ['one', 'historyMissing'],
        ['known', 'historyFound'],
      ])
    })

    it('gives a row with a status that nobody knows to the one of which that was told', () => {
      const odd: HistoryRow = { row: { ...entryOf('Done'), status: null }, jobId: 'row 1', olderThan: [] }
      const unknown = hiddenRun('one', { end: endedJob('unknown').end })
      expect(factsOfHistory(viewOf([unknown, waiting]), [odd, rowOf('row 2')], whole)).toMatchObject([
        { key: 'one', fact: { kind: 'historyFound', row: { status: null } } },
        { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 2' } },
      ])
    })

    it('gives such a row to the one whose entry has that status, though the server remembered how it ended', () => {
      const row = { ...entryOf('Done'), status: null, rawStatus: '42' }
      const ownerWhereEntrySays = (raw: string): unknown => {
        const entry = { ...recordOf('7'), status: { word: null, raw } }
        const ended = {
          ...endedHidden('one', 10),
          run: runWith({ jobId: 'id of one', isHidden: true, entry }),
        }
        const facts = factsOfHistory(
          viewOf([ended, waiting]),
          [{ row, jobId: 'row 1', olderThan: [] }],
          whole,
        )
        return facts.find(({ fact }) => fact.kind === 'historyFound')?.key
      }
      expect(ownerWhereEntrySays('42')).toBe('one')
      expect(ownerWhereEntrySays('43')).toBe('waiting')
    })

    it('gives the row of one that had ended long before to no later start, though the server’s clock was back', () => {
      const [statusDate, later] = ['24-11-2026 02:13:31', '24-11-2026 02:14:00']
      const row = { ...entryOf('Done'), statusDate }
      const ownerOfEntryFrom = (date: string): unknown => {
        const entry = { ...recordOf('7'), status: { word: 'Done', raw: '2' } as const, statusDate: date }
        const ended = {
          ...endedHidden('one', 10),
          run: runWith({ jobId: nameOfEntry('7'), isHidden: true, entry }),
        }
        const start = queued('waiting', { requestedAt: 90_000 })
        const facts = factsOfHistory(
          viewOf([ended, start], { asked: [start] }),
          [{ row, jobId: 'row 1', olderThan: [] }],
          whole,
        )
        return facts.find(({ fact }) => fact.kind === 'historyFound')?.key
      }
      expect(ownerOfEntryFrom(statusDate)).toBeUndefined()
      expect(ownerOfEntryFrom(later)).toBe('waiting')
    })

    it('gives none away that may be of one whose end was never known', () => {
      const unknown = hiddenRun('one', { end: endedJob('unknown').end })
      expect(kindsOf(rowsFor([unknown, waiting], 'row 1', 'row 2'))).toEqual([
        ['one', 'historyMissing'],
        ['waiting', 'historyMissing'],
      ])
      expect(rowsFor([unknown, endedHidden('two', 10), waiting], 'row 1', 'x')).toMatchObject([
        { key: 'one', fact: { kind: 'historyMissing' } },
        { key: 'two', fact: { kind: 'historyFound', row: { id: 'row of row 1' } } },
        { key: 'waiting', fact: { kind: 'historyFound', jobId: 'x' } },
      ])
    })

    it('gives none away while any of them has yet to end', () => {
      expect(kindsOf(rowsFor([endedHidden('one', 10), hiddenRun('other'), waiting], 'row 1'))).toEqual([
        ['one', 'historyMissing'],
        ['other', 'historyMissing'],
        ['waiting', 'historyMissing'],
      ])
    })

    it('gives the older row to the one that ended first', () => {
      const [earlier, later] = [endedHidden('earlier', 10), endedHidden('later', 20)]
      for (const jobs of [
        [earlier, later],
        [later, earlier],
      ]) {
        const facts = rowsFor(jobs, 'row 1', 'row 2')
        expect(facts.find(({ key }) => key === 'earlier')).toMatchObject({
          fact: { row: { id: 'row of row 1' } },
        })
        expect(facts.find(({ key }) => key === 'later')).toMatchObject({
          fact: { row: { id: 'row of row 2' } },
        })
      }
    })

    it('gives the row beside its own to the start that waits, and none with an odd status to one without an entry', () => {
      expect(rowsFor([endedHidden('one', 10), waiting], 'id of one', 'row 1')).toMatchObject([
        { key: 'one', fact: { kind: 'historyFound', row: { id: 'row of id of one' } } },
        { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 1' } },
      ])
      const odd: HistoryRow = { row: { ...entryOf('Done'), status: null }, jobId: 'row 1', olderThan: [] }
      expect(factsOfHistory(viewOf([endedHidden('one', 10), waiting]), [odd], whole)).toMatchObject([
        { key: 'one', fact: { kind: 'historyMissing' } },
        { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 1' } },
      ])
    })

    it('gives none to one whose start came after it', () => {
      const known = endedHidden('known', 10)
      const marked = { ...known, start: { ...known.start, historyMark: '3' } }
      const rows = ['3', '4'].map(
        (id): HistoryRow => ({ row: entryOf('Done', { id }), jobId: `row ${id}`, olderThan: [] }),
      )
      expect(factsOfHistory(viewOf([marked, waiting]), rows, whole)).toMatchObject([
        { key: 'known', fact: { kind: 'historyFound', row: { id: '4' } } },
        { key: 'waiting', fact: { kind: 'historyFound', row: { id: '3' } } },
      ])
    })

    it('gives none to one that had ended before all starts that are searched for', () => {
      const later = queued('waiting', { requestedAt: 20_000 })
      expect(factBeside(20_000 - sweeps.afterLastChange - 1, later)).toBe('historyFound')
      expect(factBeside(20_000 - sweeps.afterLastChange, later)).toBe('historyMissing')
      expect(factBeside(10_000, later, running('earlier'))).toBe('historyMissing')
    })

    it('gives no second row to one that has its own', () => {
      const record = { id: '1', status: { word: 'Done', raw: '2' }, at: 5 } as const
      const own = { ...endedHidden('own', 10), run: runningJob({ isHidden: true, history: record }).run }
      expect(rowsFor([own, waiting], 'row 2')).toContainEqual(
        expect.objectContaining({ key: 'waiting', fact: expect.objectContaining({ jobId: 'row 2' }) }),
      )
    })
  })

  it('gives a row that names no job, and that a job which is known by its entry has already, to no other start', () => {
    const history = { id: '7', status: { word: 'Stopped', raw: '6' }, at: 5 } as const
    const known = runningJob({ jobId: nameOfEntry('3'), isHidden: true, history }, { key: 'known' })
    const stopped = { ...known, end: endedJob('stopped').end }
    const row: HistoryRow = { row: entryOf('Stopped', { id: '7' }), jobId: namedByRow('7'), olderThan: [] }
    const view = viewOf([stopped, queued('waiting')], { asked: [queued('waiting')] })
    expect(kindsOf(factsOfHistory(view, [row], whole))).toEqual([['waiting', 'historyMissing']])
  })

  it('tells two runs without names apart whose entries have the same id, as after a restart', () => {
    const [first, second] = [entryAs('Stopped', 'first'), entryAs('Warning', 'second')]
    const runOf = (entry: ReturnType<typeof entryAs>) => ({ jobId: namedByEntry(entry), entry })
    const history = { ...first, id: '7' }
    const old = {
      ...runningJob({ ...runOf(first), history }, { key: 'old' }),
      end: endedJob('stopped').end,
    }
    const late = runningJob(runOf(second), { key: 'late' })
    const rows = [
      { row: entryOf('Stopped', { id: '7', statusDate: 'first' }), jobId: namedByRow('7'), olderThan: [] },
      { row: entryOf('Warning', { id: '9', statusDate: 'second' }), jobId: namedByRow('9'), olderThan: [] },
    ]
    expect(factsOfHistory(viewOf([old, late]), rows, whole)).toMatchObject([
      { key: 'old', fact: { kind: 'historyFound', row: { id: '7' } } },
      { key: 'late', fact: { kind: 'historyFound', row: { id: '9' } } },
    ])
    expect(kindsOf(factsOfHistory(viewOf([old, late]), rows.slice(0, 1), whole))).toEqual([
      ['old', 'historyFound'],
      ['late', 'historyMissing'],
    ])
  })

  it('gives a row that names no job to no start while a run is gone of which nothing says how it ended', () => {
    const waiting = queued('waiting')
    const keyBeside = (other: Job): unknown =>
      factsOfHistory(
        viewOf([other, waiting], { asked: [waiting] }),
        [{ row: entryOf('Stopped', { id: '9' }), jobId: namedByRow('9'), olderThan: [] }],
        whole,
      ).find(({ fact }) => fact.kind === 'historyFound')?.key
    const gone = { count: 1, since: 1, at: 1 }
    expect(keyBeside(runningJob({ jobId: 'id', entry: null, gone }, { key: 'gone' }))).toBeUndefined()
    expect(keyBeside(runningJob({ jobId: 'id', entry: null }, { key: 'goes on' }))).toBe('waiting')
  })

  it('gives the row of a job that is known to have ended so and then to no other start, though its log can’t be read', () => {
    const { rawStatus, statusDate } = entryOf('Stopped')
    const entry = { ...recordOf('3'), status: { word: 'Stopped', raw: rawStatus } as const, statusDate }
    const stopped = { ...runningJob({ jobId: 'id', entry }, { key: 'known' }), end: endedJob('stopped').end }
    const waiting = queued('waiting')
    const ownersOf = (...jobIds: readonly string[]) =>
      factsOfHistory(
        viewOf([stopped, waiting], { asked: [waiting] }),
        jobIds.map((jobId, at) => ({
          row: entryOf('Stopped', { id: `${at}` }),
          jobId: jobId === '' ? namedByRow(`${at}`) : jobId,
          olderThan: [],
        })),
        whole,
      )
    expect(kindsOf(ownersOf(''))).toEqual([['waiting', 'historyMissing']])
    const found = [{ key: 'waiting', fact: { kind: 'historyFound', row: { id: '1' } } }]
    expect(ownersOf('', '')).toMatchObject(found)
    expect(ownersOf('id', '')).toMatchObject(found)
  })

  it('gives a job one row: not that of another which ended so in the same second', () => {
    const { rawStatus, statusDate } = entryOf('Done')
    const record = { status: { word: 'Done', raw: rawStatus }, statusDate, at: 5 } as const
    const entry = { ...record, id: '3', isWitnessed: true }
    const known = endedJob('done', {}, { key: 'known' })
    const waiting = queued('waiting')
    const ownerOf = (job: Job, jobId: string): unknown =>
      factsOfHistory(
        viewOf([job, waiting]),
        [{ row: entryOf('Done', { id: '9' }), jobId, olderThan: [] }],
        whole,
      ).find(({ fact }) => fact.kind === 'historyFound')?.key
    const withRow = { ...known, run: runWith({ entry, history: { ...record, id: '8' } }) }
    expect(ownerOf(withRow, namedByRow('9'))).toBe('waiting')
    expect(ownerOf({ ...known, run: runWith({ entry }) }, 'x')).toBe('waiting')
  })

  it('knows the starts in the queue whose run may be that of a row without a name', () => {
    const waiting = queued('waiting', { historyMark: '7', entryMark: '5' })
    const strayIn = (rows: readonly HistoryRow[], others: readonly Job[] = [], job = waiting) => {
      const view = viewOf([...others, job], { asked: [job], hasEntries: () => true })
      return startsWithStrayRows(view, withOwners(view, rows), factsOfHistory(view, rows, whole)).map(
        ({ key }) => key,
      )
    }
    expect(strayIn([rowOf('row 8', ['6'])])).toEqual(['waiting'])
    expect(strayIn([rowOf('row 8', ['6'])], [hiddenRun('other')])).toEqual(['waiting'])
    // It stood there before, has a name, or is another's.
    expect(strayIn([rowOf('row 7', ['7'])])).toEqual([])
    expect(strayIn([rowOf('x')])).toEqual([])
    expect(strayIn([rowOf('row 8')], [endedHidden('other', 10)])).toEqual([])
    expect(strayIn([rowOf('row 8')], [runningJob({ jobId: 'row 8' }, { key: 'known' })])).toEqual([])
    // It is its own, or can't be: a start without an answer has no place in the queue.
    expect(strayIn([rowOf('row 8')], [], queued())).toEqual([])
    expect(strayIn([rowOf('row 8')], [], lost())).toEqual([])
  })

  it('gives no row that stood there before the start, nor any without a mark', () => {
    const rows = [rowOf('x', ['7'])]
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: '7' })]), rows, whole))).toEqual([
      ['a', 'historyMissing'],
    ])
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: '6' })]), rows, whole))).toEqual([
      ['a', 'historyFound'],
    ])
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: null })]), [rowOf('y')], whole))).toEqual([
      ['a', 'historyMissing'],
    ])
  })

  it('gives the second row that says of one job that it was stopped to the start behind it, whose own it is', () => {
    const stopped = endedJob('stopped')
    const view = viewOf([stopped, queued()], { asked: [queued()] })
    expect(factsOfHistory(view, rowsOfOne('Stopped', 'Stopped'), whole)).toMatchObject([
      { key: 'queued', fact: { kind: 'historyFound', jobId: namedByRow('2'), row: { id: '2' } } },
    ])
    // A job that another's stop was written over runs on, and has a second row from its end.
    expect(kindsOf(factsOfHistory(view, rowsOfOne('Stopped', 'Done'), whole))).toEqual([
      ['queued', 'historyMissing'],
    ])
  })

  it('gives no row that belongs to a job already', () => {
    const view = viewOf([lost('a'), endedJob('done')], { asked: [lost('a')] })
    expect(kindsOf(factsOfHistory(view, [rowOf('id')], whole))).toEqual([['a', 'historyMissing']])
  })

  it('that was not read whole gives nothing away: a row that can’t be read may be the start’s own', () => {
    const facts = factsOfHistory(viewOf([lost('a'), running('b')]), [rowOf('x'), rowOf('id of b')], {
      isWhole: false,
      searchedAt: 50,
    })
    expect(facts).toMatchObject([
      { key: 'a', fact: { kind: 'historyMissing', isWhole: false } },
      { key: 'b', fact: { kind: 'historyFound' } },
    ])
  })

  it('has nothing unread for a start that could not be named in it anyway', () => {
    const nameless = lost('a', { historyMark: null })
    expect(canBeSearchedFor(nameless)).toBe(false)
    expect([lost(), running('b')].map(canBeSearchedFor)).toEqual([true, true])
    expect(factsOfHistory(viewOf([nameless]), [], { isWhole: false, searchedAt: 50 })).toMatchObject([
      { fact: { kind: 'historyMissing', isWhole: true } },
    ])
  })

  it('says nothing of a start without a run while the answer of another can still come', () => {
    const view = viewOf([lost('a'), beingSent, running('b')], { asked: [lost('a'), running('b')] })
    expect(kindsOf(factsOfHistory(view, [rowOf('x')], whole))).toEqual([['b', 'historyMissing']])
  })

  it('gives a start its own row, though it may claim another one by now', () => {
    const own = running('a', { isParallel: true })
    const job: Job = { ...own, start: { ...own.start, historyMark: '' } }
    const view = viewOf([job], { askedOf: () => ({ entryAt: 100_000 }) })
    expect(factsOfHistory(view, [rowOf('x'), rowOf('id of a')], whole)).toMatchObject([
      { key: 'a', fact: { kind: 'historyFound', jobId: 'id of a' } },
    ])
  })

  it('gives a row to a start whose id was shown nowhere, once it may claim', () => {
    const from = replacedId.claimAfter
    const job: Job = {
      ...running('a', { isParallel: true }),
      start: { ...running('a').start, historyMark: '' },
    }
    const at = (now: number) =>
      kindsOf(factsOfHistory(viewOf([job], { now, askedOf: () => ({ entryAt: now }) }), [rowOf('x')], whole))
    expect(at(from - 1)).toEqual([['a', 'historyMissing']])
    expect(at(from)).toEqual([['a', 'historyFound']])
  })

  it('gives fewer new rows than there are such starts to none of them while their workflow is busy', () => {
    const from = replacedId.claimAfter
    const start = { ...running('a').start, historyMark: '7' }
    const starts = ['a', 'b'].map((key) => running(key, { isParallel: true, start }))
    const givenTo = (idleForMs: number, ...rows: readonly HistoryRow[]) =>
      kindsOf(
        factsOfHistory(
          viewOf(starts, { now: from, idleForMs, askedOf: () => ({ entryAt: from }) }),
          rows,
          whole,
        ),
      ).flatMap(([key, kind]) => (kind === 'historyFound' ? key : []))
    expect(givenTo(0, rowOf('old', ['7']), rowOf('x'))).toEqual([])
    expect(givenTo(from, rowOf('old', ['7']), rowOf('x'))).toEqual(['a'])
    expect(givenTo(0, rowOf('x'), rowOf('y'))).toEqual(['a', 'b'])
  })
})
