import { describe, expect, it } from 'vitest'
import type { End, Job } from '../../../src/main/tracking/job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { wrongInTheEnd, wrongNow } from '../../explore/properties.ts'
import { begin, end, newServer, serve, type ServerState, take } from '../../explore/server-model.ts'
import { endedJob, endWith, runningJob } from '../job.ts'

/** Both starts were taken side by side; the first ended as Done, the second runs, another's ended as Warning. */
function served(): ServerState {
  const server = newServer('parallel', 'sqlite')
  serve(server, 'a', 'plainly')
  serve(server, 'b', 'plainly')
  take(server, 'other')
  for (const run of server.runs) begin(server, run)
  for (const run of server.runs) if (run.owner !== 'b') end(server, run)
  return server
}

const idOf = ({ runs }: ServerState, owner: string): string =>
  runs.find((run) => run.owner === owner)?.id ?? ''

/** The app's first start, told so, with the run of this owner. */
function told(
  outcome: Outcome,
  part: Partial<Job> = {},
  owner = 'a',
  how: Partial<End> = {},
): readonly string[] {
  const server = served()
  const { run } = runningJob({ jobId: idOf(server, owner) })
  return wrongNow(server, [endedJob(outcome, {}, { key: 'a', run, end: endWith(outcome, how), ...part })])
}

describe('what is said of an end', () => {
  it('is true where the run of the start ended so', () => {
    expect(told('done')).toEqual([])
    expect(told('failed')).toHaveLength(1)
    expect(told('notStarted')).toHaveLength(1)
    expect(told('unknown')).toEqual([])
  })

  it('may be true of another’s run only where it says that it may be', () => {
    expect(told('warning', { maybeOthers: true }, 'other')).toEqual([])
    expect(told('warning', {}, 'other')).toHaveLength(1)
    expect(told('failed', { maybeOthers: true }, 'other')).toHaveLength(1)
  })

  it('is not true while the run runs', () => {
    const lost = { from: 'inferred', reason: 'notRecorded' } as const
    expect(told('unknown', { key: 'b' }, 'b', lost)).toHaveLength(1)
    expect(told('done', { key: 'b' }, 'b')).toHaveLength(1)
  })
})

it('no run is that of two starts', () => {
  const server = served()
  const jobs = ['a', 'b'].map((key) => runningJob({ jobId: idOf(server, 'b') }, { key }))
  expect(wrongNow(server, jobs)).toEqual(['two starts have the same run'])
})

describe('in the end', () => {
  it('every start is told', () => {
    expect(wrongInTheEnd(served(), [runningJob({}, { key: 'a' })])).toEqual([
      'a: never told how it ended: its run 1 Done',
    ])
  })

  it('none is told as unknown that left a record, unless another start may have it', () => {
    const server = served()
    const a = endedJob('unknown', { from: 'inferred', reason: 'startUnconfirmed' }, { key: 'a' })
    expect(wrongInTheEnd(server, [a])).toHaveLength(1)
    const b = runningJob({ jobId: idOf(server, 'a') }, { key: 'b', maybeOthers: true, end: endWith('done') })
    expect(wrongInTheEnd(server, [a, b])).toEqual([])
  })
})
