import { type SimWorkflow, simWorkflow } from './workflows.ts'

/** A set of workflows in which everything that can happen to a job can be seen. The simulator starts none by its schedule. */
export const demoWorkflows: readonly SimWorkflow[] = [
  simWorkflow({
    id: 1,
    name: 'Import orders',
    description: 'Fetches the new orders from the shop',
    durationMs: 8000,
    variables: { shop: 'main' },
    logLines: ['[FtpDownload] 12 files downloaded.', '[SqlImport] 342 rows written.'],
  }),
  simWorkflow({
    id: 2,
    name: 'Nightly export',
    description: 'Writes the accounts of the day',
    durationMs: 20_000,
    launchType: 'cron',
    cronExpression: '0 0 2 * * ?',
    variables: { folder: '/accounts' },
    tasks: [
      { name: 'SqlExport', description: 'Writes rows', settings: { where: '$day', password: '$password' } },
      { name: 'FilesMover', description: 'Moves files', settings: { to: '$folder' } },
    ],
    logLines: ['[SqlExport] Accounts of $day written to $folder.'],
  }),
  simWorkflow({
    id: 3,
    name: 'Ping',
    description: 'Ends at once',
    durationMs: 0,
  }),
  simWorkflow({
    id: 4,
    name: 'Send invoices',
    description: 'Fails: the mail server refuses',
    durationMs: 5000,
    outcome: 'Failed',
    logLines: [
      '[FilesLoader] 18 invoices to send.',
      { error: '[MailsSend] The mail server mail.example.com refused the connection.' },
      '[MailsSend] Task finished.',
    ],
  }),
  simWorkflow({
    id: 5,
    name: 'Check stock',
    description: 'Warns: one of two warehouses is missing',
    durationMs: 4000,
    launchType: 'cron',
    cronExpression: '0 0 18 ? * MON-FRI',
    outcome: 'Warning',
    logLines: [
      '[FilesLoader] Loading files...',
      { error: '[FilesLoader] File not found: /stock/north.csv' },
      '[FilesLoader] Task finished.',
    ],
  }),
  simWorkflow({
    id: 6,
    name: 'Rebuild index',
    description: 'One at a time; a second start queues',
    durationMs: 12_000,
    enableParallelJobs: false,
  }),
  simWorkflow({
    id: 7,
    name: 'Release payments',
    description: 'Waits for an approval',
    waitsForApprovalAfterMs: 2000,
    durationMs: 3000,
  }),
  simWorkflow({
    id: 8,
    name: 'Old archive',
    description: 'Disabled',
    isEnabled: false,
  }),
  simWorkflow({
    id: 9,
    name: 'Müller & Söhne <日本>',
    description: 'A name with "everything" in it & more',
    durationMs: 3000,
  }),
  simWorkflow({
    id: 10,
    name: 'Month end closing',
    description: 'Runs for an hour',
    durationMs: 3_600_000,
    launchType: 'cron',
    cronExpression: '0 0 20 L * ?',
    grantedTo: [],
  }),
]
