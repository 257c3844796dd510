import { expect, it, vi } from 'vitest'
import { networkWire } from '../../../src/main/servers/access.ts'
import { noSecrets, usualConnection } from '../../../src/shared/usual-connection.ts'
import { brief, followed, limitedServer, trackerOver } from './limited-server.ts'

const all = (count: number): string[] => Array.from({ length: count }, () => 'done')

it.each(['closed', 'reset', 'status503'] as const)(
  'where a server allows ten connections, and further ones are %s, 25 starts succeed at once, and more one after the other',
  { timeout: 60_000 },
  async (excess) => {
    const { sim, tracker, outcomes, links, limited } = await followed(excess)
    await Promise.all(Array.from({ length: 25 }, () => tracker.startWorkflow({ ...brief })))
    expect(sim.startsCarriedOut(brief.id)).toBe(25)
    await vi.waitFor(() => expect(outcomes).toEqual(all(25)), { timeout: 15_000, interval: 100 })
    for (let count = 0; count < 8; count += 1) await tracker.startWorkflow({ ...brief })
    expect(sim.startsCarriedOut(brief.id)).toBe(33)
    await vi.waitFor(() => expect(outcomes).toEqual(all(33)), { timeout: 15_000, interval: 100 })
    expect(limited.excess()).toBeGreaterThan(0)
    expect(links).not.toContain('offline')
  },
)

it.each(['closed', 'reset', 'status503'] as const)(
  'of 25 starts of each of two profiles at once, whose server allows ten connections, all succeed (%s)',
  { timeout: 60_000 },
  async (excess) => {
    const { sim, limited, baseUrl } = await limitedServer(excess)
    const source = { connection: () => usualConnection, secrets: async () => noSecrets }
    const profiles = await Promise.all(
      [0, 1].map(() => trackerOver(networkWire.newTransport(source), baseUrl)),
    )
    const starts = profiles.flatMap(({ tracker }) =>
      Array.from({ length: 25 }, () => tracker.startWorkflow({ ...brief })),
    )
    await Promise.all(starts)
    expect(sim.startsCarriedOut(brief.id)).toBe(50)
    for (const { outcomes, links } of profiles) {
      await vi.waitFor(() => expect(outcomes).toEqual(all(25)), { timeout: 15_000, interval: 100 })
      expect(links).not.toContain('offline')
    }
    expect(limited.excess()).toBeGreaterThan(0)
  },
)
