import { describe, expect, it } from 'vitest'
import { usualDurations, workflowKeyOf } from '../../../src/shared/usual.ts'
import { endedView, viewIn } from '../job-view.ts'

const took = (durationMs: number | null) => endedView('done', { durationMs })
const usual = (...jobs: Parameters<typeof usualDurations>[0][]): number | undefined =>
  usualDurations(jobs.flatMap((some) => Array.from(some))).get(
    workflowKeyOf({ serverId: 'server', workflowId: 1 }),
  )

describe('the usual duration', () => {
  it('is the middle one of those known', () => {
    expect(usual([took(5), took(1), took(null), took(9)])).toBe(5)
    expect(usual([took(4), took(2)])).toBe(3)
  })

  it('leaves out what did not do its work, or has not ended', () => {
    const failed = endedView('failed', { durationMs: 100 })
    expect(usual([failed, viewIn('running'), took(7), endedView('stopped', { durationMs: 200 })])).toBe(7)
    expect(usual([failed])).toBeUndefined()
  })

  it('counts the newest twenty', () => {
    expect(
      usual(
        Array.from({ length: 20 }, () => took(1)),
        Array.from({ length: 90 }, () => took(50)),
      ),
    ).toBe(1)
  })

  it('keeps workflows and servers apart', () => {
    const durations = usualDurations([
      endedView('done', { durationMs: 1 }),
      endedView('done', { durationMs: 2 }, { workflowId: 2 }),
      endedView('done', { durationMs: 3 }, { serverId: 'other' }),
    ])
    expect([...durations.values()]).toEqual([1, 2, 3])
  })
})
