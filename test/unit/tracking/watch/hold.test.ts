import { describe, expect, it } from 'vitest'
import { type Found, mayBeOf } from '../../../../src/main/tracking/watch/hold.ts'
import { endedJob, jobWith, runWith, startAt } from '../../job.ts'
import { entryOf } from '../facts.ts'

const found: Found = { row: entryOf('Running', { id: '20' }), jobId: 'seen' }
const nameless: Found = { ...found, jobId: null }
const isHeldFor = (job: Parameters<typeof jobWith>[0], run = found): boolean =>
  mayBeOf(jobWith(job), run, 'server', 1000)

describe('a run that was found may be that of a start', () => {
  it('which is being sent', () => {
    expect(isHeldFor({ start: startAt(0, { sentAt: 0 }) })).toBe(true)
  })

  it.each(['lost', 'queued'] as const)('which was %s', (kind) => {
    expect(isHeldFor({ start: startAt(0, { sentAt: 0, answer: { kind, at: 0 } }) })).toBe(true)
  })

  it('whose own id is not shown yet', () => {
    const start = startAt(0, { sentAt: 0, answer: { kind: 'id', at: 0, jobId: 'id' } })
    expect(isHeldFor({ start, run: runWith() })).toBe(true)
  })

  it('of another user of the server, which is being sent', () => {
    expect(isHeldFor({ serverId: 'other', start: startAt(0, { sentAt: 0 }) })).toBe(true)
  })

  it('whose entry is not known, where nothing names the run', () => {
    const start = startAt(0, { sentAt: 0, answer: { kind: 'id', at: 0, jobId: 'id' } })
    const run = runWith({ isListed: true })
    expect([isHeldFor({ start, run }), isHeldFor({ start, run }, nameless)]).toEqual([false, true])
  })
})

it('a run without a name is held for a start whose row was found a moment ago, however long ago it ended', () => {
  const history = { id: '9', status: { word: 'Failed', raw: '3' }, at: 3_600_000 } as const
  const start = startAt(0, { sentAt: 0, answer: { kind: 'queued', at: 0 } })
  const job = endedJob('failed', { endedAt: 0 }, { start, run: runWith({ history }) })
  const isHeld = (seenAt: number): boolean => mayBeOf(job, nameless, 'server', seenAt)
  expect([isHeld(3_600_000), isHeld(3_659_000), isHeld(3_660_000)]).toEqual([true, true, false])
})

it('a run may be that of a start where ids are no numbers, so that no mark tells', () => {
  const start = startAt(0, { sentAt: 0, answer: { kind: 'lost', at: 0 } })
  const opaque = { ...found, row: entryOf('Running', { id: '5f1e' }) }
  for (const entryMark of [null, '20'])
    expect(isHeldFor({ start: { ...start, entryMark } }, opaque)).toBe(true)
})

describe('a run that was found can’t be that of a start', () => {
  it('of another user of the server, which was answered', () => {
    const start = startAt(0, { sentAt: 0, answer: { kind: 'queued', at: 0 } })
    expect(isHeldFor({ serverId: 'other', start })).toBe(false)
  })

  it('which was refused', () => {
    const answer = { kind: 'refused', at: 0, reason: 'forbidden' } as const
    expect(isHeldFor({ ...endedJob('notStarted'), run: null, start: startAt(0, { answer }) }, nameless)).toBe(
      false,
    )
  })

  it('which has its own', () => {
    const entry = { id: '19', status: { word: 'Running', raw: '1' }, at: 0, isWitnessed: false } as const
    const start = startAt(0, { sentAt: 0, answer: { kind: 'id', at: 0, jobId: 'id' } })
    expect(isHeldFor({ start, run: runWith({ entry }) }, nameless)).toBe(false)
  })

  it('before which it had begun', () => {
    const start = startAt(0, { sentAt: 0, answer: { kind: 'lost', at: 0 } })
    expect(isHeldFor({ start: { ...start, entryMark: '20' } })).toBe(false)
    expect(isHeldFor({ start: { ...start, runningBefore: ['seen'] } })).toBe(false)
    expect(isHeldFor({ start: { ...start, entryMark: '19' } })).toBe(true)
  })

  it('of another workflow', () => {
    expect(isHeldFor({ workflowId: 2, start: startAt(0, { sentAt: 0 }) })).toBe(false)
  })

  it('which is none, but a run that is watched', () => {
    const answer = { kind: 'elsewhere', at: 0, launchType: 'cron' } as const
    expect(isHeldFor({ start: startAt(0, { answer }), run: runWith() }, nameless)).toBe(false)
  })
})
