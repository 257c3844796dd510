import { describe, expect, it } from 'vitest'
import { lastStarted, mostRecent } from '../../../src/shared/last-started.ts'
import { viewWith } from '../job-view.ts'

describe('lastStarted', () => {
  const jobs = [
    viewWith({ workflowId: 3 }),
    viewWith({ workflowId: 9, origin: 'cron' }),
    viewWith({ workflowId: 1 }),
    viewWith({ workflowId: 3 }),
    viewWith({ workflowId: 3, serverId: 'other' }),
  ]

  it('names each workflow that was started with this app once, the last start first', () => {
    const offered = new Set(['1 server', '3 server', '9 server', '3 other', '4 other'])
    expect(lastStarted(jobs, offered)).toEqual(['3 server', '1 server', '3 other'])
  })

  it('leaves out what is not offered', () => {
    expect(lastStarted(jobs, new Set(['3 other', '1 server']))).toEqual(['1 server', '3 other'])
    expect(lastStarted(jobs, new Set())).toEqual([])
  })

  it('names no more than the last few', () => {
    const many = Array.from({ length: 2 * mostRecent }, (_none, at) => viewWith({ workflowId: at }))
    const offered = new Set(many.map(({ workflowId }) => `${workflowId} server`))
    expect(lastStarted(many, offered)).toEqual(['0 server', '1 server', '2 server', '3 server', '4 server'])
  })
})
