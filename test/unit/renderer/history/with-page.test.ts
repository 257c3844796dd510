import { expect, it } from 'vitest'
import { withPage } from '../../../../src/renderer/history/with-page.ts'
import type { HistoryRow } from '../../../../src/shared/history.ts'

const row = (id: string): HistoryRow => ({
  id,
  workflowId: 1,
  workflowName: 'Import',
  outcome: 'done',
  rawStatus: '2',
  endedAt: 0,
  endedText: '01-01-1970 00:00:00',
})

it('a row that a job which ended meanwhile has pushed on to the next page is shown once, where it was', () => {
  const before = withPage([], ['9', '8', '7'].map(row))
  // The answer may be of several pages of the server.
  const after = withPage(before, ['7', '6', '6', '5'].map(row))
  expect(after.map(({ id }) => id)).toEqual(['9', '8', '7', '6', '5'])
})
