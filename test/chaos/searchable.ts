import type { KnownJob } from '../known-job.ts'
import type { ServerDay } from './server-day.ts'

/** When the app learnt which job its start had become: before that it can't tell its end. */
export function knownAt(job: KnownJob): number {
  const kinds = new Set(['startAnswered', 'startQueued', 'startAnswerLost'])
  return job.evidence.findLast(({ kind }) => kinds.has(kind))?.at ?? job.requestedAt
}

/** How a start comes to a run: by its answer, or by claiming one. */
const runGiven: ReadonlySet<string> = new Set(['startAnswered', 'claimed', 'claimedFromQueue', 'idReplaced'])

/** Since when a start has the run that it has: what was told of it before is of one that it gave back. */
export const hasRunSince = ({ evidence }: KnownJob): number =>
  evidence.findLast(({ kind }) => runGiven.has(kind))?.at ?? Number.NEGATIVE_INFINITY

/** What starts are that have to look for their job: they have no id, or one that never came to exist. */
const lookedFor: ReadonlySet<string> = new Set(['startQueued', 'startAnswerLost', 'idReplaced'])

/** What has no id is looked for on each keep-alive: a start that goes out before it stands in its way, in milliseconds. */
const nextBeatMs = 16_000

/**
 * From when on the runs of a start's workflow are told apart, given that they would be from a moment on: while the answer of
 * another start of it can still come, no run is taken for one that has to look for its own.
 * @param from milliseconds since 1970
 */
export function answersKnownFrom(job: KnownJob, from: number, { jobs }: Pick<ServerDay, 'jobs'>): number {
  const others = [...jobs.values()].filter(
    (other) => other.workflowId === job.workflowId && other.key !== job.key,
  )
  return others
    .sort((a, b) => a.requestedAt - b.requestedAt)
    .reduce(
      (known, other) =>
        other.sentAt !== null && other.sentAt <= known + nextBeatMs ? Math.max(known, knownAt(other)) : known,
      from,
    )
}

/** From when on the end of a start can be known, which has to look for its run only where no answer named it. */
export const searchableAt = (job: KnownJob, observableAt: number, record: Pick<ServerDay, 'jobs'>): number =>
  job.evidence.some(({ kind }) => lookedFor.has(kind))
    ? answersKnownFrom(job, observableAt, record)
    : observableAt
