import { formatDuration, formatRunning, formatTime } from '../../../shared/format.ts'
import type { Translator } from '../../../shared/i18n.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { isOthers } from '../../../shared/watch.ts'
import { elapsed, isTicking, statusKeys, statusOf } from '../job-status.ts'
import { momentOf } from './moment.ts'

/** What a row says that does not change as time passes. */
export interface RowText {
  readonly workflow: string
  readonly status: string
  readonly time: string
  /** How long it took; empty where it is not known, and while it runs. */
  readonly duration: string
  /** Whether others began it, and why it ended so, or what to do where it does not begin; empty for nothing. */
  readonly why: string
}

/** A job's duration in words; empty where it is not known. */
export function durationText(job: JobView, isFollowed: boolean, now: number, locale: string): string {
  const length = elapsed(job, isFollowed, now)
  if (length === null) return ''
  return isTicking(job, isFollowed) ? formatRunning(length, locale) : formatDuration(length, locale)
}

/**
 * The texts of a job's row.
 * @param now milliseconds since 1970
 */
export function rowText(
  job: JobView,
  isFollowed: boolean,
  now: number,
  { t, locale, times }: Translator,
): RowText {
  const moment = momentOf(job)
  return {
    workflow: job.workflowName,
    status: t(statusKeys[statusOf(job, isFollowed)]),
    // The day of what is over stands above it.
    time: formatTime(moment, job.state.phase === 'ended' ? moment : now, times),
    duration: isTicking(job, isFollowed) ? '' : durationText(job, isFollowed, now, locale),
    why: whyText(job, isFollowed, t),
  }
}

/** Whether others began a job, and why it ended so, or what to do where it does not begin; empty for nothing. */
export function whyText(job: JobView, isFollowed: boolean, t: Translator['t']): string {
  const others = isOthers(job) ? t('jobs.ofOthers') : ''
  return [others, reasonText(job, isFollowed, t)].filter((part) => part !== '').join(' · ')
}

function reasonText({ state }: JobView, isFollowed: boolean, t: Translator['t']): string {
  if (state.phase === 'notBegun' && isFollowed) return t('jobs.notBegun')
  if (state.phase !== 'ended') return ''
  return state.reason === null ? (state.errorLine ?? '') : t(`reason.${state.reason}`)
}

/** How far a job that runs has come, by what its workflow usually takes. */
export interface Progress {
  readonly text: string
  /** 0 to 1 of the usual time; null where that is not known. */
  readonly part: number | null
  readonly isLong: boolean
}

/** Beyond the usual time by this much a job is said to take long: times vary. */
const longFactor = 1.5
const minuteMs = 60_000
/** Nobody waits for a second more, in milliseconds. */
const longAtLeastMs = 10_000

/**
 * How far a job has come.
 * @param usualMs what its workflow usually takes, in milliseconds; null where that is not known
 * @returns null while it does not run, or where nobody knows since when
 */
export function progressOf(
  job: JobView,
  isFollowed: boolean,
  usualMs: number | null,
  now: number,
  { t, locale }: Translator,
): Progress | null {
  if (!isTicking(job, isFollowed)) return null
  const length = elapsed(job, isFollowed, now) ?? 0
  // Nobody waits for a decision by the second, and beside its buttons there is little room.
  const isCoarse = job.state.phase === 'waiting' && length >= minuteMs
  const time = formatRunning(isCoarse ? length - (length % minuteMs) : length, locale)
  if (usualMs === null) return { text: time, part: null, isLong: false }
  const usual = formatRunning(usualMs, locale)
  const isLong = length > usualMs * longFactor && length > usualMs + longAtLeastMs
  const part = usualMs <= 0 ? 1 : Math.min(1, length / usualMs)
  return { text: t(isLong ? 'jobs.ofUsualLong' : 'jobs.ofUsual', { time, usual }), part, isLong }
}
