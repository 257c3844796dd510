import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type PendingRun, PendingRuns } from '../../../../src/main/tracking/watch/pending-runs.ts'
import { watching } from '../../../../src/main/tracking/watch/policy.ts'
import { entryOf } from '../facts.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

const jobId = '10c67912-c3ad-4c91-b0d6-991e32d5fbad'
/** The log of a run that began half a minute past two. */
const log = [`2026-11-24 02:00:30.644  INFO - [Import orders / 1] Workflow started - Instance Id: ${jobId}`]
const rowOf = (statusDate: string, id = '1') => entryOf('Warning', { id, statusDate })

/** Runs that are about to be watched, of which there is one, with this date; and those that got their names. */
function pendingSince(
  statusDate: string,
  mayAskFrom = 0,
  id = '1',
): { runs: PendingRuns; named: PendingRun[] } {
  const named: PendingRun[] = []
  const runs = new PendingRuns({
    server: { entryLog: async () => log, runningJobs: async () => [] },
    mayAsk: () => Date.now() >= mayAskFrom,
    fail: () => undefined,
    onNamed: (run) => named.push(run),
    onGone: () => undefined,
  })
  runs.add({ row: rowOf(statusDate, id), isWitnessed: true, isNew: true, historyMark: null })
  runs.nameNext()
  return { runs, named }
}

it('a run is named by its log, which begins before its end is written, in whole seconds', async () => {
  const { named } = pendingSince('24-11-2026 02:00:30')
  await vi.advanceTimersByTimeAsync(0)
  expect(named).toMatchObject([{ jobId }])
})

it('an entry is not taken for that of a later run of the server, whose log has its id, until the pages show that one', async () => {
  const { runs, named } = pendingSince('24-11-2026 02:00:29')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(named).toEqual([])
  const row = rowOf('24-11-2026 02:00:35')
  runs.update([row], true)
  await vi.advanceTimersByTimeAsync(watching.nameAgain)
  expect(named).toMatchObject([{ jobId, row }])
})

it('and not either where nothing could be asked for longer than that while it was pending', async () => {
  const mayAskFrom = watching.laterFor + 1
  const { runs, named } = pendingSince('24-11-2026 02:00:29', mayAskFrom)
  await vi.advanceTimersByTimeAsync(mayAskFrom)
  runs.nameNext()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(named).toEqual([])
})

it('and where they never do, as the server’s clock was set back, it is that run’s', async () => {
  const { named } = pendingSince('24-11-2026 01:00:00')
  await vi.advanceTimersByTimeAsync(watching.laterFor)
  expect(named).toMatchObject([{ jobId }])
})

it('where ids are no numbers, as on MongoDB, whose dates are in UTC, a run is named at once in every zone', async () => {
  const { named } = pendingSince('24-11-2026 01:00:31', 0, '6743a1f09c1e4b0d2f8a77c5')
  await vi.advanceTimersByTimeAsync(0)
  expect(named).toMatchObject([{ jobId }])
})
