import { describe, expect, it } from 'vitest'
import { bothStarted } from '../../explore/both-started.ts'
import { replay } from '../../explore/search.ts'
import type { WorkflowKind } from '../../explore/server-model.ts'

/** Orders of events in which the model check found an end that was wrong, or never told (docs/explore.md). */

const wrongIn = async (workflow: WorkflowKind, ...events: readonly string[]): Promise<readonly string[]> =>
  (await replay(workflow, events)).wrong

describe('a queued start that a stop of the job before has stopped too, in that job’s name', () => {
  const stopsNext = 'a: is stopped by the app (stopsNextInItsName)'

  it('is not given the entry of the job before', async () => {
    const begun = ['a: is answered', 'b: is sent', 'b: reaches the server', 'run 1 (a) begins'] as const
    expect(await wrongIn('queue', 'a: is sent', 'a: reaches the server', ...begun, stopsNext)).toEqual([])
  })

  it('is found by its entry, although the job before had not shown its own', async () => {
    const begun = ['a: is answered', 'run 1 (a) begins', 'b: is sent', 'b: reaches the server'] as const
    expect(await wrongIn('queue', 'a: is sent', 'a: reaches the server', ...begun, stopsNext)).toEqual([])
  })

  it('is found by its entry, although the job before was told by its own row in the history', async () => {
    const begun = [
      'time passes: entry a: it has just begun',
      'run 1 (a) begins, under way: entry a: the server has taken its start and shows nothing of it',
      'b: is sent',
      'b: reaches the server',
    ] as const
    const asked = ['a: is sent', 'a: reaches the server', 'a: is answered'] as const
    expect(await wrongIn('queue', ...asked, ...begun, stopsNext)).toEqual([])
  })
})

describe('a start whose answer was lost', () => {
  it('is waited for while its workflow runs the job before it, since it may be in the queue', async () => {
    const wrong = await wrongIn(
      'queue',
      'a: is sent',
      'a: reaches the server',
      'run 1 (a) begins',
      'b: is sent',
      'b: reaches the server',
      'the app dies and starts again',
      'a quarter of an hour passes',
    )
    expect(wrong).toEqual([])
  })

  it('does not take what runs from the start in the queue, whose turn comes first', async () => {
    const wrong = await wrongIn(
      'queue',
      'a: is sent',
      'a: reaches the server',
      'a: its answer is lost',
      'run 1 (a) begins',
      'b: is sent',
      'b: reaches the server',
      'run 1 (a) ends',
      'run 2 (b) begins',
    )
    expect(wrong).toEqual([])
  })

  it('has the older run, where another was sent after it and both were lost', async () => {
    const { jobs } = await replay('parallel', [
      'a: is sent',
      'b: is sent',
      'a: reaches the server',
      'b: reaches the server',
      'run 1 (a) begins',
      'run 2 (b) begins',
      'the app dies and starts again',
    ])
    expect(jobs.map(({ key, end }) => [key, end?.outcome])).toEqual([
      ['a', 'done'],
      ['b', 'failed'],
    ])
  })
})

describe('a start that the server says it stopped', () => {
  it('was there under its id, and takes no other start’s run', async () => {
    const wrong = await wrongIn(
      'queue',
      ...bothStarted.queue,
      'a: is stopped by the app (true)',
      'run 2 (b) begins',
      'run 2 (b) ends',
      'the server restarts',
    )
    expect(wrong).toEqual([])
  })
})

describe('a start that was given an id which never exists', () => {
  const behind = ['a: is sent', 'a: reaches the server', 'a: is answered', 'b: is sent'] as const

  it.each(['hidesNext', 'stopsNextToo'])(
    'is told how its run ended, though a stop has left that without a name (%s): its own id is asked for all the same',
    async (way) => {
      const wrong = await wrongIn(
        'queue',
        ...behind,
        'b: is answered with an id that never exists',
        'run 1 (a) begins',
        `a: is stopped by the app (${way})`,
      )
      expect(wrong).toEqual([])
    },
  )
})

describe('a run that is known by its entry alone', () => {
  it('is told as ended when the server has restarted, though it can’t be asked for by its id', async () => {
    const wrong = await wrongIn(
      'queue',
      ...bothStarted.queue,
      'a: is stopped by the app (hidesNext)',
      'run 2 (b) begins',
      'time passes: the newest entries',
      'the server restarts',
    )
    expect(wrong).toEqual([])
  })
})
