import type { Watching } from '../../../../src/main/tracking/watch/watch.ts'
import type { KnownJob } from '../../../known-job.ts'
import { Followed, type FollowedOptions } from '../followed.ts'

/** Of the runs that others began none are wanted, or all, or those of these workflows. */
export const nothing: Watching = { watch: 'mine', favourites: new Set(), isDismissed: () => false }
export const all: Watching = { ...nothing, watch: 'all' }
export const favourites = (...ids: readonly number[]): Watching => ({
  ...nothing,
  watch: 'favourites',
  favourites: new Set(ids),
})

/** An app that watches all runs, or what is said, and knows what had run before. */
export async function watchful(options: FollowedOptions = {}): Promise<Followed> {
  const app = await Followed.begin({ watching: all, ...options })
  await app.advance(1000)
  return app
}

export const watched = (app: Followed): KnownJob[] => app.jobs.filter(({ answer }) => answer === 'elsewhere')

export const change = (app: Followed, watching: Watching): void => {
  app.watching = watching
  app.tracker.watch(watching)
}
