import type { Job } from '../job.ts'
import type { Watch } from '../../../shared/watch.ts'

/** What a person wants to be told of runs that others began, on one server. */
export interface Watching {
  readonly watch: Watch
  /** The ids of the person's favourite workflows. */
  readonly favourites: ReadonlySet<number>
  /** Whether the person took the run with this job id off the list. */
  readonly isDismissed: (jobId: string) => boolean
}

/** Nothing: the app's own jobs only. */
export const watchingNothing: Watching = {
  watch: 'mine',
  favourites: new Set(),
  isDismissed: () => false,
}

/** Whether runs of this workflow are watched, whoever began them. */
export const isWatchWanted = ({ watch, favourites }: Watching, workflowId: number): boolean =>
  watch === 'all' || (watch === 'favourites' && favourites.has(workflowId))

/** The watched runs among these that are wanted no more. */
export const unwanted = (watching: Watching, watched: readonly Job[]): Job[] =>
  watched.filter(
    ({ workflowId, run }) =>
      !isWatchWanted(watching, workflowId) || (run !== null && watching.isDismissed(run.jobId)),
  )
