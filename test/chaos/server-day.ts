import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { SimUser } from '../wexflow-sim/users.ts'
import type { ComputerRecord } from './computer.ts'
import type { DayRecord } from './day.ts'
import type { Disturbance } from './diary.ts'

/** What is known of one server's part of a day: its jobs, and what was wrong with it or with the computer. */
export interface ServerDay extends ComputerRecord {
  readonly sim: WexflowSim
  /** Who is signed in. */
  readonly user: SimUser
  readonly disturbances: readonly Disturbance[]
}

/** The parts of a day, in the order of its servers. */
export const serverDays = (day: DayRecord): ServerDay[] =>
  day.servers.map(({ account, sim }, place) => ({
    ...day,
    sim,
    user: account.user,
    wishes: day.wishes.filter(({ serverId }) => serverId === account.id),
    jobs: new Map([...day.jobs].filter(([, { serverId }]) => serverId === account.id)),
    newestRows: day.newestRows.filter(({ serverId }) => serverId === account.id),
    disturbances: day.disturbances.filter(({ server }) => server === null || server === place),
  }))
