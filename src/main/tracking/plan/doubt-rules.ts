import type { Asked } from '../asked.ts'
import { awaitsRecord, isRecorded, type Job, mayBeStoppedYet } from '../job.ts'
import { doubt } from '../policy.ts'
import { once, searchedAt } from './due.ts'
import type { Rule } from './rule.ts'

/** When a record is asked for that may correct what was told without one. */
export const doubtRules: readonly Rule[] = [
  {
    read: 'entry',
    why: 'its stream, or the server’s memory, told its end before its record did',
    due: ({ job: { end }, asked }) => {
      if (end === null || !awaitsRecord(end)) return null
      if (asked.entryAt < end.endedAt) return end.endedAt + doubt.firstCheck
      return asked.entryAt - end.endedAt < doubt.checkFor ? asked.entryAt + doubt.nextCheck : null
    },
  },
  {
    read: 'entry',
    why: 'a stop of it may have met its own end',
    due: ({ job, asked }) =>
      job.end === null || !mayBeStoppedYet(job)
        ? null
        : once(asked.entryAt, job.end.endedAt + doubt.firstCheck),
  },
  {
    read: 'entry',
    why: 'its end was told without a record',
    due: ({ job, asked }) => (isEntryGone(job, asked) ? null : rarely(job, asked.entryAt)),
  },
  {
    read: 'history',
    why: 'its end was told without a record',
    due: ({ job, asked }) => rarely(job, Math.max(searchedAt(job), asked.historyAt)),
  },
]

/** The server's next run knows no entry of the last one; once more is enough to see that it has restarted. */
const isEntryGone = ({ restartedAt, end }: Job, { entryAt }: Asked): boolean =>
  restartedAt !== null && end !== null && entryAt > end.endedAt

/** Ever more rarely, the longer the end is ago, for a day. */
function rarely(job: Job, askedAt: number): number | null {
  const { end } = job
  if (end === null || awaitsRecord(end) || (isRecorded(end) && mayBeStoppedYet(job))) return null
  const last = Math.max(askedAt, end.endedAt)
  const dueAt = last + Math.max(doubt.least, (last - end.endedAt) * doubt.growth)
  return dueAt - end.endedAt > doubt.last ? null : dueAt
}
