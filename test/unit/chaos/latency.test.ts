import { expect, it } from 'vitest'
import type { Disturbance } from '../../chaos/diary.ts'
import { latencyOf } from '../../chaos/latency.ts'

/** How long an end took that was recorded at 0 and told after so many seconds, and how long it may take; in seconds. */
const latencyIn = (toldAfter: number, ...disturbances: readonly Disturbance[]) =>
  latencyOfJob(null, toldAfter, ...disturbances)

/** The same of an end of a job of which this is known. */
function latencyOfJob(
  job: Parameters<typeof latencyOf>[0]['job'],
  toldAfter: number,
  ...disturbances: readonly Disturbance[]
) {
  const tellings = [{ outcome: 'done', at: toldAfter * 1000 } as const]
  const timed = { tellings, observableAt: 0, heldUpUntil: (from: number) => from, job }
  const latency = latencyOf(timed, disturbances)
  return latency === null ? null : [latency.ms / 1000, latency.allowedMs / 1000]
}

const between = (kind: Disturbance['kind'], from: number, to: number): Disturbance => ({
  kind,
  server: null,
  from: from * 1000,
  to: to * 1000,
})

it('an end that nothing delays is told within seconds and the time in which a burst is gathered', () => {
  expect(latencyIn(3)).toEqual([3, 14])
})

it('an end counts from when the network is back, and may take the time in which the app reconnects', () => {
  expect(latencyIn(70, between('networkGone', 0, 60))).toEqual([10, 100])
})

it('what the desktop is late for comes on top of the time in which the end is learnt', () => {
  const late = between('desktopAnswersLate', 65, 200)
  expect(latencyIn(170, between('networkGone', 0, 60), late)).toEqual([110, 195])
  expect(latencyIn(70, late)).toEqual([70, 109])
})

it('the run of a start in the queue before which the history could not be read counts from when there is a stream', () => {
  const noStreams = between('noStreams', 0, 50)
  const start = { reason: null, outcomeFrom: 'entry', evidence: [], answer: 'queued' } as const
  expect(latencyOfJob({ ...start, historyMark: null }, 140, noStreams)).toEqual([90, 100])
  expect(latencyOfJob({ ...start, historyMark: '7' }, 140, noStreams)).toEqual([140, 32])
})

it('a start whose id never existed may wait for that as long as a server that begins jobs late may take', () => {
  const late = between('lateEntries', -40, 5)
  const evidence = [{ kind: 'idReplaced', at: 30_000 }] as const
  const start = { reason: null, outcomeFrom: 'entry', answer: 'id', historyMark: '7' } as const
  expect(latencyOfJob({ ...start, evidence }, 38, late)).toEqual([38, 55])
  expect(latencyOfJob({ ...start, evidence }, 38)).toEqual([38, 32])
  expect(latencyOfJob({ ...start, evidence: [] }, 38, late)).toEqual([38, 32])
})
