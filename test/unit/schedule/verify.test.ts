import { expect, test } from 'vitest'
import { entryPage } from '../../entry-page.ts'
import { type Trace, traceSince } from '../../../src/main/schedule/verify.ts'
import type { Entry, WorkflowInfo } from '../../../src/main/wexflow/server.ts'
import { entryOf, infoOf } from '../tracking/facts.ts'

const due = Date.parse('2026-11-26T02:00:00Z')
const workflow = { id: 1, name: 'Import orders' }

const row = (time: string, part: Partial<Entry> = {}): Entry =>
  entryOf('Done', { statusDate: `26-11-2026 ${time}`, ...part })
const before = row('01:00:00')
const after = row('02:00:03')
const ofOther = (time: string): Entry => row(time, { workflowId: 2 })
/** As many rows as are read at once. */
const full = (...rows: readonly Entry[]): Entry[] => [
  ...rows,
  ...Array.from({ length: 100 - rows.length }, () => ofOther('02:30:00')),
]

interface Served {
  readonly running?: WorkflowInfo[] | null
  readonly named?: Entry[]
  readonly all?: Entry[]
}

test.each<[what: string, served: Served, trace: Trace]>([
  ['a job of it runs', { running: [infoOf()] }, 'runs'],
  ['its jobs are not listed', { running: null }, 'runs'],
  ['the history has one since', { named: [after, before] }, 'ran'],
  ['the history has none since', { named: [before, ofOther('03:00:00')] }, 'none'],
  ['the history has none at all', {}, 'none'],
  ['only a look at all of them finds one since', { all: [ofOther('03:00:00'), after] }, 'ran'],
  ['so much ended since that it may be further down', { all: full() }, 'ran'],
  ['all that ended since was read', { all: full(ofOther('01:00:00')).toReversed() }, 'none'],
  ['the dates can’t be read', { named: [row('2 o’clock')] }, 'ran'],
])('where %s (%j), the server shows: %s', async (_what, { running = [], named = [], all = [] }, trace) => {
  const server = {
    runningJobs: async () => running,
    history: async (text: string, page: number, count: number) =>
      entryPage(text === '' ? all : named, page, count),
  }
  expect(await traceSince(server, workflow, due)).toBe(trace)
})
