import { afterEach, describe, expect, it, vi } from 'vitest'
import { sweeps } from '../../../../src/main/tracking/policy.ts'
import { UnclaimedRuns } from '../../../../src/main/tracking/reads/unclaimed-runs.ts'
import { WexflowError } from '../../../../src/main/wexflow/errors.ts'
import type { Entry } from '../../../../src/main/wexflow/server.ts'
import type { FailureKind } from '../../../../src/shared/failure.ts'
import { entryOf } from '../facts.ts'
import { useFakeClock } from '../followed.ts'

afterEach(() => vi.useRealTimers())

const jobIdOf = (entryId: string): string => `00000000-0000-4000-8000-${entryId.padStart(12, '0')}`
const lineOf = (jobId: string): string =>
  `2026-11-24 04:51:30.692  INFO - [Import orders / 5] Workflow started - Instance Id: ${jobId}`

/** The runs of a server whose logs name their jobs, but for those that a test says otherwise of. */
class Served {
  readonly logsRead: string[] = []
  /** What is read of an entry's log in place of its own line. */
  readonly logs = new Map<string, readonly string[] | FailureKind>()
  readonly runs = new UnclaimedRuns({ entryLog: (id) => this.#log(id) })

  /** The newest entries were read. */
  take(ids: readonly string[], part: Partial<Entry> = {}, workflowIds: readonly number[] = [1]): void {
    this.runs.take(
      ids.map((id) => entryOf('Running', { id, statusDate: '24-11-2026 04:51:30', ...part })),
      new Set(workflowIds),
    )
  }

  /** The ids of the entries after the mark, with the jobs that they are of. */
  async after(
    mark: bigint,
    owned: readonly string[] = [],
    workflowId = 1,
  ): Promise<[string, string | null][]> {
    const runs = await this.runs.after(workflowId, mark, ({ id }) => owned.includes(id))
    return runs.map(({ entry, jobId }) => [entry.id, jobId])
  }

  async #log(id: string): Promise<string[]> {
    this.logsRead.push(id)
    const log = this.logs.get(id) ?? [lineOf(jobIdOf(id))]
    if (typeof log === 'string') throw new WexflowError(log, '', true)
    return [...log]
  }
}

/** Runs of these entries, each named by its log. */
const named = (...ids: string[]): [string, string][] => ids.map((id) => [id, jobIdOf(id)])

describe('runs that belong to nobody', () => {
  it('of the run of the server before this one are none, and give no entry of this one their names', async () => {
    const served = new Served()
    served.take(['1', '2'])
    await served.after(1n)
    const asked = served.after(0n)
    served.runs.clear()
    expect(await asked).toEqual([])
    served.take(['1'])
    served.logs.set('1', [lineOf(jobIdOf('7'))])
    expect(await served.after(0n)).toEqual([['1', jobIdOf('7')]])
  })

  it('are named by the first line of their logs, each of which is read once', async () => {
    const served = new Served()
    served.take(['2', '1'])
    expect(await served.after(0n)).toEqual(named('1', '2'))
    expect(await served.after(0n)).toEqual(named('1', '2'))
    expect(served.logsRead.toSorted()).toEqual(['1', '2'])
  })

  it('stand in the order in which they began, by the numbers of their entries', async () => {
    const served = new Served()
    served.take(['9', '100', '10'])
    expect(await served.after(8n)).toEqual(named('9', '10', '100'))
  })

  it('began after the mark', async () => {
    const served = new Served()
    served.take(['9', '10', '11'])
    expect(await served.after(10n)).toEqual(named('11'))
    expect(served.logsRead).toEqual(['11'])
  })

  it('are none whose entry is somebody’s', async () => {
    const served = new Served()
    served.take(['1', '2', '3'])
    expect(await served.after(0n, ['2'])).toEqual(named('1', '3'))
    expect(served.logsRead).not.toContain('2')
  })

  it('are those of a workflow that a start waits in, as its entries say last', async () => {
    const served = new Served()
    served.take(['1'], { workflowId: 1 }, [1, 2])
    served.take(['2'], { workflowId: 2 }, [1, 2])
    served.take(['3'], { workflowId: 3 }, [1, 2])
    served.take(['1'], { workflowId: 1, status: 'Stopped' }, [1, 2])
    expect(await served.after(0n)).toEqual(named('1'))
    expect(await served.after(0n, [], 2)).toEqual(named('2'))
    expect(await served.after(0n, [], 3)).toEqual([])
    const [run] = await served.runs.after(1, 0n, () => false)
    expect(run?.entry.status).toBe('Stopped')
  })

  it('are kept from page to page, and forgotten once no start of their workflow waits', async () => {
    const served = new Served()
    served.take(['1'])
    served.take(['2'])
    expect(await served.after(0n)).toEqual(named('1', '2'))
    served.take([], {}, [2])
    served.take(['2'])
    expect(await served.after(0n)).toEqual(named('2'))
  })

  it('are none whose entries have no numbers: nothing tells in which order they began', async () => {
    const served = new Served()
    served.take(['entries/1-A', '67448a2b9c1d'])
    expect(await served.after(0n)).toEqual([])
  })

  it('are given a limited number at a time, the oldest first', async () => {
    const served = new Served()
    const ids = Array.from({ length: sweeps.mostUnclaimed + 5 }, (_, index) => String(index + 1))
    served.take(ids)
    expect(await served.after(0n)).toEqual(named(...ids.slice(0, sweeps.mostUnclaimed)))
    expect(await served.after(5n)).toEqual(named(...ids.slice(5)))
  })

  it('are forgotten with the run of the server, whose next one may have other runs by the same numbers', async () => {
    const served = new Served()
    served.take(['1'])
    await served.after(0n)
    served.runs.clear()
    expect(await served.after(0n)).toEqual([])
    served.logs.set('1', [lineOf(jobIdOf('77'))])
    served.take(['1'])
    expect(await served.after(0n)).toEqual([['1', jobIdOf('77')]])
  })
})

it('a run whose entry had ended, and has another date now, is another one, which its log names', async () => {
  const served = new Served()
  served.take(['1'], { status: 'Done', statusDate: '24-11-2026 04:51:30' })
  expect(await served.after(0n)).toEqual(named('1'))
  served.logs.set('1', [lineOf(jobIdOf('77'))])
  served.take(['1'], { status: 'Done', statusDate: '24-11-2026 04:51:31' })
  expect(await served.after(0n)).toEqual([['1', jobIdOf('77')]])
  served.take(['1'], { workflowId: 2 })
  served.logs.set('1', [lineOf(jobIdOf('78'))])
  served.take(['1'])
  expect(await served.after(0n)).toEqual([['1', jobIdOf('78')]])
})

describe('a log that begins after the date of its entry', () => {
  const lateIds = ['1', '2']

  it('is of a later run of the server, which has the id as well: the entry is not its job’s, but the one that pages show then', async () => {
    const served = new Served()
    served.take(lateIds, { status: 'Failed', statusDate: '24-11-2026 04:51:25' })
    expect(await served.after(0n)).toEqual([])
    served.take(['1', '2'], { status: 'Done', statusDate: '24-11-2026 04:51:31' })
    expect(await served.after(0n)).toEqual(named('1', '2'))
  })

  it('or names another workflow, is of a later run of the server', async () => {
    const served = new Served()
    served.logs.set('1', [lineOf(jobIdOf('1')).replace('Import orders', 'Nightly')])
    served.take(['1'])
    expect(await served.after(0n)).toEqual([])
  })

  it('begins with it where the entry’s whole seconds are a moment earlier', async () => {
    const served = new Served()
    served.take(lateIds, { statusDate: '24-11-2026 04:51:26' })
    expect(await served.after(0n)).toEqual(named('1', '2'))
  })

  it('is of no run of the workflow where the later one has the id for another workflow’s', async () => {
    const served = new Served()
    served.take(lateIds, { statusDate: '24-11-2026 04:51:25' })
    served.take(['1'], { workflowId: 2, statusDate: '24-11-2026 04:51:31' })
    served.take(['2'], { statusDate: '24-11-2026 04:51:31' })
    expect(await served.after(0n)).toEqual(named('2'))
  })

  it('is the entry’s own where pages show no other for half a minute, as after the server’s clock was set back', async () => {
    useFakeClock()
    const served = new Served()
    served.take(lateIds, { statusDate: '24-11-2026 03:51:30' })
    expect(await served.after(0n)).toEqual([])
    vi.advanceTimersByTime(sweeps.namingHeldFor)
    expect(await served.after(0n)).toEqual(named('1', '2'))
  })

  it('is waited for anew with each run of the server that shows', async () => {
    useFakeClock()
    const served = new Served()
    served.take(['1'], { status: 'Done', statusDate: '24-11-2026 04:50:00' })
    expect(await served.after(0n)).toEqual([])
    vi.advanceTimersByTime(sweeps.namingHeldFor)
    served.take(['1'], { status: 'Done', statusDate: '24-11-2026 04:51:00' })
    expect(await served.after(0n)).toEqual([])
  })
})

describe('a log that names no job', () => {
  it('belongs to a run without a name, which hides none behind it', async () => {
    const served = new Served()
    served.logs.set('2', [
      '2026-11-24 04:51:30.692  INFO - [Import orders / 5] [Wait] Waiting for 00:00:02 ...',
    ])
    served.take(['1', '2', '3'])
    expect(await served.after(0n)).toEqual([...named('1'), ['2', null], ...named('3')])
    await served.after(0n)
    expect(served.logsRead.filter((id) => id === '2')).toHaveLength(1)
  })

  it.each([
    ['empty', []],
    ['refused', 'serverError'],
  ] as const)('and is %s hides all behind it until it can be read', async (_, log) => {
    const served = new Served()
    served.logs.set('2', log)
    served.take(['1', '2', '3'])
    expect(await served.after(0n)).toEqual(named('1'))
    served.logs.delete('2')
    expect(await served.after(0n)).toEqual(named('1', '2', '3'))
  })

  it('and stays empty is that of a run without a name after a few attempts, and read no more', async () => {
    const served = new Served()
    served.logs.set('1', [])
    served.take(['1', '2'])
    for (let attempt = 1; attempt < sweeps.namingAttempts; attempt += 1)
      expect(await served.after(0n)).toEqual([])
    for (let more = 0; more < 3; more += 1)
      expect(await served.after(0n)).toEqual([['1', null], ...named('2')])
    const reads = served.logsRead.filter((id) => id === '1')
    expect(reads.length).toBe(sweeps.namingAttempts)
  })

  it('because it is refused may name one, however often within half a minute, and is read no more after that', async () => {
    useFakeClock()
    const served = new Served()
    served.logs.set('1', 'serverError')
    served.take(['1', '2'])
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await served.after(0n)).toEqual([])
    vi.advanceTimersByTime(sweeps.namingRefusedFor)
    for (let more = 0; more < 3; more += 1)
      expect(await served.after(0n)).toEqual([['1', null], ...named('2')])
    expect(served.logsRead.filter((id) => id === '1')).toHaveLength(11)
  })

  it('because the server can’t be reached says nothing, and is no attempt', async () => {
    const served = new Served()
    served.logs.set('1', 'unreachable')
    served.take(['1'])
    for (let time = 0; time < sweeps.namingAttempts + 1; time += 1)
      await expect(served.after(0n)).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
    served.logs.delete('1')
    expect(await served.after(0n)).toEqual(named('1'))
  })
})
