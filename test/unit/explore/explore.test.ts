import { describe, expect, it } from 'vitest'
import { explore, replay } from '../../explore/search.ts'
import { faults } from '../../explore/world.ts'

/** A small bound of `npm run explore` (docs/explore.md). */
const bound = { database: 'sqlite', after: [], depth: 4, mostFaults: 2, faults, mostViolations: 1 } as const

describe('every order of events of two starts', () => {
  it.each(['parallel', 'queue'] as const)(
    'of a %s workflow is told truthfully, up to four events and two faults',
    async (workflow) => {
      const found = await explore({ ...bound, workflow })
      expect(found.violations).toEqual([])
      expect(found).toMatchObject({ isWhole: true, depth: 4 })
      // Fewer states would mean that the model lost some of what can happen.
      expect(found.states).toBeGreaterThan(400)
    },
    60_000,
  )
})

describe('one order of events', () => {
  it('is played again by the names of its events, and goes on until every end is known', async () => {
    const { wrong, trace, jobs } = await replay('queue', [
      'a: is sent',
      'b: is sent',
      'b: reaches the server',
    ])
    expect(wrong).toEqual([])
    expect(trace.length).toBeGreaterThan(0)
    expect(jobs.map(({ key, end }) => [key, end?.outcome])).toEqual([
      ['a', 'done'],
      ['b', 'failed'],
    ])
  })

  it('can hold only what can happen', async () => {
    await expect(replay('queue', ['b: is sent'])).rejects.toThrow('can’t happen here; what can: a: is sent')
  })
})
