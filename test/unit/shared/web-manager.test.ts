import { expect, test } from 'vitest'
import { webManagerPageOf } from '../../../src/shared/web-manager.ts'
import { endedView, viewIn } from '../job-view.ts'

test.each([
  ['waits for approval', viewIn('waiting'), 'approval'],
  ['runs', viewIn('running'), 'dashboard'],
  ['is queued', viewIn('queued'), 'dashboard'],
  ['has ended', endedView('failed'), 'history'],
] as const)('a job that %s stands on a page of the web manager', (_name, job, page) => {
  expect(webManagerPageOf(job)).toBe(page)
})
