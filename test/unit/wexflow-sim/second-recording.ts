import type { DatabaseName } from '../../wexflow-sim/databases.ts'
import type { WexflowSim } from '../../wexflow-sim/sim.ts'
import { type SimTask, type SimWorkflow, simWorkflow } from '../../wexflow-sim/workflows.ts'
import { type Circumstances, earlierJobs } from './circumstances.ts'

/** The lines that a task writes which waits. */
const waitLines = (seconds: number): string[] => [
  `[Wait] Waiting for 00:00:0${seconds} ...`,
  '[Wait] Task finished.',
]

const longName =
  'a name that is very long indeed, so long that no menu of a tray would show it in one line without cutting it ' +
  'somewhere near its middle or at its end, version 2'

/** The workflows of the servers that were recorded a day later, on several databases. */
const workflows: readonly SimWorkflow[] = [
  simWorkflow({ id: 9001, name: 'W1s', description: 'waits 1 s, not parallel', enableParallelJobs: false }),
  simWorkflow({ id: 9002, name: 'P1s', description: 'waits 1 s, parallel', logLines: waitLines(1) }),
  simWorkflow({ id: 9004, name: 'P2s', description: 'waits 2 s, parallel', logLines: waitLines(2) }),
  simWorkflow({
    id: 9020,
    name: 'Queue2s',
    description: 'waits 2 s, not parallel',
    durationMs: 2000,
    enableParallelJobs: false,
    logLines: waitLines(2),
  }),
  simWorkflow({ id: 9030, name: 'P60s', description: 'waits 60 s, parallel', durationMs: 60_000 }),
  simWorkflow({
    id: 9040,
    name: 'ÉÜ-日本 Ünïcode “x” & <b> [y]',
    description: 'name with É, Ü, CJK, quotes, ampersand, brackets',
    durationMs: 200,
  }),
  simWorkflow({ id: 9041, name: longName, description: 'long', durationMs: 200 }),
  simWorkflow({
    id: 9050,
    name: 'CronEach20s',
    description: 'cron each 20 s',
    launchType: 'cron',
    durationMs: 3000,
    logLines: waitLines(3),
  }),
  simWorkflow({
    id: 9051,
    name: 'Per15s',
    description: 'periodic each 15 s',
    launchType: 'periodic',
    durationMs: 1500,
  }),
  simWorkflow({
    id: 9060,
    name: String.raw`pc%t un_der br[ac] q'uo "d" back\slash`,
    description: 'specials',
    durationMs: 200,
  }),
  simWorkflow({ id: 9061, name: 'emoji 😀🚀 end', description: '4-byte 😀', durationMs: 200 }),
  simWorkflow({ id: 9063, name: 'Log1MB', description: 'log of 1 MB', durationMs: 200 }),
  simWorkflow({ id: 9064, name: 'Log20MB', description: 'log of 20 MB' }),
  simWorkflow({
    id: 9065,
    name: 'LogNul',
    description: 'log with NUL and emoji',
    durationMs: 20,
    logLines: ['[ProcessLauncher] \0 😀'],
  }),
  simWorkflow({
    id: 9066,
    name: 'LogQuotes',
    description: 'log with quotes and backslashes',
    durationMs: 200,
  }),
  simWorkflow({ id: 9067, name: 'n'.repeat(300), description: 'name of 300' }),
  simWorkflow({ id: 9068, name: 'Desc300', description: 'd'.repeat(300) }),
  simWorkflow({ id: 9069, name: 'percent', description: 'no specials', durationMs: 200 }),
]

const waitTask = (description: string, duration: string): SimTask => ({
  name: 'Wait',
  description,
  settings: { duration },
})

/** Those whose definitions were read. */
const definedWorkflows: readonly SimWorkflow[] = [
  simWorkflow({
    id: 131,
    name: 'Workflow_Approval',
    waitsForApprovalAfterMs: 50,
    tasks: [
      { name: 'Approval', description: 'Waiting for approval', settings: {} },
      waitTask('Waiting for 2 seconds', '00.00:00:02'),
    ],
  }),
  simWorkflow({ id: 132, name: 'Workflow_Approval_Reject', isApproval: true }),
  simWorkflow({ id: 170, name: 'Workflow_ApproveDocument', isApproval: true }),
  simWorkflow({ id: 171, name: 'Workflow_ApproveInvoice', isApproval: true }),
  simWorkflow({ id: 172, name: 'Workflow_ApproveTimesheet', isApproval: true }),
  simWorkflow({ id: 173, name: 'Workflow_ApproveVacations', isApproval: true }),
  simWorkflow({
    id: 9009,
    name: 'Vars',
    description: 'é 日本語 $name Ünï',
    tasks: [waitTask('w', '00.00:00:01')],
  }),
  simWorkflow({
    id: 9050,
    name: 'CronEach20s',
    description: 'cron each 20 s',
    launchType: 'cron',
    cronExpression: '0/20 * * * * ?',
    isEnabled: false,
    tasks: [waitTask('w', '00.00:00:03')],
  }),
  simWorkflow({
    id: 9051,
    name: 'Per15s',
    description: 'periodic each 15 s',
    launchType: 'periodic',
    period: '00.00:00:15',
    isEnabled: false,
  }),
]

type Meanwhile = Circumstances['meanwhile'][number]

/** A trigger of the server starts a workflow, at seconds after the beginning. */
const starts = (workflowId: number, at: number): Meanwhile => ({
  at,
  act: (sim: WexflowSim) => sim.startElsewhere(workflowId),
})

const andThen =
  (...parts: readonly Circumstances['before'][]): Circumstances['before'] =>
  (sim, wait) =>
    Object.assign({}, ...parts.map((part) => part(sim, wait)))

/** A job of a trigger that began so many milliseconds before the beginning, and runs. */
const alreadyRuns =
  (workflowId: number, sinceMs: number): Circumstances['before'] =>
  (sim, wait) => {
    sim.startElsewhere(workflowId)
    wait(sinceMs)
    return {}
  }

const stoppedJob: Circumstances['before'] = (sim, wait) => {
  const jobId = sim.startElsewhere(9020)
  wait(100)
  sim.stopElsewhere(9020, jobId)
  wait(100)
  return {}
}

const hidden: Partial<Circumstances> = { faults: { stopHidesNext: { next: 1 } }, changes: 'kinds' }
const dead: Partial<Circumstances> = {
  faults: { startWaitsForOther: { next: 1 }, stopDeadensWorkflow: { next: 1 }, frameSaysRunning: 0 },
  changes: 'kinds',
}
const textSearch: Partial<Circumstances> = {
  begins: Date.UTC(2026, 10, 25, 20, 28, 46),
  before: andThen(earlierJobs(9051, 1, 3000), earlierJobs(9002, 1, 3000), earlierJobs(9050, 1, 5000)),
}
const tooLong = (workflowId: number): Partial<Circumstances> => ({ before: earlierJobs(workflowId, 1, 1000) })
/** The log of workflow 9064, whose job runs so many milliseconds, can't be stored. */
const notStored = (durationMs: number): Partial<Circumstances> => ({
  durations: { 9064: [durationMs] },
  before: andThen(earlierJobs(9063, 1, 1000), (sim) => {
    sim.faults.set({ endNotStored: { next: 1 } })
    return {}
  }),
  // It ends before the other one does, and uses the fault up.
  meanwhile: [starts(9050, durationMs / 1000 - 2)],
})

/** By the name of the transcript. */
const special: Readonly<Record<string, Partial<Circumstances>>> = {
  'answered-id-never-exists': {
    toleranceMs: 250,
    meanwhile: [
      { at: 0.11, act: (sim) => setTimeout(() => sim.faults.set({ startIdReplaced: { next: 1 } })) },
    ],
  },
  'reads-for-variables-schedule-messages': {
    workflows: definedWorkflows,
    before: (sim, wait) => {
      const jobId = sim.startElsewhere(131)
      wait(1000)
      sim.decideElsewhere(131, jobId, false)
      wait(1000)
      return {}
    },
  },
  'stop-says-true-next-job-hidden': {
    faults: { stopHidesNext: { next: 1 } },
    durations: { 9020: [2000, 2000, 2000, 2095, 2212, 2047] },
    before: andThen(stoppedJob, earlierJobs(9020, 1, 3000)),
    toleranceMs: 120,
  },
  'two-starts-at-once-then-stop-dead-workflow': { ...dead, changes: 'each' },
}

const specialOnDatabases: Readonly<Record<string, Partial<Circumstances>>> = {
  'answered-id-never-exists-litedb': {
    durations: { 9002: [1700, 1390, 1640, 990] },
    meanwhile: [{ at: 1.8, act: (sim) => sim.faults.set({ startIdReplaced: { next: 1 } }) }],
    changes: 'kinds',
  },
  'database-away-postgresql': {
    durations: { 9004: [2050, 2150] },
    before: andThen(earlierJobs(9002, 1, 1200), earlierJobs(9004, 1, 2200)),
    toleranceMs: 100,
  },
  'description-of-300-mariadb': tooLong(9066),
  // The stream came after the frame.
  'description-of-300-postgresql': {
    faults: { newStreamSilentMs: 100 },
    before: earlierJobs(9066, 1, 1000),
    meanwhile: [starts(9051, 5)],
  },
  'equal-times-mariadb': {
    begins: Date.UTC(2026, 10, 25, 20, 38, 48),
    durations: {
      9002: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 2000, 3000, 2000, 3000],
      9051: [2800],
    },
    // The last two starts began late.
    meanwhile: [
      { at: 0.01, act: (sim) => sim.faults.set({ lateEntryMs: 2000 }) },
      { at: 1, act: (sim) => sim.faults.set({ lateEntryMs: 0 }) },
      starts(9051, 1.5),
    ],
  },
  'ids-and-times-litedb': { before: alreadyRuns(9050, 1140), begins: Date.UTC(2026, 10, 25, 20, 28, 41) },
  'ids-and-times-mariadb': {
    before: alreadyRuns(9050, 800),
    begins: Date.UTC(2026, 10, 25, 20, 28, 40, 800),
    toleranceMs: 100,
  },
  'ids-and-times-postgresql': {
    before: alreadyRuns(9050, 1055),
    begins: Date.UTC(2026, 10, 25, 20, 28, 41),
  },
  'log-20mb-litedb': notStored(6840),
  'log-20mb-mariadb': notStored(8280),
  'log-with-nul-postgresql': { before: earlierJobs(9061, 1, 1000) },
  'name-of-300-mariadb': tooLong(9066),
  'name-of-300-postgresql': tooLong(9066),
  'restarts-litedb': {
    begins: 1_795_639_198_343,
    meanwhile: [starts(9050, 21.66), starts(9051, 22.17), starts(9051, 36.5)],
    changes: 'kinds',
  },
  'restarts-mariadb': {
    begins: 1_795_639_198_206,
    meanwhile: [starts(9050, 21.66), starts(9051, 22.17), starts(9051, 35.8)],
    changes: 'kinds',
  },
  'restarts-postgresql': {
    begins: 1_795_639_198_290,
    meanwhile: [starts(9050, 21.66), starts(9051, 22.17), starts(9051, 36.5), starts(9051, 42.58)],
    changes: 'kinds',
  },
  'stop-says-true-next-job-hidden-litedb': {
    ...hidden,
    faults: { ...hidden.faults, hiddenSaysStopped: 1 },
  },
  'stop-says-true-next-job-hidden-postgresql': { ...hidden, before: earlierJobs(9020, 2, 3000) },
  'text-search-litedb': textSearch,
  'text-search-mariadb': { ...textSearch, begins: Date.UTC(2026, 10, 25, 20, 28, 46, 600) },
  'text-search-postgresql': textSearch,
  'two-starts-at-once-then-stop-dead-workflow-litedb': dead,
  'two-starts-at-once-then-stop-dead-workflow-mariadb': {
    ...dead,
    faults: { ...dead.faults, frameSaysRunning: 1 },
  },
  'two-starts-at-once-then-stop-dead-workflow-postgresql': dead,
}

const databasesByEnding: readonly (readonly [ending: string, database: DatabaseName])[] = [
  ['-litedb', 'litedb'],
  ['-mariadb', 'mariadb'],
  ['-postgresql', 'postgres'],
]

/** What is special of a transcript of that day; nothing of another. */
export function secondRecording(name: string): Partial<Circumstances> {
  const [folder, file = ''] = name.split('/')
  if (folder !== 'databases') return name in special ? { workflows, ...special[name] } : {}
  const [, database = 'sqlite'] = databasesByEnding.find(([ending]) => file.endsWith(ending)) ?? []
  return { workflows, database, ...specialOnDatabases[file] }
}
