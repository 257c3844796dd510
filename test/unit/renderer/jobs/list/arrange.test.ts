import { describe, expect, it } from 'vitest'
import { arrange, type Arranged, type ArrangeOptions } from '../../../../../src/renderer/jobs/list/arrange.ts'
import { dayAfter, dayOf, momentOf } from '../../../../../src/renderer/jobs/list/moment.ts'
import type { JobView } from '../../../../../src/shared/job-view.ts'
import { endedView, viewIn } from '../../../job-view.ts'

const noon = new Date(2026, 10, 24, 12).getTime()
const today = dayOf(noon)
const hour = 3_600_000

const arranged = (jobs: readonly JobView[], options: Partial<ArrangeOptions> = {}): Arranged =>
  arrange(jobs, {
    isFollowed: () => true,
    chip: 'all',
    matches: () => true,
    openFolds: new Set(),
    ...options,
  })

/** The list as a text: a line for each section, with its rows by their keys; a fold says how many it holds. */
const drawn = ({ sections }: Arranged): string[] =>
  sections.map(({ id, entries }) => {
    const rows = entries.map(({ job, fold }) => (fold === null ? job.key : `${job.key}x${fold.jobs.length}`))
    return `${typeof id === 'number' ? Math.round((id - today) / (24 * hour)) : id}: ${rows.join(' ')}`
  })

const done = (key: string, endedAt: number, workflowId = 1): JobView =>
  endedView('done', { endedAt, durationMs: null }, { key, workflowId, startedAt: null })
const failed = (key: string, errorLine: string): JobView =>
  endedView('failed', { endedAt: noon, errorLine, durationMs: null }, { key, startedAt: null })

describe('the sections of the list', () => {
  const jobs = [
    viewIn('running', { key: 'r' }),
    done('a', noon),
    viewIn('waiting', { key: 'w' }),
    viewIn('notBegun', { key: 'n' }),
    done('b', noon - 24 * hour, 2),
    viewIn('queued', { key: 'q' }),
    done('c', noon - hour, 3),
  ]

  it('are what needs the person, what runs, and the days', () => {
    expect(drawn(arranged(jobs))).toEqual(['needsYou: w n', 'running: r q', '0: a c', '-1: b'])
  })

  it('are those of one chip where that is chosen, and each chip says what it would show', () => {
    const { counts } = arranged([...jobs, failed('f', 'x')])
    expect(counts).toEqual({ all: 8, running: 2, needsYou: 2, failed: 1, mine: 8, others: 0 })
    expect(drawn(arranged(jobs, { chip: 'running' }))).toEqual(['running: r q'])
    expect(drawn(arranged([...jobs, failed('f', 'x')], { chip: 'failed' }))).toEqual(['0: f'])
  })

  it('are those of one owner where that is chosen', () => {
    const all = [...jobs, viewIn('running', { key: 'o', origin: 'cron' })]
    expect(drawn(arranged(all, { chip: 'others' }))).toEqual(['running: o'])
    expect(drawn(arranged(all, { chip: 'mine' }))).toEqual(drawn(arranged(jobs)))
    expect(arranged(all).counts).toMatchObject({ mine: 7, others: 1 })
  })

  it('count what the search finds', () => {
    const found = arranged(jobs, { matches: ({ key }) => key === 'r' || key === 'a' })
    expect(found.counts).toEqual({ all: 2, running: 1, needsYou: 0, failed: 0, mine: 2, others: 0 })
    expect(drawn(found)).toEqual(['running: r', '0: a'])
  })

  it('hold what nobody follows by its day: it may be over', () => {
    const job = viewIn('waiting', { key: 'w', requestedAt: noon })
    expect(drawn(arranged([job], { isFollowed: () => false }))).toEqual(['0: w'])
  })
})

describe('equal ends in a row', () => {
  const pings = [1, 2, 3, 4].map((number) => done(`p${number}`, noon - number))

  it('are one row from three on, under the newest', () => {
    expect(drawn(arranged(pings))).toEqual(['0: p1x4'])
    expect(drawn(arranged(pings.slice(0, 2)))).toEqual(['0: p1 p2'])
    expect(arranged(pings).sections[0]?.count).toBe(4)
  })

  it('stay apart where another end comes between, or they say something else', () => {
    expect(drawn(arranged([...pings, done('x', noon - 2.5, 2)]))).toEqual(['0: p1 p2 x p3 p4'])
    expect(drawn(arranged([failed('a', '1'), failed('b', '1'), failed('c', '2')]))).toEqual(['0: a b c'])
  })

  it('do not go over midnight', () => {
    const before = [1, 2, 3].map((number) => done(`y${number}`, today - number))
    expect(drawn(arranged([...pings, ...before]))).toEqual(['0: p1x4', '-1: y1x3'])
  })

  it('open, by the oldest, since newer ones may join', () => {
    const openFolds = new Set(['p4'])
    expect(drawn(arranged(pings, { openFolds }))).toEqual(['0: p1x4 p2 p3 p4'])
    const more = [done('p0', noon), ...pings]
    expect(drawn(arranged(more, { openFolds }))).toEqual(['0: p0x5 p1 p2 p3 p4'])
  })
})

describe('the moment of a job', () => {
  it('is its end, and where that is not known when the app learnt of it', () => {
    expect(momentOf(endedView('done', { endedAt: noon - 9 * hour, learntAt: noon }))).toBe(noon - 9 * hour)
    expect(momentOf(endedView('done', { endedAt: null, learntAt: noon }))).toBe(noon)
    expect(momentOf(done('a', noon))).toBe(noon)
    expect(momentOf(viewIn('running', { requestedAt: 1, startedAt: 2 }))).toBe(2)
  })

  it('belongs to a day that need not have 24 hours', () => {
    expect(dayAfter(today)).toBe(new Date(2026, 10, 25).getTime())
    expect(dayAfter(new Date(2026, 9, 25).getTime())).toBe(new Date(2026, 9, 26).getTime())
  })
})
