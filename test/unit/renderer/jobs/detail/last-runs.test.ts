import { describe, expect, it } from 'vitest'
import { lastRuns, outcomeWords, runBars } from '../../../../../src/renderer/jobs/detail/last-runs.ts'
import { createTranslator } from '../../../../../src/shared/i18n.ts'
import type { JobView } from '../../../../../src/shared/job-view.ts'
import { endedView, viewIn } from '../../../job-view.ts'

const run = (number: number, durationMs: number | null = null): JobView =>
  endedView('done', { endedAt: number, durationMs }, { key: String(number), startedAt: null })
const runs = (count: number): JobView[] => Array.from({ length: count }, (_none, at) => run(count - at))
const keys = (jobs: readonly JobView[]): number[] => jobs.map(({ key }) => Number(key))

describe('the last runs', () => {
  it('are twenty of this workflow, the newest at the end', () => {
    const others = [
      endedView('done', {}, { key: '900', workflowId: 2 }),
      endedView('done', {}, { key: '901', serverId: 'other' }),
      viewIn('running', { key: '902' }),
    ]
    expect(keys(lastRuns([...others, ...runs(30)], run(30)))).toEqual(
      Array.from({ length: 20 }, (_none, at) => 11 + at),
    )
  })

  it('hold the job itself, however old it is', () => {
    const shown = keys(lastRuns(runs(100), run(40)))
    expect([shown[0], shown.at(-1), shown.length]).toEqual([30, 49, 20])
    expect(keys(lastRuns(runs(100), run(3))).slice(0, 3)).toEqual([1, 2, 3])
  })
})

it('bars grow with the durations, and none is too low to be hit', () => {
  const heights = runBars([run(1, 0), run(2, 400), run(3)]).map(({ height }) => height)
  expect(heights).toEqual([0.2, 1, 0.2])
})

it('the sum says the commonest end first', () => {
  const { t } = createTranslator(['en'])
  const some = [endedView('failed'), endedView('done'), endedView('done')]
  expect(outcomeWords(some, t, 'en')).toBe('2 done, 1 failed')
})
