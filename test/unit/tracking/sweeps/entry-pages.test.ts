import { describe, expect, it } from 'vitest'
import { entryPage } from '../../../entry-page.ts'
import { EntryPages } from '../../../../src/main/tracking/sweeps/entry-pages.ts'
import type { Entry, WireStatus } from '../../../../src/main/wexflow/server.ts'
import { entryOf } from '../facts.ts'

const row = (id: number, status: WireStatus, second = id): Entry =>
  entryOf(status, { id: String(id), statusDate: `24-11-2026 03:00:${second}` })
const rowsOf = (count: number, status: WireStatus, from = 0): Entry[] =>
  Array.from({ length: count }, (_, at) => row(from + count - at, status))

/** A server with these entries, newest change first. */
class Served {
  entries: readonly Entry[]
  readonly pages: number[] = []
  readonly sweeper: EntryPages

  constructor(entries: readonly Entry[]) {
    this.entries = entries
    this.sweeper = new EntryPages({
      entries: (page, count) => {
        this.pages.push(page)
        return Promise.resolve(entryPage(this.entries, page, count))
      },
    })
  }
}

describe('a sweep', () => {
  it('reads one page where that holds everything', async () => {
    const server = new Served(rowsOf(40, 'Done'))
    expect(await server.sweeper.read()).toEqual({ rows: server.entries, isWhole: true })
    expect(server.pages).toEqual([1])
  })

  it('reads on until it comes to an entry that the last one had seen ended', async () => {
    const server = new Served(rowsOf(450, 'Done'))
    await server.sweeper.read()
    expect(server.pages.splice(0)).toEqual([1, 2, 3, 4, 5])
    server.entries = [...rowsOf(150, 'Running', 450), ...server.entries]
    const { rows, isWhole } = await server.sweeper.read()
    expect([server.pages, rows.length, isWhole]).toEqual([[1, 2], 200, false])
  })

  it('does not take an entry for settled that has changed since', async () => {
    const server = new Served([row(2, 'Running'), row(1, 'Done')])
    await server.sweeper.read()
    server.entries = [row(2, 'Done', 9), ...rowsOf(150, 'Running', 50), row(1, 'Done')]
    server.pages.length = 0
    await server.sweeper.read()
    expect(server.pages).toEqual([1, 2])
  })

  it('reads no more than twenty pages', async () => {
    const server = new Served(rowsOf(5000, 'Running'))
    const { rows, isWhole } = await server.sweeper.read()
    expect([server.pages.length, rows.length, isWhole]).toEqual([20, 2000, false])
  })

  it('counts as not made where a page can’t be read', async () => {
    const server = new Served(rowsOf(250, 'Done'))
    const broken = new EntryPages({
      entries: (page, count) =>
        page === 2 && server.pages.push(page) === 1
          ? Promise.reject(new Error('page 2'))
          : Promise.resolve(entryPage(server.entries, page, count)),
    })
    await expect(broken.read()).rejects.toThrow('page 2')
    expect((await broken.read()).rows).toHaveLength(250)
  })
})
