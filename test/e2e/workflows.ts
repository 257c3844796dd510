import { type SimWorkflow, simWorkflow } from '../wexflow-sim/workflows.ts'

/** One that takes a variable. */
export const greeting: SimWorkflow = simWorkflow({
  id: 20,
  name: 'Greet',
  durationMs: 300,
  tasks: [{ name: 'Mail', description: 'Greets', settings: { subject: 'Hello $who' } }],
  logLines: ['[Mail] Greets $who'],
})

/** Workflows whose jobs end soon, one for each way in which a job can go. */
export const testWorkflows: readonly SimWorkflow[] = [
  simWorkflow({ id: 1, name: 'Import orders', durationMs: 700, logLines: ['[SqlImport] 342 rows written.'] }),
  simWorkflow({ id: 2, name: 'Ping', durationMs: 0 }),
  simWorkflow({
    id: 3,
    name: 'Send invoices',
    durationMs: 700,
    outcome: 'Failed',
    logLines: [{ error: '[MailsSend] The mail server refused the connection.' }],
  }),
  simWorkflow({ id: 4, name: 'Check stock', durationMs: 700, outcome: 'Warning' }),
  simWorkflow({ id: 5, name: 'Nightly export', durationMs: 3_600_000 }),
  simWorkflow({ id: 6, name: 'Rebuild index', durationMs: 1500, enableParallelJobs: false }),
  simWorkflow({ id: 7, name: 'Release payments', waitsForApprovalAfterMs: 200, durationMs: 300 }),
  simWorkflow({ id: 8, name: 'Old archive', isEnabled: false }),
  simWorkflow({ id: 9, name: 'Reorganise', durationMs: 3_600_000, enableParallelJobs: false }),
  simWorkflow({ id: 10, name: 'Month end closing', durationMs: 5000 }),
  simWorkflow({ id: 11, name: 'Fail later', durationMs: 1500, outcome: 'Failed' }),
]
