import { expect, it } from 'vitest'
import { isSharedJob } from '../../chaos/shared-job.ts'
import type { Truth } from '../../wexflow-sim/truth.ts'

/** A run that was stopped, and that no log names. */
const nameless = (jobId: string, part: Partial<Truth> = {}): Truth => ({
  jobId,
  workflowId: 1,
  acceptedAt: 0,
  beganAt: 0,
  endedAt: 5000,
  outcome: 'Stopped',
  recordedAt: 5000,
  observable: true,
  unlistedAt: null,
  saidStopped: false,
  endedAlone: null,
  isNamedInHistory: false,
  suspensions: [],
  ...part,
})

/** Whether the starts `a` and `b` are held for having the same run, where these are all runs. */
function areShared(
  runs: readonly Truth[],
  jobIds: readonly [string, string],
  remembered = ['a', 'b'],
): boolean {
  const [first, second] = jobIds
  const jobs = [
    { key: 'a', jobId: first },
    { key: 'b', jobId: second },
  ] as const
  return isSharedJob(jobs[0], {
    jobs: new Map(jobs.map((job) => [job.key, job])),
    remembered: new Set(remembered),
    sim: { truths: () => runs },
  })
}

it('two starts may not have the same run, unless the app has forgotten one of them', () => {
  expect(areShared([nameless('x'), nameless('y', { recordedAt: 9000 })], ['x', 'x'])).toBe(true)
  expect(areShared([nameless('x')], ['x', 'x'], ['a'])).toBe(false)
  expect(areShared([nameless('x')], ['x', 'x'], ['b'])).toBe(false)
  expect(areShared([nameless('x'), nameless('y')], ['x', 'y'])).toBe(false)
})

it('which of two equal runs without names is whose can’t be told', () => {
  expect(areShared([nameless('x'), nameless('y', { recordedAt: 5900 })], ['x', 'x'])).toBe(false)
})

it.each<[string, Partial<Truth>]>([
  ['ended in another second', { recordedAt: 6000 }],
  ['ended in another way', { outcome: 'Done' }],
  ['is of another workflow', { workflowId: 2 }],
  ['has a name', { isNamedInHistory: true }],
  ['has no record', { recordedAt: null }],
])('a run is no excuse that %s', (_, part) => {
  expect(areShared([nameless('x'), nameless('y', part)], ['x', 'x'])).toBe(true)
})
