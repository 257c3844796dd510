import { type SimWorkflow, simWorkflow } from '../../wexflow-sim/workflows.ts'
import { type Circumstances, earlierJobs, runningJob } from './circumstances.ts'
import { secondRecording } from './second-recording.ts'

const unicode = 'Accent é & <tag> "q" 日本'
const oneAtATime = 'two seconds, one at a time'

/** The task that says whom it was started for. */
const echo = {
  name: 'ProcessLauncher',
  description: 'run',
  settings: {
    processPath: '/bin/sh',
    processCmd: String.raw`-c "echo \$who"`,
    hideGui: 'true',
    generatesFiles: 'false',
  },
}

function notGranted(definition: Parameters<typeof simWorkflow>[0]): SimWorkflow {
  return simWorkflow({ grantedTo: [], ...definition })
}

/** The workflows of the server that was recorded first. Durations as recorded, to a few milliseconds. */
const recordedWorkflows = [
  notGranted({
    id: 131,
    name: 'Workflow_Approval',
    storedVersions: 2,
    waitsForApprovalAfterMs: 50,
    durationMs: 2000,
  }),
  notGranted({ id: 132, name: 'Workflow_Approval_Reject', storedVersions: 2, waitsForApprovalAfterMs: 50 }),
  notGranted({ id: 41, name: 'Workflow_Wait', storedVersions: 2 }),
  notGranted({ id: 69, name: 'Workflow_Startup', launchType: 'startup', durationMs: 0, outcome: 'Warning' }),
  notGranted({ id: 9002, name: 'P1s', description: 'one second, parallel' }),
  notGranted({ id: 9003, name: 'P10s', description: 'ten seconds, parallel', durationMs: 10_000 }),
  notGranted({ id: 9004, name: 'Off', isEnabled: false }),
  notGranted({
    id: 9005,
    name: 'FailFE',
    description: 'fails: file missing',
    durationMs: 10,
    outcome: 'Failed',
  }),
  notGranted({
    id: 9006,
    name: 'FailExit',
    description: 'fails: exit 3',
    durationMs: 10,
    outcome: 'Failed',
  }),
  notGranted({ id: 9008, name: 'Warn', description: 'one ok, one failing', outcome: 'Warning' }),
  notGranted({
    id: 9009,
    name: 'Vars',
    description: unicode,
    durationMs: 10,
    variables: { who: 'world' },
    tasks: [echo],
  }),
  notGranted({
    id: 9010,
    name: 'LoadMissing',
    description: 'FilesLoader missing file',
    durationMs: 5,
    outcome: 'Failed',
  }),
  notGranted({ id: 9011, name: 'Retry', description: 'retry', outcome: 'Failed' }),
  notGranted({
    id: 9020,
    name: 'Queue2s',
    description: oneAtATime,
    durationMs: 2000,
    enableParallelJobs: false,
  }),
  notGranted({ id: 9021, name: 'RestVars', description: unicode, durationMs: 10, tasks: [echo] }),
]

/** By the name of the transcript; what is not here is usual. */
const special: Readonly<Record<string, Partial<Circumstances>>> = {
  history: { before: earlierJobs(9003, 3, 11_000) },
  'pages-administrator': { username: 'administrator', before: earlierJobs(9003, 2, 11_000) },
  'pages-restricted': { username: 'restricted', before: earlierJobs(9003, 2, 11_000) },
  'queue-stop': {
    faults: { stopHidesNext: { next: 1 } },
    before: (sim, wait) => {
      const jobs = runningJob(9020, '0791f771-b931-4434-aa1c-3d167d11568d')(sim, wait)
      sim.startElsewhere(9020)
      sim.startElsewhere(9020)
      return jobs
    },
  },
  'reads-and-bad-input': {
    before: (sim, wait) => {
      const jobId = sim.startElsewhere(9003)
      wait(100)
      sim.stopElsewhere(9003, jobId)
      wait(100)
      return {}
    },
  },
  'stop-says-false-entry-stuck': {
    faults: { entryStuckRunning: { next: 1 } },
    before: earlierJobs(9020, 3, 3000),
  },
  'user-administrator': {
    username: 'administrator',
    before: runningJob(9003, 'c3078964-3c00-4377-bc79-3ee27d191ade'),
  },
  'user-restricted': {
    username: 'restricted',
    before: runningJob(9003, '6eabac43-7677-4659-ba50-9518462ba0f7'),
    meanwhile: [{ at: 0.08, act: (sim) => sim.startElsewhere(9003) }],
  },
}

const usual: Circumstances = {
  username: 'admin',
  faults: {},
  workflows: recordedWorkflows,
  database: 'sqlite',
  durations: {},
  before: () => ({}),
  begins: null,
  meanwhile: [],
  toleranceMs: 60,
  changes: 'each',
}

export function circumstancesOf(name: string): Circumstances {
  return { ...usual, ...special[name], ...secondRecording(name) }
}
