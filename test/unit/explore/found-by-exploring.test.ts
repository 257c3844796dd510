import { describe, expect, it } from 'vitest'
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
})
