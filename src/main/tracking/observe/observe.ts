import type { Fact } from '../facts.ts'
import type { Job } from '../job.ts'
import { onChangeAsked, onChangeRefused } from './changes.ts'
import { onListed, onNotListed, onRemembered } from './presence.ts'
import { onEntry, onFrame, onHistoryFound, onHistoryMissing, onLog, onNoEntry } from './records.ts'
import { onRestart, onServerRunKnown } from './server-runs.ts'
import {
  onClaimed,
  onClaimRefuted,
  onNamed,
  onNoRun,
  onStartAnswered,
  onStartAnswerLost,
  onStartQueued,
  onStartRefused,
  onStartSent,
  onStartWentOut,
  onWorkflowBusy,
} from './starts.ts'
import { onStopAnswered, onStopAsked, onStopNotSent } from './stops.ts'

/**
 * What is known of a job + what was just learnt -> what is known now. Pure, and evidence only: what follows from it is
 * computed by `conclude` and `plan`.
 * @param now this machine's clock in milliseconds since 1970
 */
export function observe(job: Job, fact: Fact, now: number): Job {
  switch (fact.kind) {
    case 'startSent':
      return onStartSent(job, fact, now)
    case 'startWentOut':
      return onStartWentOut(job, now)
    case 'startAnswered':
      return onStartAnswered(job, fact.jobId, now)
    case 'startQueued':
      return onStartQueued(job, now)
    case 'startRefused':
      return onStartRefused(job, fact.reason, fact.detail, now)
    case 'startAnswerLost':
      return onStartAnswerLost(job, fact.detail, now)
    case 'claimed':
      return onClaimed(job, fact.jobId, fact.isHidden, now)
    case 'claimRefuted':
      return onClaimRefuted(job, now)
    case 'named':
      return onNamed(job, fact.jobId)
    case 'frame':
      return onFrame(job, fact.frame, now)
    case 'entry':
      return onEntry(job, fact.entry, fact.isWitnessed, now)
    case 'noEntry':
      return onNoEntry(job, fact.askedAt, now)
    case 'listed':
      return onListed(job, fact.info, fact.isHidden, now)
    case 'notListed':
      return job.run === null ? onNoRun(job, now) : onNotListed(job, fact.mayRunOn, now)
    case 'workflowBusy':
      return onWorkflowBusy(job)
    case 'remembered':
      return onRemembered(job, fact.info, now)
    case 'historyFound':
      return onHistoryFound(job, fact.row, fact.jobId, now)
    case 'historyMissing':
      return onHistoryMissing(job, fact.isWhole, fact.searchedAt)
    case 'serverRunKnown':
      return onServerRunKnown(job, fact.number)
    case 'serverRestarted':
      return onRestart(job, now)
    case 'log':
      return onLog(job, fact)
    case 'stopAsked':
      return onStopAsked(job, now)
    case 'stopAnswered':
      return onStopAnswered(job, fact.isStopped, now)
    case 'stopNotSent':
      return onStopNotSent(job)
    case 'changeAsked':
      return onChangeAsked(job, fact.wish, now)
    case 'changeRefused':
      return onChangeRefused(job)
    case 'nothingNew':
      return job
  }
}
