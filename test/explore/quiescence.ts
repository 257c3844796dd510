import { isInDoubt } from '../../src/main/tracking/job.ts'
import { canonical } from './canonical.ts'
import { wrongInTheEnd, wrongNow } from './properties.ts'
import type { World } from './world.ts'

/**
 * Nothing more goes wrong: what is on its way arrives, the server begins and ends what it has, and the app asks as it
 * has planned, until every end is known.
 */

/** Milliseconds between two things that the server does. */
const betweenGood = 3_000
/** Longer than anything that the policy waits for. */
const longest = 3 * 3_600_000
/** So long an end that was told as unknown is given to be corrected by its record. */
const forCorrections = 5 * 60_000
/** The same read, planned again and again at one moment, changes nothing. */
const mostAtOneMoment = 60

export interface Rest {
  readonly wrong: readonly string[]
  /** What happened on the way. */
  readonly trace: readonly string[]
}

/** Lets a world come to rest. `isKnown` answers whether a state was seen to come to rest well already. */
export async function comeToRest(
  world: World,
  isKnown: (key: string) => boolean,
  isTraced = false,
): Promise<Rest> {
  const trace: string[] = []
  const note = (what: string): void => {
    if (isTraced) trace.push(`+${((world.now - began) / 1000).toFixed(1)} s ${what}`)
  }
  const began = world.now
  for (let good = world.nextGood(); good !== null; good = world.nextGood()) {
    await world.perform(good)
    note(good.name)
    await tickUntil(world, world.now + betweenGood, note)
  }
  let atThisMoment = 0
  let restedAt: number | null = null
  while (world.now - began < longest) {
    if (world.jobs.every(({ end }) => end !== null)) {
      restedAt ??= world.now
      const isHoped = world.jobs.some((job) => isInDoubt(job) && job.end?.outcome === 'unknown')
      if (!isHoped || world.now - restedAt > forCorrections) break
    }
    const before = world.now
    const next = world.nextDue()
    if (next === null) break
    // Now and then is enough to notice that it goes on as it went on elsewhere.
    if (next.what === 'keep-alive' && isKnown(canonical(world.save())))
      return { wrong: [...world.wrong, ...lies(world)], trace }
    await world.tick()
    note(next.what)
    atThisMoment = world.now === before ? atThisMoment + 1 : 0
    if (atThisMoment > mostAtOneMoment) return { wrong: [`asked for ever: ${next.what}`], trace }
  }
  return {
    wrong: [...new Set([...world.wrong, ...lies(world), ...wrongInTheEnd(world.server, world.jobs)])],
    trace,
  }
}

const lies = (world: World): string[] => wrongNow(world.server, world.jobs)

async function tickUntil(world: World, until: number, note: (what: string) => void): Promise<void> {
  for (let next = world.nextDue(); next !== null && next.at <= until; next = world.nextDue()) {
    await world.tick()
    note(next.what)
  }
  await world.pass(Math.max(0, until - world.now))
}
