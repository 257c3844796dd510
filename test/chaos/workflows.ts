import { type JobFate, type SimWorkflow, simWorkflow } from '../wexflow-sim/workflows.ts'
import type { Wished } from './app.ts'
import type { Draw } from './draw.ts'

/** A workflow that the server does not know (any more). */
export const unknownWorkflow = { id: 999, name: 'Removed', isApproval: false }

const parallel = (
  [
    ['Instant', 0],
    ['Blink', 120],
    ['Second', 1000],
    ['Seconds', 6000],
    ['Half minute', 30_000],
    ['Minutes', 150_000],
  ] as const
).map(([name, durationMs], place) => simWorkflow({ id: place + 1, name, durationMs }))

const serial = (
  [
    ['Queue instant', 0],
    ['Queue second', 1500],
    ['Queue seconds', 5000],
  ] as const
).map(([name, durationMs], place) =>
  simWorkflow({ id: place + 11, name, durationMs, enableParallelJobs: false }),
)

/** Stored in two versions, of which the server runs the first. */
const versions = [
  simWorkflow({ id: 51, name: 'Version one', durationMs: 3000, laterVersionNames: ['Version two'] }),
  simWorkflow({
    id: 52,
    name: 'Line one',
    durationMs: 3000,
    enableParallelJobs: false,
    laterVersionNames: ['Line two'],
  }),
]

const approval = [
  simWorkflow({ id: 21, name: 'Approve', durationMs: 2000, waitsForApprovalAfterMs: 500 }),
  simWorkflow({ id: 22, name: 'Approve at once', durationMs: 0, waitsForApprovalAfterMs: 0 }),
  simWorkflow({
    id: 23,
    name: 'Approve in line',
    durationMs: 1000,
    waitsForApprovalAfterMs: 1000,
    enableParallelJobs: false,
  }),
]

/** Those whose jobs wait for an approval. */
export const approvalIds: ReadonlySet<number> = new Set(approval.map(({ id }) => id))

const refused = [
  simWorkflow({ id: 31, name: 'Switched off', isEnabled: false }),
  simWorkflow({ id: 32, name: 'Not granted', grantedTo: [] }),
]

/** Runs by itself whenever the server starts. */
const noise = [simWorkflow({ id: 41, name: 'Housekeeping', durationMs: 4000, launchType: 'startup' })]

/** The workflows of every simulated server. */
export const workflows: readonly SimWorkflow[] = [
  ...parallel,
  ...serial,
  ...versions,
  ...approval,
  ...refused,
  ...noise,
]

/** What a start needs to know of a workflow. */
const wished = ({ id, name, isApproval }: SimWorkflow): Wished => ({ id, name, isApproval })

/** Those that a person starts: the more often one stands here, the more often it is. */
export const startable: readonly Wished[] = [
  ...parallel,
  ...parallel,
  ...parallel,
  ...serial,
  ...serial,
  ...versions,
  ...approval,
  ...refused,
].map(wished)

/** Those that run one job at a time. */
export const queueing: readonly Wished[] = workflows
  .filter(({ enableParallelJobs }) => !enableParallelJobs)
  .map(wished)

/** Those that others start as well, so that the app has to tell its own jobs from theirs. */
export const startedElsewhere: readonly Wished[] = [
  ...parallel,
  ...serial,
  ...versions,
  ...approval,
  ...noise,
].map(wished)

/** Those that somebody renames, or that die. */
export const changeable: readonly [Wished, ...Wished[]] = [
  { id: 2, name: 'Blink', isApproval: false },
  { id: 3, name: 'Second', isApproval: false },
  { id: 12, name: 'Queue second', isApproval: false },
  { id: 51, name: 'Version one', isApproval: false },
]

/** What a job does: near the time of its workflow, and with any outcome. */
export function drawFate(draw: Draw, { durationMs }: SimWorkflow): JobFate {
  const outcome = draw.pick(['Done', 'Done', 'Failed', 'Warning'])
  return { durationMs: Math.round(durationMs * (0.5 + draw.random())), outcome }
}

/** Those that the person has starred on every server. */
export const favouriteIds: readonly number[] = [1, 3, 4, 12, 21, 52]
