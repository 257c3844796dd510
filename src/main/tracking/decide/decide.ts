import type { Job } from '../job.ts'
import { onJobRead, onJobsUnread, onListed, onNotListed } from './alive.ts'
import type { Decision } from './decision.ts'
import { onFrame, onHiddenEntry, onNoEntry, onStoredEntry } from './entry.ts'
import type { Fact } from './facts.ts'
import { onHistoryFound, onHistoryMissing, onHistoryUnread } from './history.ts'
import { onRestart, onRunKnown } from './restart.ts'
import {
  onAdopted,
  onQueueAlive,
  onStartAnswered,
  onStartAnswerLost,
  onStartQueued,
  onStartRefused,
} from './starting.ts'
import { onStopAnswered, onStopAsked, onStopNotSent } from './stopping.ts'

/**
 * The decision: what is known of a job + what just arrived -> what is known now, and what to ask next.
 * Pure: no clock, no network. The rules beside this file answer what a real Wexflow 10.1 server was seen to do;
 * docs/job-ends.md tells the story behind each.
 * @param now this machine's clock in milliseconds since 1970
 */
export function decide(job: Job, fact: Fact, now: number): Decision {
  switch (fact.kind) {
    case 'startAnswered':
      return onStartAnswered(job, fact.jobId, now)
    case 'startQueued':
      return onStartQueued(job, now)
    case 'startRefused':
      return onStartRefused(job, fact.reason, fact.detail, now)
    case 'startAnswerLost':
      return onStartAnswerLost(job, fact.detail, now)
    case 'adopted':
      return onAdopted(job, fact.jobId, now)
    case 'frame':
      return onFrame(job, fact.frame, now)
    case 'entry':
      if (fact.entry === null) return onNoEntry(job, now)
      return onStoredEntry(job, fact.entry, now, fact.witnessed)
    case 'entryHidden':
      return onHiddenEntry(job)
    case 'listed':
      return onListed(job, fact.info, now)
    case 'notListed':
      return onNotListed(job, fact.mayRunOn, now)
    case 'queueAlive':
      return onQueueAlive(job)
    case 'jobsUnread':
      return onJobsUnread(job, now)
    case 'jobRead':
      return onJobRead(job, fact.info, now)
    case 'historyFound':
      return onHistoryFound(job, fact.row, fact.jobId, now)
    case 'historyMissing':
      return onHistoryMissing(job, fact.watch, now)
    case 'historyUnread':
      return onHistoryUnread(job, fact.watch, now)
    case 'runKnown':
      return onRunKnown(job, fact.run)
    case 'serverRestarted':
      return onRestart(job, now)
    case 'stopAsked':
      return onStopAsked(job, now)
    case 'stopAnswered':
      return onStopAnswered(job, fact.isStopped)
    case 'stopNotSent':
      return onStopNotSent(job)
  }
}
