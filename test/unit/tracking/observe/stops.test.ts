import { describe, expect, it } from 'vitest'
import { runningJob } from '../../job.ts'
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

it('a stop is measured from when it was asked for', () => {
  const stopped = runningJob({}, { stop: { askedAt: 5000, said: null } })
  expect(tell(stopped, [15_000, listed()]).stop).not.toBeNull()
  expect(tell(stopped, [15_001, listed()]).stop).toBeNull()
  expect(tell(stopped, [6000, entry('Running')]).stop).not.toBeNull()
  expect(tell(stopped, [6001, entry('Running')]).stop).toBeNull()
})
