import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest'
import { HistorySearch, searchText, type Sought } from '../../../../src/main/tracking/reads/history-search.ts'
import { namedByRow } from '../../../../src/main/tracking/ids.ts'
import { history } from '../../../../src/main/tracking/policy.ts'
import type { Entry } from '../../../../src/main/wexflow/server.ts'
import { entryPage } from '../../../entry-page.ts'
import { readLines } from '../../wexflow/read-lines.ts'
import { Followed, failing, second, tenSeconds, useFakeClock } from '../followed.ts'

const workflow = { id: 9002, name: 'P1s' }
const jobIdOf = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`

interface Served {
  readonly search: HistorySearch
  readonly logsRead: string[]
  readonly pagesRead: number[]
  /** What the pages were searched for, in their order. */
  readonly texts: string[]
  /** Rows whose log comes back empty. */
  readonly emptyLogs: Set<string>
  /** Rows whose log names no job. */
  readonly namelessLogs: Set<string>
  /** Rows whose log is that of another one, by their ids. */
  readonly sharedLogs: Map<string, string>
  /** The ids of rows that come on top, one whenever a page was read. */
  readonly arriving: string[]
}

const rowWith = (row: Partial<Entry> & { readonly id: string }): Entry => ({
  workflowId: workflow.id,
  name: workflow.name,
  status: 'Done',
  rawStatus: '2',
  statusDate: `at ${row.id}`,
  ...row,
})

/** A history of these rows, newest first; a row is its id, and its second if several share one. */
function serving(rows: readonly (Partial<Entry> & { readonly id: string })[]): Served {
  const logsRead: string[] = []
  const pagesRead: number[] = []
  const texts: string[] = []
  const emptyLogs = new Set<string>()
  const namelessLogs = new Set<string>()
  const sharedLogs = new Map<string, string>()
  const arriving: string[] = []
  const all = rows.map(rowWith)
  const search = new HistorySearch({
    history: (text, page, count) => {
      pagesRead.push(page)
      texts.push(text)
      const matching = all.filter(({ name }) => name.toLowerCase().includes(text))
      all.unshift(...arriving.splice(0, 1).map((id) => rowWith({ id })))
      return Promise.resolve(entryPage(matching, page, count))
    },
    historyLog: (id) => {
      logsRead.push(id)
      if (emptyLogs.has(id)) return Promise.resolve([])
      if (namelessLogs.has(id))
        return Promise.resolve(['2026-11-24 04:51:30.692  INFO - [P1s / 5] Workflow finished.'])
      return Promise.resolve([
        `2026-11-24 04:51:30.692  INFO - [P1s / 5] Workflow started - Instance Id: ${jobIdOf(Number(sharedLogs.get(id) ?? id))}`,
      ])
    },
  })
  return { search, logsRead, pagesRead, texts, emptyLogs, namelessLogs, sharedLogs, arriving }
}

const sought = (
  marks: readonly (string | null)[],
  wanted: ReadonlySet<string> | null,
  contested: ReadonlySet<string> = new Set(),
): Sought => ({ workflow, marks, wanted, contested })

const newestFirst = (count: number): { id: string }[] =>
  Array.from({ length: count }, (_, at) => ({ id: String(count - at) }))
const found = async (
  { search }: Served,
  marks: readonly (string | null)[],
  wanted: number[] | null,
): Promise<string[]> => {
  const ids = wanted === null ? null : new Set(wanted.map(jobIdOf))
  return (await search.find(sought(marks, ids))).rows.map(({ row }) => row.id)
}

describe('the history', () => {
  it('is read down to the mark, and no log of a row below it', async () => {
    const served = serving(newestFirst(500))
    expect(await found(served, ['495'], null)).toEqual(['495', '496', '497', '498', '499', '500'])
    expect(served.logsRead.toSorted()).toEqual(['495', '496', '497', '498', '499', '500'])
  })

  it('is read no further than to all that is wanted', async () => {
    const served = serving(newestFirst(500))
    expect(await found(served, ['495'], [496])).toContain('496')
    expect(served.pagesRead).toEqual([1])
  })

  it('is read down to the oldest of several marks, and says which rows each start knew before', async () => {
    const served = serving(newestFirst(20))
    const { rows } = await served.search.find(sought(['18', '16'], null))
    expect(rows.map(({ row, olderThan }) => [row.id, olderThan])).toEqual([
      ['16', ['18', '16']],
      ['17', ['18']],
      ['18', ['18']],
      ['19', []],
      ['20', []],
    ])
  })

  it('may hold a known job on either side of the mark in the mark’s own second', async () => {
    const rows = ['5', '4', '3', '2'].map((id) => ({ id, statusDate: id === '2' ? 'before' : 'the same' }))
    const served = serving(rows)
    expect(await found(served, ['4'], null)).toEqual(['3', '4', '5'])
  })

  it('tells the order of rows of one second by their ids: of a stop that met its job’s own end MariaDB has the end on top', async () => {
    const rows = ['2', '3', '1'].map((id) => ({ id, statusDate: 'one second' }))
    expect(await found(serving(rows), [null], null)).toEqual(['1', '2', '3'])
    expect(await found(serving(['b', 'c', 'a'].map((id) => ({ id }))), [null], null)).toEqual(['a', 'c', 'b'])
  })

  it('has each row once, though jobs that end while it is read push rows from one page on to the next', async () => {
    const served = serving(newestFirst(250))
    served.arriving.push('251', '252', '253')
    const ids = await found(served, ['10'], null)
    expect(served.pagesRead).toEqual([1, 2, 3])
    expect(ids).toEqual(Array.from({ length: 241 }, (_, at) => String(at + 10)))
  })

  it('has each row once below the marks as well', async () => {
    const below = Array.from({ length: 300 }, (_, at) => ({ id: String(500 - at) }))
    const served = serving([...newestFirst(150), ...below])
    served.arriving.push('601', '602', '603', '604', '605', '606')
    const ids = await found(served, ['50'], null)
    expect(ids).toHaveLength(new Set(ids).size)
  })

  it.each([
    ['in the same second', '24-11-2026 02:01:43', '6'],
    ['in the next one', '24-11-2026 02:01:44', '6'],
    ['later, and is another’s', '24-11-2026 02:01:45', '5'],
  ])('has a stop that met the end of a job as its last word, which came %s', async (_, statusDate, last) => {
    const ended = { id: '5', statusDate: '24-11-2026 02:01:43' }
    const served = serving([
      { id: '7' },
      { id: '6', status: 'Stopped', statusDate },
      ended,
      ...newestFirst(3),
    ])
    served.sharedLogs.set('6', '5')
    const row = await served.search.findOne(workflow, '1', jobIdOf(5), false)
    expect(row?.id).toBe(last)
  })

  it.each([
    ['from the mark upwards, where jobs end soon after their start', '300', ['300', '301', '302', '303']],
    ['from the top where there is no mark', null, ['302', '303', '304', '305']],
  ] as const)(
    'has its logs read %s, and no further than to the four among which the last job stands that is wanted',
    async (_, mark, read) => {
      const served = serving(newestFirst(305))
      expect(await found(served, [mark], [302])).toEqual(read)
      expect(served.logsRead.toSorted()).toEqual(read)
    },
  )

  it('is read on over pages, and no more than forty of them, whose end may hide a job', async () => {
    const served = serving(newestFirst(5000))
    const ids = new Set([jobIdOf(4500)])
    expect(await served.search.find(sought(['4400'], ids))).toMatchObject({ isWhole: true })
    expect(served.pagesRead.splice(0)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(await served.search.find(sought(['1'], new Set([jobIdOf(2)])))).toMatchObject({ isWhole: false })
    // Forty of all rows, and forty of those that the workflow's name finds.
    expect(served.pagesRead).toHaveLength(2 * history.mostPages)
  })

  it('may hide a job whose log the server failed to read, and is asked for that again', async () => {
    const served = serving(newestFirst(3))
    served.emptyLogs.add('2')
    expect(await served.search.find(sought([''], null))).toMatchObject({ isWhole: false })
    served.emptyLogs.clear()
    expect(await served.search.find(sought([''], null))).toMatchObject({ isWhole: true })
    expect(served.logsRead).toEqual(['1', '2', '3', '2'])
  })

  it('hides nothing in the empty log of a stopped job: one that another’s stop ended has no line', async () => {
    const served = serving([{ id: '3' }, { id: '2', status: 'Stopped', rawStatus: '6' }, { id: '1' }])
    served.emptyLogs.add('2')
    const { rows, isWhole } = await served.search.find(sought([''], null))
    expect(isWhole).toBe(true)
    expect(rows.map(({ jobId }) => jobId)).toEqual([jobIdOf(1), 'row 2', jobIdOf(3)])
  })

  it('and is read again by the next search: a server in trouble says of any log that it is empty', async () => {
    const served = serving([{ id: '2', status: 'Stopped', rawStatus: '6' }, { id: '1' }])
    served.emptyLogs.add('2')
    expect(await found(served, [''], null)).toEqual(['1', '2'])
    served.emptyLogs.clear()
    const { rows } = await served.search.find(sought([''], null))
    expect(rows.map(({ jobId }) => jobId)).toEqual([jobIdOf(1), jobIdOf(2)])
  })

  it.each([
    { from: 'above a mark', mark: '6' },
    { from: 'without one', mark: null },
  ])(
    'holds two rows of a job that another’s stop was written over: the newer tells, $from',
    async ({ mark }) => {
      const { search } = serving([
        { id: '9' },
        { id: '07' },
        { id: '8' },
        { id: '7', status: 'Stopped' },
        { id: '6' },
      ])
      expect(await search.findOne(workflow, mark, jobIdOf(7), true)).toMatchObject({
        id: '07',
        status: 'Done',
      })
    },
  )

  it('is asked for no log twice, and for none of another workflow', async () => {
    const served = serving([{ id: '3', workflowId: 1 }, { id: '2' }, { id: '1' }])
    await found(served, [null], null)
    await found(served, [null], null)
    expect(served.logsRead.toSorted()).toEqual(['1', '2'])
  })

  it('is marked by its newest row, or by nothing where it is empty', async () => {
    expect(await serving(newestFirst(3)).search.mark()).toBe('3')
    expect(await serving([]).search.mark()).toBe('')
  })
})

/** So many rows of before, and below the newest so many of them those that came after the clock went back. */
const displaced = (above: number, ...late: number[]): { id: string }[] => {
  const old = newestFirst(1000)
  return [...old.slice(0, above), ...late.map((id) => ({ id: String(id) })), ...old.slice(above)]
}

describe('a history whose server’s clock went back', () => {
  it.each([{ above: 3 }, { above: 150 }, { above: 350 }])(
    'holds the newer rows below $above older ones, and they are found by their numbers',
    async ({ above }) => {
      const served = serving(displaced(above, 1002, 1001))
      const rows = await found(served, ['1000'], null)
      expect(rows).toEqual(expect.arrayContaining(['1001', '1002']))
      const { rows: named } = await served.search.find(sought(['1000'], null))
      expect(named.filter(({ olderThan }) => olderThan.length === 0).map(({ row }) => row.id)).toEqual([
        '1001',
        '1002',
      ])
    },
  )

  it('is not searched below for ever: a few pages on that hold nothing new are the end', async () => {
    const served = serving(displaced(900, 1001))
    expect(await found(served, ['1000'], null)).not.toContain('1001')
    expect(Math.max(...served.pagesRead)).toBe(history.pagesBelow + 1)
  })

  it('is found by no number where its ids are none', async () => {
    const rows = ['c', 'b', 'a'].map((id) => ({ id: `${id}-1` }))
    const served = serving(rows)
    served.namelessLogs.add('c-1')
    served.namelessLogs.add('b-1')
    served.namelessLogs.add('a-1')
    const { rows: named } = await served.search.find(sought(['b-1'], null))
    expect(named.map(({ row, olderThan }) => [row.id, olderThan])).toEqual([
      ['b-1', ['b-1']],
      ['c-1', []],
    ])
  })
})

it('rows of one second stand in any order: all newer ones are found, and each older one is known as such', async () => {
  const served = serving(
    ['3', '4', '5', '6', '2', '1'].map((id) => ({ id, statusDate: Number(id) > 2 ? 'now' : `at ${id}` })),
  )
  const { rows, isWhole } = await served.search.find(sought(['4'], null))
  expect(isWhole).toBe(true)
  const newer = rows.filter(({ olderThan }) => olderThan.length === 0).map(({ row }) => row.id)
  expect(newer.toSorted()).toEqual(['5', '6'])
  expect(rows.find(({ row }) => row.id === '3')?.olderThan).toEqual(['4'])
})

it('a numeric mark that is no longer there is still a limit', async () => {
  const served = serving(['9', '8', '5', '4'].map((id) => ({ id })))
  expect(await found(served, ['7'], null)).toEqual(expect.arrayContaining(['8', '9']))
  expect(
    (await served.search.find(sought(['7'], null))).rows.find(({ row }) => row.id === '4'),
  ).toBeUndefined()
})

it('the workflow’s id decides, whatever name its rows carry', async () => {
  const served = serving([
    { id: '4', name: 'Renamed since' },
    { id: '3', name: 'P1s', workflowId: 77 },
    { id: '2', name: 'P1s' },
  ])
  expect(await found(served, ['1'], null)).toEqual(['2', '4'])
  expect(served.texts.every((text) => text === '')).toBe(true)
})

it('a row whose log names no job has a name of its own, and hides nothing', async () => {
  const served = serving(newestFirst(3))
  served.namelessLogs.add('2')
  const { rows, isWhole } = await served.search.find(sought(['0'], null))
  expect(isWhole).toBe(true)
  expect(rows.map(({ row, jobId }) => [row.id, jobId])).toEqual([
    ['1', jobIdOf(1)],
    ['2', namedByRow('2')],
    ['3', jobIdOf(3)],
  ])
})

it('among more than four thousand rows of others a job is found by its workflow’s name', async () => {
  const others = newestFirst(5000).map(({ id }) => ({ id, workflowId: 1, name: 'Noise' }))
  const served = serving([...others.slice(0, 4900), { id: '4900000' }, ...others.slice(4900)])
  expect(await found(served, ['1'], [4_900_000])).toEqual(['4900000'])
  const { mostPages } = history
  expect(served.texts.slice(0, mostPages)).toEqual(Array.from({ length: mostPages }, () => ''))
  expect(served.texts.slice(mostPages)).toEqual(['p1s'])
})

it.each([
  ['Nightly import', 'nightly import'],
  ['Workflow_Approval', 'workflow_approval'],
  ['Émile report', 'mile report'],
  ['Übersicht', 'bersicht'],
  ['[PROD] Import', 'import'],
  ['C:\\temp copy', 'temp copy'],
  ['100 % sure', 'sure'],
  ['Import $stage of {date:dd-MM-yyyy}', 'import'],
  ['日本語', ''],
  ['É', ''],
])('the history of %s is searched by what every database finds in it: %o', (name, text) => {
  expect(searchText(name)).toBe(text)
})

describe('on the simulated server', () => {
  beforeEach(useFakeClock)
  afterEach(() => vi.useRealTimers())

  it('finds each job of an earlier run by its own log', async () => {
    const app = await Followed.begin()
    const jobs = [
      await app.start(failing),
      await app.start(second),
      await app.start(failing),
      await app.start(tenSeconds),
    ]
    await app.advance(100)
    app.closeApp()
    await app.advance(12_000)
    app.sim.restart('killed')
    await app.advance(5000)
    app.sim.startElsewhere(failing.id)
    await app.openApp()
    await app.advance(3000)
    app.sim.startElsewhere(second.id)
    await app.advance(3000)
    expect(jobs.map((job) => app.toldOf(job).map(({ outcome, from }) => [outcome, from]))).toEqual([
      [['failed', 'history']],
      [['done', 'history']],
      [['failed', 'history']],
      [['done', 'history']],
    ])
    expect(new Set(app.jobs.map(({ historyId }) => historyId)).size).toBe(4)
  })

  it('gives the log of such a job', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    await app.restartApp(3000)
    app.sim.restart('killed', 500)
    await app.advance(5000)
    const log = readLines(app.tracker.jobLog(job.key))
    await app.advance(100)
    expect((await log)[0]).toMatch(new RegExp(`Instance Id: ${app.job(job).jobId}$`))
  })
})

describe('the newest row before a start', () => {
  it('is of all rows of a second, where a database keeps whole seconds and has the oldest of one first', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => ({ id: String(at + 1), statusDate: '09:12:01' }))
    const { search, pagesRead } = serving(rows)
    expect(await search.mark()).toBe('30')
    expect(pagesRead).toEqual([1, 1])
  })

  it('is one that was seen before, where the server’s clock went back and old rows are on top', async () => {
    const old = newestFirst(30)
    const served = serving([...old, { id: '300' }])
    expect(await served.search.mark()).toBe('30')
    await found(served, ['0'], null)
    expect(await served.search.mark()).toBe('300')
  })

  it('is known from the jobs of an earlier launch as well', async () => {
    const { search } = serving(newestFirst(30))
    search.noteIds(['', '300'])
    expect(await search.mark()).toBe('300')
  })

  it('is none of another database, whose rows are all read', async () => {
    const { search } = serving(newestFirst(3))
    search.noteIds(['300'])
    expect(await search.mark()).toBe('3')
  })
})
