import { describe, expect, it } from 'vitest'
import { endedJob, runningJob, waitingJob } from '../../job.ts'
import { entry, listed, tell } from '../facts.ts'

describe('a wish to stop', () => {
  it('is confirmed only by the server’s true, and is none if it was never sent', () => {
    const asked = tell(runningJob(), [3, { kind: 'stopAsked' }])
    expect(asked.stop).toEqual({ askedAt: 3, said: null })
    expect(tell(asked, [4, { kind: 'stopAnswered', isStopped: true }]).stop?.said).toBe(true)
    expect(tell(asked, [4, { kind: 'stopAnswered', isStopped: false }]).stop?.said).toBe(false)
    expect(tell(asked, [4, { kind: 'stopNotSent' }]).stop).toBeNull()
    expect(tell(runningJob(), [4, { kind: 'stopAnswered', isStopped: true }]).stop).toBeNull()
  })
})

it('a server that says that it stopped a job had it, though nothing else had shown it', () => {
  const asked = tell(runningJob(), [3, { kind: 'stopAsked' }])
  const stopped = tell(asked, [4, { kind: 'stopAnswered', isStopped: true }])
  expect(stopped.run).toEqual({ ...asked.run, isListed: true, shownAt: 4 })
  expect(tell(asked, [4, { kind: 'stopAnswered', isStopped: false }]).run).toEqual(asked.run)
  const seen = tell(runningJob({ shownAt: 1 }), [3, { kind: 'stopAsked' }])
  expect(tell(seen, [4, { kind: 'stopAnswered', isStopped: true }]).run?.shownAt).toBe(1)
})

it('the answer to a stop says nothing of the run of a job that has ended, nor of a start without one', () => {
  const stop = { askedAt: 3, said: null }
  const answer = { kind: 'stopAnswered', isStopped: true } as const
  for (const job of [
    { ...endedJob('done'), stop },
    { ...waitingJob('lost'), stop },
  ])
    expect(tell(job, [4, answer])).toEqual({ ...job, stop: { askedAt: 3, said: true } })
})

it('a stop is measured from when it was asked for', () => {
  const stopped = runningJob({}, { stop: { askedAt: 5000, said: null } })
  expect(tell(stopped, [15_000, listed()]).stop).not.toBeNull()
  expect(tell(stopped, [15_001, listed()]).stop).toBeNull()
  expect(tell(stopped, [6000, entry('Running')]).stop).not.toBeNull()
  expect(tell(stopped, [6001, entry('Running')]).stop).toBeNull()
})
