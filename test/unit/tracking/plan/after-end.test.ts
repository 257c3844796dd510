import { describe, expect, it } from 'vitest'
import type { End, Job } from '../../../../src/main/tracking/job.ts'
import { nothingAsked } from '../../../../src/main/tracking/asked.ts'
import { needsLog } from '../../../../src/main/tracking/plan/log-rule.ts'
import { plan } from '../../../../src/main/tracking/plan/plan.ts'
import { asking, doubt } from '../../../../src/main/tracking/policy.ts'
import type { Outcome } from '../../../../src/shared/outcome.ts'
import { endedJob, jobWith } from '../../job.ts'
import { planningNothing } from '../knowing.ts'
import { dueOf, searched } from './planning.ts'

const logOf = (outcome: Outcome, part: Partial<End>): number | null =>
  dueOf('log', toldAs(outcome, { isLogRead: false, ...part }))

const toldAs = (outcome: Outcome, part: Partial<End>): Job =>
  endedJob(outcome, { endedAt: 1000, isLogRead: true, ...part })

describe('after an end', () => {
  it('that the stream or the memory told, its record is asked for: after a second, then each three, for a minute', () => {
    for (const from of ['stream', 'job'] as const) {
      const job = toldAs('done', { from })
      expect(dueOf('entry', job)).toBe(1000 + doubt.firstCheck)
      expect(dueOf('entry', job, { entryAt: 1000 })).toBe(1000 + doubt.nextCheck)
      expect(dueOf('entry', job, { entryAt: 1000 + doubt.checkFor - 1 })).toBe(
        1000 + doubt.checkFor - 1 + doubt.nextCheck,
      )
      expect(dueOf('entry', job, { entryAt: 1000 + doubt.checkFor })).toBeNull()
      expect(dueOf('history', job)).toBeNull()
    }
  })

  it('that was told without a record, entry and history are asked for ever more rarely, for a day', () => {
    const job = toldAs('unknown', { from: 'inferred' })
    for (const kind of ['entry', 'history'] as const) expect(dueOf(kind, job)).toBe(1000 + doubt.least)
    const hourMs = 3_600_000
    expect(dueOf('entry', job, { entryAt: 1000 + hourMs })).toBe(1000 + hourMs * (1 + doubt.growth))
    expect(dueOf('history', { ...job, search: searched(1000 + hourMs) })).toBe(
      1000 + hourMs * (1 + doubt.growth),
    )
    expect(dueOf('history', { ...job, search: searched(1000) }, { historyAt: 1000 + hourMs })).toBe(
      1000 + hourMs * (1 + doubt.growth),
    )
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.last / (1 + doubt.growth) })).toBe(1000 + doubt.last)
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.last / (1 + doubt.growth) + 10 })).toBeNull()
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.last / (1 + doubt.growth) - 10 })).not.toBeNull()
  })

  it('with the server, its entry is asked for once more, and then its history alone', () => {
    const job = { ...toldAs('unknown', { from: 'inferred' }), restartedAt: 500 }
    expect(dueOf('entry', job, { entryAt: 1000 })).toBe(1000 + doubt.least)
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.least })).toBeNull()
    expect(dueOf('history', job)).toBe(1000 + doubt.least)
  })

  it('that a record told, nothing is asked for', () => {
    expect(plan(toldAs('done', { from: 'entry' }), nothingAsked, planningNothing)).toEqual([])
    expect(
      plan(toldAs('failed', { from: 'history', errorLine: 'x' }), nothingAsked, planningNothing),
    ).toEqual([])
  })

  it('the log is read at once for how long it took, or what went wrong, where that is not known', () => {
    expect(logOf('done', { durationMs: null })).toBe(1000)
    expect(logOf('done', { durationMs: null, from: 'stream' })).toBe(1000)
    expect(logOf('done', {})).toBeNull()
    for (const outcome of ['failed', 'warning'] as const) {
      expect(logOf(outcome, {})).toBe(1000)
      expect(logOf(outcome, { errorLine: 'x' })).toBeNull()
    }
    for (const outcome of ['stopped', 'rejected'] as const)
      expect(logOf(outcome, { durationMs: null })).toBe(1000)
    for (const outcome of ['unknown', 'notStarted'] as const)
      expect(logOf(outcome, { durationMs: null })).toBeNull()
    expect(logOf('failed', { isLogRead: true })).toBeNull()
  })

  it('a log that was read and did not tell it is read once more, a moment later', () => {
    const told = endedJob('done', { endedAt: 1000, durationMs: null })
    expect(dueOf('log', told, { logAt: 1100 })).toBe(1100 + asking.logAgain)
  })

  it('of a start without a run there is no log', () => {
    const end = endedJob('done', { durationMs: null }).end
    if (end === null) throw new Error('it has ended')
    expect(needsLog({ ...jobWith({}), end })).toBe(false)
  })
})
