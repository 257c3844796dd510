import { demoUsers } from '../../wexflow-sim/users.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { hour, second } from '../main-process.ts'

export const maria = { username: 'maria', password: 'swordfish' }

/** A server that knows Maria besides the first user. */
export const simWithMaria = (tokenLifetimeMs = 86_400_000): WexflowSim =>
  new WexflowSim({
    workflows: [second, hour],
    users: [...demoUsers, { ...maria, profile: 'superAdministrator' }],
    faults: { tokenLifetimeMs },
  })
