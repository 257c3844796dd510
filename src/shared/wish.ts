import type { JobView, Phase } from './job-view.ts'

/** What a person can ask the server to do with a job that is under way. */
export const wishes = ['stop', 'suspend', 'resume', 'approve', 'reject'] as const
export type Wish = (typeof wishes)[number]
/** Those that change what a job does, as its place in the list of running jobs shows; a stop ends it. */
export type ChangeWish = Exclude<Wish, 'stop'>

/** The kinds of the commands that say so. */
export const wishCommands = {
  stop: 'stopJob',
  suspend: 'suspendJob',
  resume: 'resumeJob',
  approve: 'approveJob',
  reject: 'rejectJob',
} as const satisfies Record<Wish, string>

/** What each phase allows, the most likely first. Wexflow suspends a job between two of its tasks. */
const allowedIn: Readonly<Record<Phase, readonly Wish[]>> = {
  starting: ['stop'],
  queued: ['stop'],
  notBegun: ['stop'],
  running: ['suspend', 'stop'],
  suspended: ['resume', 'stop'],
  waiting: ['approve', 'reject', 'stop'],
  ended: [],
}

/** What a job's state allows. One that the server has not yet given an id can't be named to it. */
export const allowedWishes = ({ state, jobId }: JobView): readonly Wish[] =>
  jobId === null ? [] : allowedIn[state.phase]

/** Whether a wish can be sent: while it is not known what became of the last one, a job can only be stopped. */
export const canAsk = (wish: Wish, { asked }: JobView): boolean => asked === null || wish === 'stop'
