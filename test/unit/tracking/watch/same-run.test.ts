import { describe, expect, it } from 'vitest'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { namelessRunsOf } from '../../../../src/main/tracking/watch/same-run.ts'
import { endedJob, jobWith, runWith, startAt } from '../../job.ts'

const entry: Run['entry'] = { id: '7', status: { word: 'Done', raw: '2' }, at: 0, isWitnessed: true }
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

describe('a watched run that nothing names is the start’s own', () => {
  it('where the start has its entry', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', entry }) })
    expect(keysOf(start, [watched('others', 1000)])).toEqual(['others'])
  })

  it('where the start has the row that was written as it ended', () => {
    const start = jobWith({ key: 'start', start: startAt(500), run: runWith({ jobId: 'row 9', history }) })
    const runs = [watched('later', 2000), watched('first', 1000), watched('failed', 900, 'failed')]
    expect(keysOf(start, runs)).toEqual(['first'])
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

  it('where the start’s row names its job', () => {
    const start = jobWith({ key: 'start', run: runWith({ jobId: 'seen', history }) })
    expect(keysOf(start, [watched('others', 1000)])).toEqual([])
  })
})
