import { never } from '../asked.ts'
import { goneFrom, notBegunFrom } from '../conclude.ts'
import { asking, replacedId } from '../policy.ts'
import { claimsFrom, ownIdShownBy, unseenSince } from '../replaced-id.ts'
import { everMoreRarely, nextPlaceFrom, once } from './due.ts'
import type { Rule } from './rule.ts'

/** When the stored record of a job whose end is not known yet is read. */
export const entryRules: readonly Rule[] = [
  {
    read: 'entry',
    why: 'it has just begun',
    due: ({ job: { run }, asked }) =>
      run === null || asked.entryAt > never ? null : (run.startedAt ?? never) + asking.firstEntry,
  },
  {
    read: 'entry',
    why: 'it has ended, as its stream says',
    due: ({ job: { run }, asked }) =>
      run?.frame == null ? null : everMoreRarely(run.frame.at, asked.entryAt),
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
    due: ({ job, asked, isServerSlow, followedSince }) => {
      const since = unseenSince(job)
      const toldAt = notBegunFrom(job, followedSince)
      if (since === null || toldAt === null || job.run?.notBegunSince != null) return null
      const claimFrom = claimsFrom(job, isServerSlow) ?? never
      return (
        once(asked.entryAt, since + replacedId.claimAfter) ??
        once(asked.entryAt, claimFrom) ??
        once(asked.entryAt, toldAt)
      )
    },
  },
  {
    read: 'entry',
    why: 'the run that it has claimed ended: its own may begin now',
    isByStartsId: true,
    due: ({ job, asked }) => {
      const shownBy = ownIdShownBy(job)
      return shownBy === null ? null : once(asked.ownEntryAt, shownBy)
    },
  },
]

/** When the server’s memory of its workflow’s last job is read for such a job. */
export const memoryRules: readonly Rule[] = [
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
      const from = nextPlaceFrom(job, asked.entryAt)
      return from === null || asked.memoryAt >= from ? null : Math.max(from, asked.entryAt)
    },
  },
]
