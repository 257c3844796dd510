import { never } from '../asked.ts'
import { goneFrom, notBegunFrom } from '../conclude.ts'
import { answeredAt, isLost, isQueued, outcomeOf, wireIdOf } from '../job.ts'
import { areEnough } from '../misses.ts'
import { asking, changing, gone, stopping } from '../policy.ts'
import { claimsFrom, unseenSince } from '../replaced-id.ts'
import { everMoreRarely, once, searchedAt } from './due.ts'
import type { Rule } from './rule.ts'

/** When the list of a workflow’s running jobs is read for a job whose end is not known yet. */
export const jobsRules: readonly Rule[] = [
  {
    read: 'jobs',
    why: 'its answer was lost',
    due: ({ job, asked }) => {
      const since = answeredAt(job)
      return !isLost(job) || since === null ? null : once(asked.jobsAt, since)
    },
  },
  {
    read: 'jobs',
    why: 'it waits in the queue',
    due: ({ job, asked }) => {
      const since = answeredAt(job)
      return !isQueued(job) || since === null ? null : once(asked.jobsAt, since + asking.firstEntry)
    },
  },
  {
    read: 'jobs',
    why: 'its queue was seen empty',
    due: ({ job, asked }) => {
      const { idle } = job.start
      if (!isQueued(job) || idle === null || idle.at - idle.since >= asking.emptyQueue) return null
      return Math.max(asked.jobsAt, idle.at) + asking.emptyQueue
    },
  },
  {
    read: 'jobs',
    why: 'the history was searched first for a start that nobody watched',
    due: ({ job, asked, isBusy, isOfThisRun, followedSince }) => {
      if (!isQueued(job) || isOfThisRun || !isBusy || searchedAt(job) < followedSince) return null
      return once(asked.jobsAt, searchedAt(job))
    },
  },
  {
    read: 'jobs',
    why: 'its stream said that it ended, and its record does not say how',
    due: ({ job: { run }, asked }) => {
      if (run?.frame == null || asked.entryAt < run.frame.at) return null
      return asked.jobsAt < run.frame.at
        ? asked.entryAt
        : everMoreRarely(run.frame.at, asked.jobsAt, gone.secondRead)
    },
  },
  {
    read: 'jobs',
    why: 'it is listed no more: a second read tells',
    due: ({ job: { run } }) =>
      run?.gone == null || areEnough(run.gone) ? null : run.gone.at + gone.secondRead,
  },
  {
    read: 'jobs',
    why: 'its record says that it was stopped, which may have been meant for the job before it',
    due: ({ job: { run }, asked }) => {
      if (run?.entry == null || outcomeOf(run.entry.status) !== 'stopped') return null
      return everMoreRarely(run.entry.at + stopping.othersShowWithin, asked.jobsAt, gone.secondRead)
    },
  },
  {
    read: 'jobs',
    why: 'it has been gone long enough to be concluded, and has no id to be asked for by',
    due: ({ job, asked }) => {
      const from = wireIdOf(job) === null ? goneFrom(job) : null
      return from === null ? null : once(asked.jobsAt, from)
    },
  },
  {
    read: 'jobs',
    why: 'its entry says that it is suspended, or that it is no more',
    due: ({ job: { run }, asked }) => {
      if (run === null || asked.entryAt === never || run.entry === null) return null
      const isPausedRecord = run.entry.status.word === 'Pending'
      if (outcomeOf(run.entry.status) !== undefined || isPausedRecord === (run.activity === 'suspended'))
        return null
      // A stop can leave a job suspended whose entry says Running for as long as that lasts.
      return asked.jobsAt >= asked.entryAt ? null : everMoreRarely(run.entry.at, asked.jobsAt)
    },
  },
  {
    read: 'jobs',
    why: 'the server has taken its start and shows nothing of it',
    due: ({ job, asked, isServerSlow, followedSince }) => {
      const toldAt = notBegunFrom(job, followedSince)
      if (unseenSince(job) === null || toldAt === null || job.run?.notBegunSince != null) return null
      const claimFrom = claimsFrom(job, isServerSlow)
      // It claims another run only once its own entry was asked for in vain.
      const mayClaim = claimFrom !== null && asked.entryAt >= claimFrom
      return (mayClaim ? once(asked.jobsAt, claimFrom) : null) ?? once(asked.jobsAt, toldAt)
    },
  },
  {
    read: 'jobs',
    why: 'a wish of a person has changed what it does',
    due: ({ asked }) => once(asked.jobsAt, asked.changeShownAt),
  },
  {
    read: 'jobs',
    why: 'it was asked for a change and has not shown it',
    due: ({ job: { wish }, asked }) =>
      wish === null ? null : once(asked.jobsAt, wish.askedAt + changing.worksWithin),
  },
  {
    read: 'jobs',
    why: 'something has changed, or may have changed unseen',
    due: ({ asked }) => once(asked.jobsAt, asked.jobsWantedAt),
  },
]
