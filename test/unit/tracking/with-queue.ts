import { Followed, type FollowedOptions, queueing } from './followed.ts'

/**
 * A job that has run for 0.7 s, and so many starts behind it.
 * @param workflow runs one job at a time
 */
export async function withQueue(starts: number, options: FollowedOptions = {}, workflow = queueing) {
  const app = await Followed.begin(options)
  const running = await app.start(workflow)
  const queued = await app.startMany(workflow, starts)
  await app.advance(700)
  return { app, running, queued }
}
