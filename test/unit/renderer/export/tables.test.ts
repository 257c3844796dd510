import { expect, test } from 'vitest'
import { historyTable } from '../../../../src/renderer/export/history-table.ts'
import { jobTable, listedJobs } from '../../../../src/renderer/export/job-table.ts'
import { jsonOf } from '../../../../src/renderer/export/table.ts'
import { arrange } from '../../../../src/renderer/jobs/list/arrange.ts'
import { serverWith } from '../../app-state.ts'
import { endedView, viewIn } from '../../job-view.ts'

const requestedAt = Date.UTC(2026, 10, 24, 3, 12)

test('a job is a row with its times in UTC, and without its variables', () => {
  const job = endedView(
    'failed',
    { endedAt: requestedAt + 5000, durationMs: 5000, errorLine: 'MailsSend: refused' },
    { requestedAt, startedAt: null, variables: [{ name: 'key', value: 'v' }] },
  )
  expect(JSON.parse(jsonOf(jobTable([job], [serverWith({ id: job.serverId })])))).toEqual([
    {
      server: 'wexflow:8000',
      serverAddress: 'http://wexflow:8000',
      workflowId: job.workflowId,
      workflow: job.workflowName,
      jobId: job.jobId,
      startedBy: 'app',
      phase: 'ended',
      outcome: 'failed',
      reason: null,
      requestedAt: '2026-11-24T03:12:00.000Z',
      startedAt: null,
      endedAt: '2026-11-24T03:12:05.000Z',
      durationMs: 5000,
      error: 'MailsSend: refused',
    },
  ])
})

test('a job of a forgotten server that goes on says no more than is known', () => {
  expect(JSON.parse(jsonOf(jobTable([viewIn('running')], [])))).toMatchObject([
    { server: null, serverAddress: null, phase: 'running', outcome: null, endedAt: null },
  ])
})

test.each([
  ['closed', new Set<string>()],
  ['open', new Set(['a', 'b', 'c'])],
])('the jobs of a fold that is %s are among those of the list, each once', (_name, openFolds) => {
  const jobs = ['a', 'b', 'c'].map((key) => endedView('done', { endedAt: requestedAt }, { key, requestedAt }))
  const { sections } = arrange(jobs, { isFollowed: () => true, chip: 'all', matches: () => true, openFolds })
  expect(listedJobs(sections).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
})

test('a row of the history has its time by the server’s clock, without a zone that nobody tells', () => {
  const row = {
    id: '7',
    workflowId: 41,
    workflowName: 'Wait',
    outcome: null,
    rawStatus: '42',
    endedAt: requestedAt,
    endedText: '24-11-2026 03:12:00',
  }
  const unread = { ...row, id: '6', endedAt: null, endedText: '11/24/26' }
  const known = {
    server: 'wexflow:8000',
    serverAddress: 'http://wexflow:8000',
    workflowId: 41,
    workflow: 'Wait',
    outcome: null,
    status: '42',
  }
  expect(JSON.parse(jsonOf(historyTable([row, unread], serverWith({}))))).toEqual([
    { ...known, endedAtServerTime: '2026-11-24T03:12:00', historyId: '7' },
    { ...known, endedAtServerTime: '11/24/26', historyId: '6' },
  ])
})
