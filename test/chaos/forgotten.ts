import type { KnownJob } from '../known-job.ts'
import type { ComputerRecord } from './computer.ts'
import type { Disturbance } from './diary.ts'

/** A time of which the app remembers nothing: its disk was full, which it said, and then it ended. */
interface Gap {
  readonly from: number
  readonly to: number
}

/** A disk that has just become full has refused nothing yet, in milliseconds. */
const noticedWithinMs = 2000
/** And one that has room again is tried again only so long after. */
const retriedWithinMs = 31_000

function gapsOf({ launchesEnded, memoryTold }: ComputerRecord, disturbances: readonly Disturbance[]): Gap[] {
  return launchesEnded.flatMap(({ at }) => {
    const full = disturbances.find(
      ({ kind, from, to }) => kind === 'diskFull' && from <= at && at <= to + retriedWithinMs,
    )
    const hasSaid = memoryTold.findLast((told) => told.at <= at)?.isRefused === true
    const isFresh = full !== undefined && at - full.from < noticedWithinMs
    return full !== undefined && (hasSaid || isFresh) ? [{ from: full.from, to: at }] : []
  })
}

/** Whether what happened to a job lies in such a time, so that a later run of the app can't know it. */
export function isForgotten(
  job: KnownJob | null,
  lastToldAt: number | null,
  record: ComputerRecord & { readonly disturbances: readonly Disturbance[] },
): boolean {
  return gapsOf(record, record.disturbances).some(
    ({ from, to }) => (job === null || job.requestedAt <= to) && (lastToldAt ?? to) >= from,
  )
}
