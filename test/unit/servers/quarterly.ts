import { simWorkflow } from '../../wexflow-sim/workflows.ts'

/** Each quarter of an hour, by the server's schedule; the clock of the tests begins at 03:12. */
export const quarterly = simWorkflow({
  id: 9,
  name: 'Import',
  launchType: 'cron',
  cronExpression: '0 0/15 * * * ?',
  everyMs: 15 * 60_000,
  durationMs: 1000,
})
