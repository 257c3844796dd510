import { type ConcludeContext, conclude } from '../../../../src/main/tracking/conclude.ts'
import type { End, Job, Run, Status } from '../../../../src/main/tracking/job.ts'
import { wireStatuses } from '../../../../src/main/wexflow/server.ts'
import { runningJob, waitingJob } from '../../job.ts'
import { knowingNothing } from '../knowing.ts'

/** When is asked what follows, unless a test says otherwise: long after all else. */
export const at = 1_000_000

const status = (word: string | null, raw = word ?? '42'): Status => ({
  word: wireStatuses.find((known) => known === word) ?? null,
  raw,
})

/** The end that follows then from what is known of a job; null where none does. */
export const endAt = (job: Job, now = at, part: Partial<ConcludeContext> = {}): End | null => {
  const conclusion = conclude(job, { ...knowingNothing, ...part }, now)
  return conclusion?.kind === 'end' ? conclusion.end : null
}

/** What the server says of a run; null: a word that nobody knows. */
export const run = {
  entry: (word: string | null, raw: string, when = 1) => ({
    id: '10',
    status: status(word, raw),
    at: when,
    isWitnessed: false,
  }),
  said: (word: string | null, when = 1) => ({ status: status(word), at: when }),
  row: (word: string | null, when = 1) => ({ id: '3', status: status(word), at: when }),
} as const

export const searched = (when: number, unreadSince: number | null = null): NonNullable<Job['search']> => ({
  at: when,
  unreadSince,
})

const asked = (kind: 'queued' | 'lost', requestedAt: number): Partial<Job['start']> => ({
  requestedAt,
  sentAt: requestedAt,
  answer: { kind, at: requestedAt },
})

export const queuedAt = (requestedAt: number, part: Partial<Job['start']> = {}): Job =>
  waitingJob('queued', { ...asked('queued', requestedAt), ...part })

export const lostAt = (requestedAt: number): Job => waitingJob('lost', asked('lost', requestedAt))

/** Gone after two reads, the first of them then; open in its entry. */
export const goneSince = (since: number, part: Partial<Run> = {}, of: Partial<Job> = {}): Job =>
  runningJob(
    {
      isListed: true,
      entry: run.entry('Running', '1'),
      gone: { count: 2, since, at: since + 1500 },
      ...part,
    },
    of,
  )
