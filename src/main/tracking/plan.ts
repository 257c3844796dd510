import { goneFrom } from './conclude.ts'
import {
  answeredAt,
  awaitsRun,
  type EndedJob,
  isInDoubt,
  isLost,
  isQueued,
  isShown,
  type Job,
  outcomeOf,
  wireIdOf,
} from './job.ts'
import { asking, doubt, gone, notBegun, replacedId, stopping } from './policy.ts'

/**
 * What is asked next about one job, when, and why: the only place that decides it. Pure: it follows from what is known
 * and from what was asked when, so that the same state gives the same plan, however it came about.
 */

/**
 * What can be read. `entry`: the stored record of one job; `memory`: the server's memory of a workflow's last job;
 * `log`: an ended job's log; `jobs`: which jobs of a workflow run; `history`: the rows above the job's mark.
 */
export type ReadKind = 'entry' | 'memory' | 'log' | 'jobs' | 'history'

/** A read, from when on it may be made (milliseconds since 1970), and why. */
export interface PlannedRead {
  readonly kind: ReadKind
  readonly dueAt: number
  readonly why: string
}

/** When a read of one job, or of its workflow, was last asked for and answered; `never` while it was not. */
export interface Asked {
  readonly entryAt: number
  readonly memoryAt: number
  readonly historyAt: number
  readonly jobsAt: number
  /** When something that announces nothing by itself was to be looked at: a change, a keep-alive, a return. */
  readonly wantedAt: number
  /** The same for its workflow's running jobs. */
  readonly jobsWantedAt: number
  /** When the answer to a wish (stop, approve, reject) came. */
  readonly stopAnsweredAt: number
  readonly decidedAt: number
}

/** Before anything. */
export const never = Number.NEGATIVE_INFINITY

/** Nothing was asked yet. */
export const nothingAsked: Asked = {
  entryAt: never,
  memoryAt: never,
  historyAt: never,
  jobsAt: never,
  wantedAt: never,
  jobsWantedAt: never,
  stopAnsweredAt: never,
  decidedAt: never,
}

/** What is known beside the job that decides what is asked. */
export interface PlanContext {
  /** Whether the server can't have restarted since the job was seen. */
  readonly isOfThisRun: boolean
  /** Since when the app has been following this server without a break; nothing that happened before was watched. */
  readonly followedSince: number
  /** Whether its workflow runs something, as far as was last seen. */
  readonly isBusy: boolean
  /** Whether so many starts wait for their runs that the server must be slow. */
  readonly isServerSlow: boolean
}

interface Case extends PlanContext {
  readonly job: Job
  readonly asked: Asked
}

interface Rule {
  readonly read: ReadKind
  readonly why: string
  /** From when on; null where the rule wants nothing. */
  readonly due: (one: Case) => number | null
}

/** Something was asked before this moment only: now it is due. */
const once = (askedAt: number, at: number): number | null => (askedAt < at ? at : null)

/** The pause after a question about an end that was signalled so long before it. */
const growing = (sinceMs: number, leastMs: number = asking.leastPause): number =>
  Math.min(asking.mostPause, Math.max(leastMs, sinceMs / 2))

const searchedAt = ({ search }: Job): number => search?.at ?? never

/** A search that began after this moment: now, or later where one said nothing, as while another start is being sent. */
function searchAfter(job: Job, { historyAt }: Asked, from: number): number | null {
  if (searchedAt(job) >= from) return null
  return historyAt < from ? from : historyAt + asking.searchAgain
}

/** The same, and then again after each pause. */
const searchFrom = (job: Job, asked: Asked, from: number, pauseMs: number = asking.searchAgain): number =>
  searchAfter(job, asked, from) ?? Math.max(searchedAt(job), asked.historyAt) + pauseMs

/** A look for an end that was signalled: at once, then ever more rarely. */
const lookFor = (from: number, askedAt: number, leastMs?: number): number =>
  askedAt < from ? from : askedAt + growing(askedAt - from, leastMs)

/**
 * The moment that a further place must have been looked at after, given when the place before it was: what is gone is
 * looked for in its entry, then in the server's memory, then in the history, once when it is gone and once when that is
 * to be concluded. An end that the stream has signalled is looked for there each time that its entry was read.
 */
function looksFrom(job: Job, beforeAt: number): number | null {
  const { run } = job
  // Its record follows its message by a few milliseconds.
  if (run?.frame != null) return beforeAt < run.frame.at + asking.leastPause ? null : beforeAt
  if (run?.gone == null || run.gone.looks < gone.looks) return null
  const from = goneFrom(job)
  if (from !== null && beforeAt >= from) return from
  return beforeAt >= run.gone.since ? run.gone.since : null
}

/** Since when a start has had an id that the server has shown nowhere; null where that is not so. */
const unseenSince = (job: Job): number | null =>
  job.run === null || isShown(job.run) || job.restartedAt !== null ? null : answeredAt(job)

/** From when on a start that its id shows nowhere may claim another run of its workflow; null where it may not. */
export function claimsFrom(job: Job, isServerSlow: boolean): number | null {
  const since = unseenSince(job)
  if (since === null || job.start.answer.kind !== 'id') return null
  return since + (isServerSlow ? replacedId.claimAfterWhenSlow : replacedId.claimAfter)
}

/** What is asked of a job whose end is not known yet. */
const openRules: readonly Rule[] = [
  {
    read: 'entry',
    why: 'it has just begun',
    due: ({ job: { run }, asked }) =>
      run === null || asked.entryAt > never ? null : (run.startedAt ?? never) + asking.firstEntry,
  },
  {
    read: 'entry',
    why: 'it has ended, as its stream says',
    due: ({ job: { run }, asked }) => {
      return run?.frame == null ? null : lookFor(run.frame.at, asked.entryAt)
    },
  },
  {
    read: 'entry',
    why: 'a stop of it was answered',
    due: ({ job: { run }, asked }) =>
      run === null ? null : once(asked.entryAt, asked.stopAnsweredAt + asking.afterStopAnswer),
  },
  {
    read: 'entry',
    why: 'it is listed no more',
    due: ({ job: { run }, asked }) => (run?.gone == null ? null : once(asked.entryAt, run.gone.since)),
  },
  {
    read: 'entry',
    why: 'it has been gone long enough to be concluded',
    due: ({ job, asked }) => {
      const from = goneFrom(job)
      return from === null ? null : once(asked.entryAt, from)
    },
  },
  {
    read: 'entry',
    why: 'the server has restarted',
    due: ({ job: { run, restartedAt }, asked }) =>
      run === null || restartedAt === null ? null : once(asked.entryAt, restartedAt),
  },
  {
    read: 'entry',
    why: 'something has changed, or may have changed unseen',
    due: ({ job: { run }, asked }) => (run === null ? null : once(asked.entryAt, asked.wantedAt)),
  },
  {
    read: 'entry',
    why: 'the server has taken its start and shows nothing of it',
    due: ({ job, asked }) => {
      const since = unseenSince(job)
      if (since === null || job.run?.notBegunSince != null) return null
      const early = once(asked.entryAt, since + replacedId.claimAfter)
      return early ?? once(asked.entryAt, since + notBegun.toldAfter)
    },
  },
  {
    read: 'memory',
    why: 'it has no entry',
    due: ({ job, asked }) => {
      const since = unseenSince(job)
      if (since === null || asked.entryAt < since + asking.unseen) return null
      return asked.memoryAt < asked.entryAt ? asked.entryAt : null
    },
  },
  {
    read: 'memory',
    why: 'it has ended, and its entry does not say how',
    due: ({ job, asked }) => {
      const from = looksFrom(job, asked.entryAt)
      return from === null || asked.memoryAt >= from ? null : Math.max(from, asked.entryAt)
    },
  },
  {
    read: 'history',
    why: 'the server has restarted',
    due: ({ job, asked }) => {
      const { restartedAt } = job
      if (restartedAt === null) return null
      // One that is known by its entry alone can't be asked for, and that entry is gone with the server's run.
      const isAskable = wireIdOf(job) !== null
      if (isAskable && asked.entryAt < restartedAt) return null
      const from = isAskable ? Math.max(restartedAt, asked.entryAt) : restartedAt
      if (searchedAt(job) >= restartedAt) return searchFrom(job, asked, restartedAt)
      return searchFrom(job, asked, from)
    },
  },
  {
    read: 'history',
    why: 'it has ended, and neither its entry nor the server’s memory says how',
    due: ({ job, asked }) => {
      // One that is known by its entry alone can't be asked for in either: the list of running jobs goes before.
      const beforeAt = wireIdOf(job) === null ? asked.jobsAt : asked.memoryAt
      const from = looksFrom(job, beforeAt)
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
      const last = Math.max(searchedAt(job), asked.historyAt)
      // Behind other jobs of its workflow it may wait for hours.
      const most = isBusy ? asking.mostSearchPause : asking.searchAgain
      return searchFrom(
        job,
        asked,
        from,
        Math.min(most, Math.max(replacedId.searchAgain, (last - since) / 2)),
      )
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
    why: 'its queue is empty: it may have begun and ended between two looks',
    due: ({ job, asked }) => {
      const { idle } = job.start
      if (!isQueued(job) || idle === null || idle.looks < gone.looks) return null
      const from = idle.since + asking.emptyQueue
      return searchFrom(job, asked, from)
    },
  },
  {
    read: 'history',
    why: 'it was queued while nobody watched: it may have run already',
    due: ({ job, asked, isOfThisRun, isBusy, followedSince }) =>
      isQueued(job) && !isOfThisRun && isBusy ? searchAfter(job, asked, followedSince) : null,
  },
  {
    read: 'history',
    why: 'a part of the history could not be read',
    due: ({ job, asked }) =>
      job.search?.unreadSince == null ? null : Math.max(job.search.at, asked.historyAt) + asking.searchAgain,
  },
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
    due: ({ job: { start }, job, asked }) => {
      if (!isQueued(job) || start.idle === null || start.idle.at - start.idle.since >= asking.emptyQueue)
        return null
      return Math.max(asked.jobsAt, start.idle.at) + asking.emptyQueue
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
        : lookFor(run.frame.at, asked.jobsAt, gone.secondRead)
    },
  },
  {
    read: 'jobs',
    why: 'it is listed no more: a second look',
    due: ({ job: { run } }) =>
      run?.gone == null || run.gone.looks >= gone.looks ? null : run.gone.at + gone.secondRead,
  },
  {
    read: 'jobs',
    why: 'its record says that it was stopped, which may have been meant for the job before it',
    due: ({ job: { run }, asked }) => {
      if (run?.entry == null || outcomeOf(run.entry.status) !== 'stopped') return null
      return lookFor(run.entry.at + stopping.othersShowWithin, asked.jobsAt, gone.secondRead)
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
      return once(asked.jobsAt, asked.entryAt)
    },
  },
  {
    read: 'jobs',
    why: 'the server has taken its start and shows nothing of it',
    due: ({ job, asked, isServerSlow }) => {
      const since = unseenSince(job)
      if (since === null || job.run?.notBegunSince != null) return null
      const claimFrom = claimsFrom(job, isServerSlow)
      const early = claimFrom === null ? null : once(asked.jobsAt, claimFrom)
      return early ?? once(asked.jobsAt, since + notBegun.toldAfter)
    },
  },
  {
    read: 'jobs',
    why: 'a person has approved or rejected it',
    due: ({ asked }) => once(asked.jobsAt, asked.decidedAt + asking.afterDecision),
  },
  {
    read: 'jobs',
    why: 'something has changed, or may have changed unseen',
    due: ({ asked }) => once(asked.jobsAt, asked.jobsWantedAt),
  },
]

/** What was told as it was is held against the records for a while. */
const doubtRules: readonly Rule[] = [
  {
    read: 'entry',
    why: 'its stream, or the server’s memory, told its end before its record did',
    due: ({ job: { end }, asked }) => {
      if (end === null || (end.from !== 'stream' && end.from !== 'job')) return null
      if (asked.entryAt < end.endedAt) return end.endedAt + doubt.firstCheck
      return asked.entryAt - end.endedAt < doubt.checkFor ? asked.entryAt + doubt.nextCheck : null
    },
  },
  {
    read: 'entry',
    why: 'its end was told without a record',
    due: ({ job, asked }) => rarely(job, asked.entryAt),
  },
  {
    read: 'history',
    why: 'its end was told without a record',
    due: ({ job, asked }) => rarely(job, Math.max(searchedAt(job), asked.historyAt)),
  },
]

/** Ever more rarely, the longer the end is ago, for a day. */
function rarely({ end }: Job, askedAt: number): number | null {
  if (end === null || end.from === 'stream' || end.from === 'job') return null
  const last = Math.max(askedAt, end.endedAt)
  const dueAt = last + Math.max(doubt.least, (last - end.endedAt) * doubt.growth)
  return dueAt - end.endedAt > doubt.last ? null : dueAt
}

/** What an end needs of its log: how long it took where nobody witnessed that, and what went wrong. */
const logRule: Rule = {
  read: 'log',
  why: 'how long it took, and what went wrong',
  due: ({ job }) => (job.end !== null && needsLog({ ...job, end: job.end }) ? job.end.endedAt : null),
}

/** Outcomes of jobs that ran, so that their log says something. */
const ranOutcomes: ReadonlySet<string> = new Set(['done', 'warning', 'failed', 'stopped', 'rejected'])

/** Whether the job's log is still to be read for what its end does not tell yet. */
export function needsLog({ end, run }: EndedJob): boolean {
  if (run === null || end.isLogRead || !ranOutcomes.has(end.outcome)) return false
  return (
    end.durationMs === null ||
    ((end.outcome === 'failed' || end.outcome === 'warning') && end.errorLine === null)
  )
}

/** What is to be read about a job, at most one read of each kind: the one that is due first. */
export function plan(job: Job, asked: Asked, context: PlanContext): PlannedRead[] {
  const rules = rulesFor(job)
  if (rules.length === 0) return []
  const one: Case = { ...context, job, asked }
  const reads = new Map<ReadKind, PlannedRead>()
  const isNamed = job.run === null || wireIdOf(job) !== null
  for (const { read, why, due } of rules) {
    // A run that is known by its entry alone can't be asked for by its id: the pages show how it goes on.
    if (!isNamed && (read === 'entry' || read === 'memory')) continue
    const dueAt = due(one)
    if (dueAt === null) continue
    const known = reads.get(read)
    if (known === undefined || dueAt < known.dueAt) reads.set(read, { kind: read, dueAt, why })
  }
  return [...reads.values()]
}

function rulesFor(job: Job): readonly Rule[] {
  if (job.end === null) return job.run === null && !awaitsRun(job) ? [] : openRules
  return isInDoubt(job) ? [...doubtRules, logRule] : [logRule]
}
