import { describe, expect, it } from 'vitest'
import { endedJob, runningJob, sentJob } from '../../job.ts'
import { entry, listed, notListed, tell } from '../facts.ts'

const sent = sentJob()

describe('a restart', () => {
  it('makes nothing hold any more that was seen before', () => {
    const job = tell(
      runningJob({}, { serverRun: '2' }),
      [1, listed()],
      [2, entry('Running')],
      [3, notListed],
      [9, { kind: 'serverRestarted' }],
    )
    expect(job).toMatchObject({
      restartedAt: 9,
      serverRun: null,
      run: { entry: null, isListed: false, gone: null },
    })
    expect(tell(job, [12, { kind: 'serverRestarted' }])).toBe(job)
  })

  it('leaves it said that the server has begun nothing of a start: a restart begins nothing either', () => {
    const job = tell(runningJob({ notBegunSince: 1 }), [5, { kind: 'serverRestarted' }])
    expect(job).toMatchObject({ restartedAt: 5, run: { notBegunSince: 1 } })
  })

  it('says nothing of a start whose answer can still come, nor of what has ended', () => {
    for (const job of [sent, endedJob('done')]) expect(tell(job, [9, { kind: 'serverRestarted' }])).toBe(job)
  })
})

it('the number of the server’s run is kept, and nothing new changes nothing', () => {
  const job = tell(runningJob(), [1, { kind: 'serverRunKnown', number: '2' }])
  expect(job.serverRun).toBe('2')
  expect(tell(job, [2, { kind: 'serverRunKnown', number: '2' }])).toBe(job)
  expect(tell(job, [2, { kind: 'nothingNew' }])).toBe(job)
})
