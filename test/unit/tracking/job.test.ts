import { expect, it } from 'vitest'
import { isOpen, jobSchema } from '../../../src/main/tracking/job.ts'
import { endedJob, jobWith, runningJob } from '../job.ts'

it('a job is under way until its end is known', () => {
  expect([jobWith({}), runningJob(), endedJob('done')].map(isOpen)).toEqual([true, true, false])
})

it('what is written down of a job can be read again', () => {
  const job = runningJob(
    { gone: { looks: 1, since: 2, at: 3 } },
    {
      stop: { askedAt: 4, said: false },
      search: { at: 5, unreadSince: null },
      evidence: [
        { at: 1, kind: 'startAsked' },
        { at: 2, kind: 'frame', detail: 'Running' },
      ],
    },
  )
  for (const one of [job, endedJob('failed', { errorLine: 'disk full' })])
    expect(jobSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
})

it('an end without an outcome can’t be written', () => {
  const { end } = endedJob('done')
  expect(jobSchema.safeParse({ ...endedJob('done'), end: { ...end, outcome: null } }).success).toBe(false)
})
