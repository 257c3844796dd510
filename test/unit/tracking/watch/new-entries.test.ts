import { describe, expect, it } from 'vitest'
import { NewEntries } from '../../../../src/main/tracking/watch/new-entries.ts'
import type { Entry } from '../../../../src/main/wexflow/server.ts'
import { entryOf } from '../facts.ts'

const done = (id: string, at = '24-11-2026 03:12:00'): Entry => entryOf('Done', { id, statusDate: at })
const running = (id: string): Entry => entryOf('Running', { id })

/** The ids of what is taken from pages, with a + where it is new. */
const taken = (entries: NewEntries, rows: readonly Entry[], isStreaming = true): string[] =>
  entries.take(rows, isStreaming).entries.map(({ row, isNew }) => `${row.id}${isNew ? '+' : ''}`)

describe('of the entries on the pages', () => {
  it('those that had ended before the first look are left out, and those that go on are not', () => {
    expect(taken(new NewEntries(), [done('3'), running('2'), done('1')])).toEqual(['2'])
  })

  it('those that came since are new, also where they have ended already, the oldest first', () => {
    const entries = new NewEntries()
    taken(entries, [done('1')])
    expect(taken(entries, [running('3'), done('2'), done('1')])).toEqual(['2+', '3+'])
    expect(taken(entries, [done('3'), done('2'), done('1')])).toEqual([])
  })

  it('those that came while the change stream was away are new where an entry stands as it did', () => {
    const entries = new NewEntries()
    taken(entries, [done('1')])
    entries.onStream()
    expect(taken(entries, [done('2'), done('1')])).toEqual(['2+'])
  })

  it('those of the next run of the server are all new, though it gives the same ids', () => {
    const entries = new NewEntries()
    taken(entries, [done('1')])
    entries.onStream()
    const rows = [done('2', '24-11-2026 04:00:02'), done('1', '24-11-2026 04:00:00')]
    const { entries: found, isSameRun } = entries.take(rows, true)
    expect(found.map(({ row, isNew }) => [row.id, isNew])).toEqual([
      ['1', true],
      ['2', true],
    ])
    expect(isSameRun).toBe(false)
  })

  it('those of the server’s next run are all new where the change stream is lost and none lives since', () => {
    const entries = new NewEntries()
    taken(entries, [done('1')])
    const { entries: found, isSameRun } = entries.take([running('2')], false)
    expect(found).toMatchObject([{ row: { id: '2' }, isNew: true }])
    expect(isSameRun).toBe(false)
  })

  it('those that stood there are not new where the server’s clock was set for another zone meanwhile', () => {
    const entries = new NewEntries()
    taken(entries, [done('1', '24-11-2026 03:00:07')])
    entries.onStream()
    const rows = [done('2', '24-11-2026 04:00:09'), done('1', '24-11-2026 04:00:07')]
    expect(taken(entries, rows)).toEqual(['2+'])
  })

  it('all are new where there was none before', () => {
    const entries = new NewEntries()
    taken(entries, [], false)
    expect(taken(entries, [done('1')], false)).toEqual(['1+'])
  })

  it('none is new once all was forgotten', () => {
    const entries = new NewEntries()
    taken(entries, [done('1')])
    entries.forget()
    expect(taken(entries, [running('3'), done('2'), done('1')])).toEqual(['3'])
  })
})
