import { hasStraySince } from '../asked.ts'
import { answeredAt, isLost, isQueued, wireIdOf } from '../job.ts'
import { areEnough } from '../misses.ts'
import { asking, replacedId } from '../policy.ts'
import { claimsFrom, unseenSince } from '../replaced-id.ts'
import { lastSearchAt, nextPlaceFrom, searchAfter, searchedAt, searchFrom } from './due.ts'
import type { Rule } from './rule.ts'

/** Before the next search for a start that waits in its queue: ever longer pauses, in milliseconds. */
const pauseAfter = (waitedMs: number): number =>
  Math.min(asking.mostSearchPause, Math.max(asking.searchAgain, waitedMs * asking.waitingSearchShare))

/** When the history is searched for a job whose end is not known yet. */
export const historyRules: readonly Rule[] = [
  {
    read: 'history',
    why: 'the server has restarted',
    due: ({ job, asked }) => {
      const { restartedAt } = job
      if (restartedAt === null) return null
      // One that is known by its entry alone can't be asked for, and that entry is gone with the server's run.
      const isAskable = wireIdOf(job) !== null
      if (isAskable && asked.entryAt < restartedAt) return null
      // The first search follows the entry.
      const isFirst = searchedAt(job) < restartedAt
      return searchFrom(job, asked, isAskable && isFirst ? asked.entryAt : restartedAt)
    },
  },
  {
    read: 'history',
    why: 'it has ended, and neither its entry nor the server’s memory says how',
    due: ({ job, asked }) => {
      // One that is known by its entry alone can't be asked for in either: the list of running jobs goes before.
      const beforeAt = wireIdOf(job) === null ? asked.jobsAt : asked.memoryAt
      const from = nextPlaceFrom(job, beforeAt)
      const dueAt = from === null ? null : searchAfter(job, asked, from)
      return dueAt === null ? null : Math.max(dueAt, beforeAt)
    },
  },
  {
    read: 'history',
    why: 'the server shows it nowhere',
    due: ({ job, asked, isServerSlow, isBusy, followedSince }) => {
      const since = unseenSince(job)
      if (since === null || asked.memoryAt < since + asking.unseen) return null
      const claimFrom = claimsFrom(job, isServerSlow) ?? Number.POSITIVE_INFINITY
      // What was started before the app came back has had its time.
      const from = since < followedSince ? followedSince : Math.min(claimFrom, since + asking.longUnseen)
      const sinceMs = lastSearchAt(job, asked) - since
      // Behind other jobs of its workflow it may wait for hours.
      const most = isBusy ? asking.mostSearchPause : asking.searchAgain
      return searchFrom(job, asked, from, Math.min(most, Math.max(replacedId.searchAgain, sinceMs / 2)))
    },
  },
  {
    read: 'history',
    why: 'its answer was lost, and what it started may have ended already',
    due: ({ job, asked }) => {
      const since = answeredAt(job)
      if (!isLost(job) || since === null || asked.jobsAt < since) return null
      const from = since + asking.afterLostAnswer
      return searchFrom(job, asked, from)
    },
  },
  {
    read: 'history',
    why: 'its queue is empty: it may have begun and ended between two reads',
    due: ({ job, asked }) => {
      const { idle } = job.start
      if (!isQueued(job) || idle === null || !areEnough(idle)) return null
      const from = idle.since + asking.emptyQueue
      return searchFrom(job, asked, from, pauseAfter(lastSearchAt(job, asked) - idle.since))
    },
  },
  {
    read: 'history',
    why: 'it has a row that may be its run’s, unless a hidden one still goes on',
    due: ({ job, asked }) => {
      const since = answeredAt(job)
      if (!isQueued(job) || since === null || !hasStraySince(asked, searchedAt(job))) return null
      const last = lastSearchAt(job, asked)
      return last + pauseAfter(last - since)
    },
  },
  {
    read: 'history',
    why: 'it was queued while nobody watched: it may have run already',
    due: ({ job, asked, isOfThisRun, isBusy, followedSince }) => {
      const since = answeredAt(job)
      if (!isQueued(job) || since === null || isOfThisRun || !isBusy) return null
      // That one which was queued while the stream lived is of its run shows as soon as the stream speaks.
      return searchAfter(job, asked, since < followedSince ? followedSince : since + asking.spoken)
    },
  },
  {
    read: 'history',
    why: 'a part of the history could not be read',
    due: ({ job, asked }) =>
      job.search?.unreadSince == null ? null : lastSearchAt(job, asked) + asking.searchAgain,
  },
]
