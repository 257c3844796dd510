import { demoWorkflows } from './demo-workflows.ts'
import { WexflowSim } from './sim.ts'

/** A server to show and to play with; its logs are in this machine's local time, as a server's beside it would be. */
export const demoSim = (): WexflowSim =>
  new WexflowSim({
    workflows: demoWorkflows,
    serverTimeOffsetMs: -new Date().getTimezoneOffset() * 60_000,
  })
