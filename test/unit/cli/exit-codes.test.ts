import { expect, onTestFinished, test } from 'vitest'
import { runnerOf } from '../../../src/main/commands.ts'
import { changes } from '../../../src/main/control/changes.ts'
import { controlAddress } from '../../../src/main/control/control-address.ts'
import { openControlSocket } from '../../../src/main/control/control-socket.ts'
import type { Control } from '../../../src/main/control/control.ts'
import type { FollowedJob } from '../../../src/main/control/protocol.ts'
import type { CommandHandlers } from '../../../src/shared/commands.ts'
import { type Outcome, outcomes } from '../../../src/shared/outcome.ts'
import { serverWith, workflowWith } from '../app-state.ts'
import { ownFolder } from '../control/own-folder.ts'
import { endedView, viewIn } from '../job-view.ts'
import { refusing } from '../refusing.ts'
import { cli, type Ended } from './recording-terminal.ts'

const { platform } = process
const silence = (): void => {}
const log = { error: silence, warn: silence, info: silence, debug: silence }

const server = serverWith({
  link: 'online',
  workflows: [workflowWith({ id: 1, name: 'Import orders' })],
  workflowsKnown: true,
})

/** Runs a command line against an app that starts a job and says this of it. */
async function runWith(
  job: FollowedJob['job'],
  words: readonly string[] = [],
  handlers: Partial<CommandHandlers> = {},
): Promise<Ended> {
  const userData = await ownFolder()
  const address = await controlAddress({ platform, env: {}, userData })
  if (address === null) throw new Error('the folder has too long a path')
  const control: Control = {
    servers: (signal) =>
      changes(
        () => [server],
        () => silence,
        signal,
      ),
    jobs: async () => [],
    jobsCalled: async () => [],
    follow: (_key, signal) =>
      changes(
        () => ({ job, usualMs: null }),
        () => silence,
        signal,
      ),
    run: runnerOf({ ...refusing, startWorkflow: () => 'a key', ...handlers }),
  }
  const socket = await openControlSocket({ control, address, platform, log })
  onTestFinished(async () => socket?.close())
  return cli(['run', '1', '--user-data-dir', userData, ...words], { platform, env: { LC_ALL: 'C' } })
}

const codes: Readonly<Record<Outcome, number>> = {
  done: 0,
  failed: 1,
  warning: 3,
  stopped: 4,
  rejected: 5,
  notStarted: 6,
  unknown: 7,
}

test.each(outcomes)('a job that is waited for and ends as %s', async (outcome) => {
  expect((await runWith(endedView(outcome), ['--wait'])).code).toBe(codes[outcome])
})

test.each(outcomes)(
  'a job that is not waited for, and has ended as %s by the time it is confirmed',
  async (outcome) => {
    const isStarted = outcome !== 'notStarted' && outcome !== 'unknown'
    expect((await runWith(endedView(outcome))).code).toBe(isStarted ? 0 : codes[outcome])
  },
)

test.each(['queued', 'notBegun', 'running', 'suspended', 'waiting'] as const)(
  'a start that is %s is confirmed',
  async (phase) => {
    expect((await runWith(viewIn(phase))).code).toBe(0)
  },
)

test('of a job that has left the list it is not known how it ends', async () => {
  const { code, err } = await runWith(null, ['--wait'])
  expect(code).toBe(7)
  expect(err).toBe('The job is not in the list any more.\n')
})

test.each([
  [
    'the server does not answer',
    () => ({ ok: false, failure: { kind: 'timedOut', detail: '' } }) as const,
    'in time',
  ],
  [
    'the app fails',
    (): never => {
      throw new Error('a fault')
    },
    'Its log says why.',
  ],
])('where the log can’t be read since %s, the end is known all the same', async (_why, jobLog, sentence) => {
  const { code, out, err } = await runWith(endedView('failed'), ['--wait', '--log'], { jobLog })
  expect(code).toBe(codes.failed)
  expect(out).toContain('Failed: Import orders')
  expect(err).toMatch(/^The job’s log could not be read\. /u)
  expect(err).toContain(sentence)
})
