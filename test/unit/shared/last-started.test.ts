import { expect, it } from 'vitest'
import { lastStarted } from '../../../src/shared/last-started.ts'
import { viewWith } from '../job-view.ts'

it('names each workflow that was started with this app once, the last start first', () => {
  const jobs = [
    viewWith({ workflowId: 3 }),
    viewWith({ workflowId: 9, origin: 'cron' }),
    viewWith({ workflowId: 1 }),
    viewWith({ workflowId: 3 }),
    viewWith({ workflowId: 3, serverId: 'other' }),
  ]
  expect([...lastStarted(jobs)]).toEqual(['3 server', '1 server', '3 other'])
})
