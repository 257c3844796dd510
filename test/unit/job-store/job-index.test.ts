import { beforeEach, describe, expect, it } from 'vitest'
import { JobIndex } from '../../../src/main/job-store/job-index.ts'
import { endWith, jobWith, runningJob, runWith } from '../job.ts'

let index: JobIndex
beforeEach(() => {
  index = new JobIndex()
})

const keysOf = (jobs: readonly { readonly key: string }[]): string[] => jobs.map(({ key }) => key)

describe('the index of the jobs', () => {
  it('knows a job as open, then in doubt, then as neither, as its end becomes known', () => {
    const open = runningJob({ jobId: 'x' }, { key: 'a' })
    index.put(open, undefined)
    expect(keysOf(index.open('server'))).toEqual(['a'])
    expect(index.inDoubt('server')).toEqual([])

    const told = { ...open, end: endWith('done', { from: 'stream' }) }
    index.put(told, open)
    expect(index.open('server')).toEqual([])
    expect(index.inDoubt('server')).toEqual([told])

    const recorded = { ...told, end: endWith('done', { from: 'entry' }) }
    index.put(recorded, told)
    expect(index.inDoubt('server')).toEqual([])
    expect(index.ofWorkflow('server', open.workflowId)).toEqual([recorded])
  })

  it('keeps the jobs of each server and workflow apart', () => {
    index.put(jobWith({ key: 'a', workflowId: 1 }), undefined)
    index.put(jobWith({ key: 'b', workflowId: 2 }), undefined)
    index.put(jobWith({ key: 'c', workflowId: 1, serverId: 'other' }), undefined)
    expect(keysOf(index.open('server'))).toEqual(['a', 'b'])
    expect(keysOf(index.ofWorkflow('server', 1))).toEqual(['a'])
    expect(keysOf(index.ofWorkflow('other', 1))).toEqual(['c'])
    expect(index.open('a third')).toEqual([])
    expect(keysOf(index.openOfOtherProfiles('server'))).toEqual(keysOf(index.open('other')))
  })

  it('keeps the order in which jobs were asked for, whatever becomes of them', () => {
    const first = runningJob({ jobId: 'x' }, { key: 'a' })
    index.put(first, undefined)
    index.put(jobWith({ key: 'b' }), undefined)
    index.put({ ...first, run: runWith({ jobId: 'y' }) }, first)
    expect(keysOf(index.open('server'))).toEqual(['a', 'b'])
    expect(keysOf(index.ofWorkflow('server', first.workflowId))).toEqual(['a', 'b'])
  })

  it('knows an id as long as one job has it', () => {
    const [one, other] = ['a', 'b'].map((key) => runningJob({ jobId: 'x' }, { key }))
    if (one === undefined || other === undefined) throw new Error('two jobs')
    index.put(one, undefined)
    index.put(other, undefined)
    const moved = { ...one, run: runWith({ jobId: 'y' }) }
    index.put(moved, one)
    expect([keysOf(index.withJobId('x')), keysOf(index.withJobId('y'))]).toEqual([['b'], ['a']])
    index.delete(other)
    expect(index.withJobId('x')).toEqual([])
    index.delete(moved)
    expect(index.withJobId('y')).toEqual([])
    expect(index.open('server')).toEqual([])
    expect(index.ofWorkflow('server', one.workflowId)).toEqual([])
  })
})
