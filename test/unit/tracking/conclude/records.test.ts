import { describe, expect, it } from 'vitest'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { gone, stopping } from '../../../../src/main/tracking/policy.ts'
import type { Outcome } from '../../../../src/shared/outcome.ts'
import { endedJob, jobWith, runningJob, startAt } from '../../job.ts'
import { at, endAt, goneSince, run, searched } from './concluding.ts'

const stoppedAs = (part: Partial<Job>, history: Run['history'] = run.row('Done', 9)): Job => ({
  ...endedJob('stopped'),
  run: runningJob({ entry: run.entry('Stopped', '6'), history }).run,
  ...part,
})

const toldAs = (outcome: Outcome, from: 'stream' | 'inferred', part: Partial<Run>): Job => ({
  ...endedJob(outcome, { from, errorLine: 'x', isLogRead: true, endedAt: 7 }),
  run: runningJob(part).run,
})

describe('what the server says', () => {
  it.each<[string, Outcome]>([
    ['Done', 'done'],
    ['Failed', 'failed'],
    ['Warning', 'warning'],
    ['Stopped', 'stopped'],
    ['Rejected', 'rejected'],
  ])('%s is an end, whoever says it', (word, outcome) => {
    expect(endAt(runningJob({ entry: run.entry(word, '2') }, { isParallel: true }))).toMatchObject({
      outcome,
      from: 'entry',
      reason: null,
      errorLine: null,
      isLogRead: false,
    })
    const frame = run.said(word, stopping.saidOfNextWithin)
    expect(endAt(runningJob({ shownAt: 0, frame }))).toMatchObject({ outcome, from: 'stream' })
    expect(endAt(runningJob({ remembered: run.said(word) }))).toMatchObject({ outcome, from: 'job' })
    expect(endAt(runningJob({ history: run.row(word) }))).toMatchObject({ outcome, from: 'history' })
  })

  it('Stopped on the stream of a job that was just shown and nobody here stopped counts once it is gone', () => {
    const frame = run.said('Stopped', 100)
    const since = 200
    const from = since + gone.concludeAfter
    const part = { shownAt: 85, frame, entry: run.entry('Running', '1') }
    expect(endAt(runningJob(part, { search: searched(at) }))).toBeNull()
    expect(endAt(runningJob(part, { stop: { askedAt: 90, said: true } }))).toMatchObject({ from: 'stream' })
    expect(endAt(runningJob({ ...part, entry: run.entry('Done', '2', 9000) }))).toMatchObject({
      outcome: 'done',
    })
    const isGone = goneSince(since, part, { search: searched(from) })
    expect(endAt(isGone, from - 1)).toBeNull()
    expect(endAt(isGone, from)).toMatchObject({ outcome: 'stopped', from: 'stream' })
  })

  it('Stopped in the record of a job that nobody here stopped, where one runs at a time, counts once it is gone', () => {
    const stopped = { entry: run.entry('Stopped', '6', 1000) }
    expect(endAt(runningJob(stopped))).toBeNull()
    const missedAt = (when: number) => runningJob({ ...stopped, gone: { count: 1, since: when, at: when } })
    expect(endAt(missedAt(1000))).toBeNull()
    expect(endAt(missedAt(1000 + stopping.othersShowWithin))).toMatchObject({ outcome: 'stopped' })
    expect(endAt(runningJob({ ...stopped, frame: run.said('Running') }))).toMatchObject({
      outcome: 'stopped',
    })
    // A message that does not say how it ended is no word against it, however late.
    expect(endAt(runningJob({ ...stopped, frame: run.said('Running', 2000) }))).toMatchObject({
      outcome: 'stopped',
    })
    const stopAt = (askedAt: number) => runningJob(stopped, { stop: { askedAt, said: false } })
    expect(endAt(stopAt(900))).toMatchObject({ outcome: 'stopped' })
    expect(endAt(stopAt(1000))).toMatchObject({ outcome: 'stopped' })
    // It said so before this app asked for it.
    expect(endAt(stopAt(1100))).toBeNull()
    expect(endAt(runningJob(stopped, { isParallel: true }))).toMatchObject({ outcome: 'stopped' })
  })

  it('Stopped in a record gives way to how the job’s own stream says that it ended, unless the record is later', () => {
    const entry = run.entry('Stopped', '6', 1000)
    for (const when of [1000, 1001])
      expect(endAt(runningJob({ entry, frame: run.said('Done', when) }))).toMatchObject({
        outcome: 'done',
        from: 'stream',
      })
    expect(endAt(runningJob({ entry, frame: run.said('Done', 999) }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
  })

  it.each(['Pending', 'Running', 'Disabled'])('%s is none', (word) => {
    expect(endAt(runningJob({ entry: run.entry(word, '1') }))).toBeNull()
    expect(endAt(runningJob({ frame: run.said(word) }))).toBeNull()
    expect(endAt(runningJob({ remembered: run.said(word) }))).toBeNull()
  })

  it('is trusted in this order: the record, the stream, the memory', () => {
    const all = { entry: run.entry('Failed', '3'), frame: run.said('Done'), remembered: run.said('Stopped') }
    expect(endAt(runningJob(all))).toMatchObject({ outcome: 'failed', from: 'entry' })
    expect(endAt(runningJob({ ...all, entry: run.entry('Running', '1') }))).toMatchObject({
      outcome: 'done',
      from: 'stream',
    })
    expect(endAt(runningJob({ ...all, entry: null, frame: run.said('Running') }))).toMatchObject({
      from: 'job',
    })
  })

  it('last counts, of the entry and the history’s row', () => {
    const entry = run.entry('Stopped', '6', 5)
    expect(endAt(runningJob({ entry, history: run.row('Done', 6) }))).toMatchObject({
      outcome: 'done',
      from: 'history',
    })
    expect(endAt(runningJob({ entry, history: run.row('Done', 5) }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
    expect(endAt(runningJob({ entry, history: run.row('Running', 9) }))).toMatchObject({ outcome: 'stopped' })
    // That the entry says later that it runs is no word against its row.
    const running = run.entry('Running', '1', 7)
    expect(endAt(runningJob({ entry: running, history: run.row('Done', 6) }))).toMatchObject({
      outcome: 'done',
      from: 'history',
    })
  })

  it('with a status that nobody knows is an end in the history, and nowhere else', () => {
    expect(endAt(runningJob({ history: run.row(null) }))).toMatchObject({
      outcome: 'unknown',
      from: 'history',
      reason: 'unknownStatus',
    })
    expect(endAt(runningJob({ entry: run.entry(null, '42') }))).toBeNull()
    expect(endAt(runningJob({ frame: run.said(null) }))).toBeNull()
  })

  it('in refusing a start ends it as not started', () => {
    const answer = { kind: 'refused', at: 5, reason: 'disabled' } as const
    expect(endAt(jobWith({ start: startAt(0, { answer }) }))).toMatchObject({
      outcome: 'notStarted',
      from: 'inferred',
      reason: 'disabled',
      endedAt: at,
      durationMs: null,
    })
  })
})

describe('what was told', () => {
  it('is corrected by a record, once, and by nothing else', () => {
    const entry = run.entry('Failed', '3')
    expect(endAt(toldAs('done', 'stream', { entry }))).toMatchObject({
      outcome: 'failed',
      from: 'entry',
      endedAt: 7,
      errorLine: 'x',
    })
    expect(endAt(toldAs('failed', 'stream', { entry }))).toMatchObject({ outcome: 'failed', from: 'entry' })
    expect(endAt(toldAs('unknown', 'inferred', { history: run.row('Done') }))).toMatchObject({
      outcome: 'done',
      from: 'history',
      reason: null,
    })
    expect(endAt(toldAs('unknown', 'inferred', { history: run.row(null) }))).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { frame: run.said('Done') }))).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { remembered: run.said('Done') }))).toBeNull()
    expect(endAt({ ...endedJob('done'), run: runningJob({ entry }).run })).toBeNull()
    expect(endAt(toldAs('unknown', 'inferred', { entry: run.entry('Stopped', '6') }))).toMatchObject({
      outcome: 'stopped',
      from: 'entry',
    })
  })

  it('may be another’s stop where a record says Stopped and nothing else does', () => {
    const corrected = { ...endedJob('stopped'), run: runningJob({ entry: run.entry('Done', '2') }).run }
    expect(endAt(corrected)).toMatchObject({ outcome: 'done', from: 'entry' })
    expect(endAt(stoppedAs({}))).toMatchObject({ outcome: 'done', from: 'history' })
    expect(endAt(stoppedAs({ isParallel: true }))).toBeNull()
    expect(endAt(stoppedAs({ stop: { askedAt: 1, said: true } }))).toBeNull()
    expect(endAt(stoppedAs({}, null))).toBeNull()
  })
})
