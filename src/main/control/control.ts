import type { Command, CommandAnswer, Run } from '../../shared/commands.ts'
import { hasEnded, type JobView } from '../../shared/job-view.ts'
import { workflowKeyOf } from '../../shared/usual.ts'
import type { JobStore } from '../job-store/store.ts'
import type { UsualTimes } from '../job-store/usual-times.ts'
import { logWithinMs } from '../notify/rules.ts'
import { within } from '../platform/within.ts'
import type { Servers } from '../servers/servers.ts'
import type { AppModel } from '../state/app-model.ts'
import { viewOf } from '../tracking/job-view.ts'
import { changes } from './changes.ts'
import type { ControlKind, ControlServer, FollowedJob } from './protocol.ts'

/** What a command line has of the app: of one that runs, over its socket, or of one in its own process. */
export interface Control {
  /** The servers, now and after each change, until `signal` is aborted. */
  servers(signal: AbortSignal): AsyncIterable<readonly ControlServer[]>
  /** The newest jobs, the newest first. */
  jobs(most: number): Promise<readonly JobView[]>
  /** The jobs of this id or key; where there are none, those whose id or key begins so. */
  jobsCalled(called: string): Promise<readonly JobView[]>
  /** A job, now and after each change, until `signal` is aborted. What an ended one's log tells is waited for a little. */
  follow(key: string, signal: AbortSignal): AsyncIterable<FollowedJob>
  run<Kind extends ControlKind>(command: Command<Kind>): Promise<CommandAnswer<Kind>>
}

export interface ControlOptions {
  readonly run: Run
  readonly model: Pick<AppModel, 'state' | 'onChange'>
  readonly jobStore: Pick<JobStore, 'list' | 'get' | 'index' | 'onChange'>
  readonly usual: Pick<UsualTimes, 'durations'>
  readonly servers: Pick<Servers, 'get'>
}

/** A job is not called by less than this: it would soon be that of several. */
const shortestStart = 4

/** The app in this process. */
export const controlOf = ({ run, model, jobStore, usual, servers }: ControlOptions): Control => ({
  servers: (signal) =>
    changes(
      () => model.state.servers,
      (onChange) => model.onChange(onChange),
      signal,
    ),
  jobs: async (most) => jobStore.list().slice(0, most).map(viewOf),
  jobsCalled: async (called) => {
    const jobs = jobStore.list().map(viewOf)
    const exact = jobs.filter(({ key, jobId }) => key === called || jobId === called)
    if (exact.length > 0 || called.length < shortestStart) return exact
    return jobs.filter(({ key, jobId }) => key.startsWith(called) || jobId?.startsWith(called) === true)
  },
  async *follow(key, signal) {
    const view = (): JobView | null => {
      const job = jobStore.get(key)
      return job === undefined ? null : viewOf(job)
    }
    const listen = (onChange: () => void): (() => void) =>
      jobStore.onChange(({ changed, removed }) => {
        if (removed.includes(key) || changed.some((job) => job.key === key)) onChange()
      })
    for await (const job of changes(view, listen, signal)) {
      if (job !== null && hasEnded(job))
        await within(servers.get(job.serverId)?.logKnown(key) ?? Promise.resolve(), logWithinMs)
      const now = view()
      yield { job: now, usualMs: now === null ? null : (usual.durations.get(workflowKeyOf(now)) ?? null) }
    }
  },
  run,
})
