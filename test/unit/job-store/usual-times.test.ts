import { beforeEach, describe, expect, it } from 'vitest'
import { UsualTimes } from '../../../src/main/job-store/usual-times.ts'
import type { JobView } from '../../../src/shared/job-view.ts'
import { workflowKeyOf } from '../../../src/shared/usual.ts'
import { endedView, viewIn } from '../job-view.ts'
import { MemoryDisk } from './memory-journal.ts'

let disk: MemoryDisk
beforeEach(() => {
  disk = new MemoryDisk()
})

const open = (): Promise<UsualTimes> => UsualTimes.open({ file: disk.open(), onProblem: () => {} })

const workflow = { serverId: 'server', workflowId: 1 }
const key = workflowKeyOf(workflow)

/** A run that ended then and took so long, both in milliseconds. */
const took = (durationMs: number | null, at = durationMs ?? 0, part: Partial<JobView> = {}) =>
  endedView('done', { durationMs, learntAt: at }, { jobId: `run ${at}`, ...part })

const usualOf = async (...jobs: readonly JobView[]): Promise<number | undefined> => {
  const times = await open()
  times.note(jobs)
  return times.durations.get(key)
}

describe('what a workflow usually takes', () => {
  it('is the middle one of the runs that did their work, as far as it is known how long they took', async () => {
    const failed = endedView('failed', { durationMs: 100 }, { jobId: 'failed' })
    const suspended = took(900, 900, { wasSuspended: true })
    expect(await usualOf(took(5), took(1), took(null), failed, suspended, viewIn('running'), took(9))).toBe(5)
    expect(await usualOf(failed, suspended)).toBeUndefined()
  })

  it('counts the newest twenty, in whatever order they are told', async () => {
    const old = Array.from({ length: 90 }, (_, index) => took(50, index))
    const recent = Array.from({ length: 20 }, (_, index) => took(1, 100 + index))
    expect(await usualOf(...recent, ...old)).toBe(1)
  })

  it('outlives the app and its list of jobs', async () => {
    const times = await open()
    times.note([took(5), took(1), took(9)])
    await times.flush()
    expect((await open()).durations.get(key)).toBe(5)
  })

  it('follows what is learnt later of a run', async () => {
    const times = await open()
    const told: (number | null)[] = []
    times.onChange((_key, durationMs) => told.push(durationMs))
    times.note([took(5, 1)])
    times.note([took(7, 1)])
    times.note([took(7, 1)])
    times.note([endedView('failed', { durationMs: 7, learntAt: 1 }, { jobId: 'run 1' })])
    expect(told).toEqual([5, 7, null])
    expect(times.durations.has(key)).toBe(false)
  })

  it('keeps workflows and servers apart, and a forgotten server’s are forgotten', async () => {
    const times = await open()
    times.note([took(1), took(2, 2, { workflowId: 2 }), took(3, 3, { serverId: 'other' })])
    expect([...times.durations.values()]).toEqual([1, 2, 3])
    times.forgetServer('server')
    await times.flush()
    expect([...(await open()).durations.values()]).toEqual([3])
  })

  it('is sure from three runs on', async () => {
    const times = await open()
    times.note([took(1), took(2)])
    expect([times.sureDuration(workflow), times.needsHistory(workflow)]).toEqual([null, true])
    times.note([took(3)])
    expect([times.sureDuration(workflow), times.needsHistory(workflow)]).toEqual([2, false])
  })
})

describe('the history', () => {
  it('is asked once, also where it tells too little', async () => {
    const times = await open()
    expect(times.needsHistory(workflow)).toBe(true)
    times.noteHistory(workflow, [])
    await times.flush()
    expect((await open()).needsHistory(workflow)).toBe(false)
  })

  it('tells of runs before those that the app has seen, and of none of them twice', async () => {
    const times = await open()
    times.note([took(10, 10)])
    times.noteHistory(workflow, [
      { id: 'run 10', durationMs: 10 },
      { id: 'b', durationMs: 30 },
      { id: 'a', durationMs: 20 },
    ])
    expect(times.sureDuration(workflow)).toBe(20)
    times.note(Array.from({ length: 18 }, (_, index) => took(1, 100 + index)))
    times.note([took(1, 200)])
    expect(times.durations.get(key)).toBe(1)
  })
})
