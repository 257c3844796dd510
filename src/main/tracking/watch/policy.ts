import { minutes, seconds } from '../policy.ts'

/**
 * Runs that others began, where they are watched. They cost what stands here and nothing where they are not. Pages of
 * entries: 30 a minute, however much changes. A run: two reads of its log, as it begins for the id in its first
 * line and as it ends for how long it took; so 400 runs a minute come to some 830 reads, two at a time. A server that
 * is quiet: its counts on each keep-alive and a page within the minute; and of runs that go on, however many workflows
 * there are, so many as `entries` and `workflows` say on each keep-alive. They have no streams.
 */
export const watching = {
  /** Of pages that only watched runs want, so many are read without a pause, so that a single run is seen as it begins. */
  sweepsAtOnce: 10,
  /** No more of them than that are read within this time, however many hundreds begin in a minute. */
  sweepsWithin: 20 * seconds,
  /** So many logs are read at once for the ids of new runs. */
  namings: 2,
  /** A log that names none yet, or could not be read, is read again after this time. */
  nameAgain: 1 * seconds,
  /** A log that is empty after the end of its run is read so often in all. */
  readings: 2,
  /** A log that is refused so often counts as empty. */
  refusals: 10,
  /** On each keep-alive so many running ones that no page showed are asked for their entry. */
  entries: 5,
  /** So many workflows are asked for their running jobs then: nothing announces that one waits for approval. */
  workflows: 5,
  /** An entry may stay at Running for ever, and nothing announces that its run is gone: after so long it is asked for. */
  believedFor: 1 * minutes,
  /** A log that is of a later run of the server than its entry is that run's all the same where no page shows otherwise. */
  laterFor: 1 * minutes,
  /** A run that a start of this app may still claim is told as somebody else's after this time. */
  holdFor: 1 * minutes,
  /** A start whose entry was not read yet may be a run without a name that is first seen for so long after its end. */
  recordWithin: 1 * minutes,
  /** The newest row of the history is read this often, from which on a run is looked for should the server restart. */
  markEvery: 5 * minutes,
  /** So many entries are remembered as seen; older ones have left the pages that are read. */
  mostSeen: 20_000,
} as const
