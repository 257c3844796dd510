import { describe, expect, it } from 'vitest'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { areSame, namelessRunsOf } from '../../../../src/main/tracking/watch/same-run.ts'
import { endedJob, jobWith, runWith, startAt } from '../../job.ts'

const entry: NonNullable<Run['entry']> = {
  id: '7',
  status: { word: 'Done', raw: '2' },
  at: 0,
  isWitnessed: true,
}
const history: Run['history'] = { id: '9', status: { word: 'Done', raw: '2' }, at: 0 }

/** A run that only its entry names, and that was seen to end then. */
const watched = (key: string, endedAt: number, outcome: 'done' | 'failed' = 'done'): Job =>
  endedJob(
    outcome,
    { endedAt },
    {
      key,
      start: startAt(0, { answer: { kind: 'elsewhere', at: 0, launchType: 'trigger' } }),
      run: runWith({ jobId: 'entry 7', entry }),
    },
  )

const keysOf = (start: Job, runs: readonly Job[], serverRunSince = 0): string[] =>
  namelessRunsOf(start, runs, serverRunSince).map(({ key }) => key)

describe('two runs are the same', () => {
  const seen = runWith({ jobId: 'seen', entry })

  it('where they have one id, or one entry: what only its entry named may have got its name', () => {
    expect(areSame(runWith({ jobId: 'seen' }), seen)).toBe(true)
    expect(areSame(runWith({ jobId: 'entry 7', entry }), seen)).toBe(true)
  })

  it('and are not otherwise', () => {
    const others = [
      null,
      runWith({ jobId: 'other' }),
      runWith({ jobId: 'other', entry: { ...entry, id: '8' } }),
    ]
    for (const other of others) {
      expect(areSame(seen, other)).toBe(false)
      expect(areSame(runWith({ jobId: 'without entry' }), other)).toBe(false)
    }
  })
})

describe('a watched run that nothing names is the start’s own', () => {
  it('where the start has its entry, and it has not ended since the server’s last restart', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', entry }) })
    expect(keysOf(start, [watched('others', 1000)], 1000)).toEqual(['others'])
    const goesOn = { ...watched('goes on', 0), end: null }
    expect(keysOf(start, [goesOn], 0)).toEqual(['goes on'])
    expect(keysOf(start, [goesOn], 1)).toEqual([])
  })

  it('where the start has its entry', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', entry }) })
    expect(keysOf(start, [watched('others', 1000)])).toEqual(['others'])
  })

  it('where the start has the row that was written as it ended', () => {
    const start = jobWith({ key: 'start', start: startAt(500), run: runWith({ jobId: 'row 9', history }) })
    const runs = [watched('later', 2000), watched('first', 900), watched('failed', 600, 'failed')]
    expect(keysOf(start, runs)).toEqual(['first'])
    expect(keysOf(start, runs.toReversed())).toEqual(['first'])
    expect(keysOf(start, [watched('at that moment', 500)])).toEqual(['at that moment'])
  })

  it('and which has the date of that row, though another one ended before it', () => {
    const dated = { ...history, statusDate: '24-11-2026 03:13:31' }
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'row 9', history: dated }) })
    const own = watched('own', 2000)
    const { statusDate } = dated
    const ownRun = runWith({ jobId: 'entry 8', entry: { ...entry, id: '8', statusDate } })
    expect(keysOf(start, [watched('earlier', 900), { ...own, run: ownRun }])).toEqual(['own'])
  })
})

describe('a watched run that nothing names is not the start’s own', () => {
  it('where the last run of the server had an entry of the same id', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', entry }) })
    expect(keysOf(start, [watched('others', 1000)], 1001)).toEqual([])
  })

  it('where it had been seen to end before the start was asked for', () => {
    const start = jobWith({ key: 'start', start: startAt(1001), run: runWith({ jobId: 'row 9', history }) })
    expect(keysOf(start, [watched('others', 1000)])).toEqual([])
  })

  it('where it goes on, and all that the start has is a row, or nothing', () => {
    const goesOn = { ...watched('goes on', 0), end: null }
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'row 9', history }) })
    for (const one of [start, jobWith({ key: 'start' })]) expect(keysOf(one, [goesOn])).toEqual([])
  })

  it('where it has a name by now, or no entry', () => {
    const named = { ...watched('named', 1000), run: runWith({ jobId: 'other', entry }) }
    const unseen = { ...watched('unseen', 1000), run: runWith({ jobId: 'other' }) }
    const without = { ...watched('without', 1000), run: null }
    const starts = [runWith({ jobId: 'seen', entry }), runWith({ jobId: 'row 9', history })]
    for (const run of starts)
      expect(keysOf(jobWith({ key: 'start', run }), [named, unseen, without])).toEqual([])
  })

  it('where the start’s row names its job', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', history }) })
    expect(keysOf(start, [watched('others', 1000)])).toEqual([])
  })
})
