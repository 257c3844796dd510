import { expect, it } from 'vitest'
import { isUnresolved, jobSchema } from '../../../src/main/tracking/job.ts'
import { phases } from '../../../src/shared/job-view.ts'
import { jobWith } from '../job.ts'

it('a job is under way until it has ended', () => {
  expect(phases.filter((phase) => !isUnresolved(jobWith({ phase })))).toEqual(['ended'])
})

it('what is written down of a job can be read again', () => {
  const job = jobWith({
    evidence: [
      { at: 1, kind: 'startAsked' },
      { at: 2, kind: 'frame', detail: 'Running' },
    ],
  })
  expect(jobSchema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job)
})
