import type { Translator } from '../../shared/i18n.ts'
import { formatDuration, formatRunning, formatTime } from '../../shared/format.ts'
import type { Job } from '../../main/tracking/job.ts'
import { beganAt, elapsed, isTicking, isUnconfirmed, statusKeys, statusOf } from './job-status.ts'

/** The texts of a row. */
export interface RowText {
  readonly workflow: string
  readonly status: string
  readonly time: string
  /** Empty where it is not known. */
  readonly duration: string
  /** Why it ended so, or what is odd about it; empty where nothing more is known. */
  readonly why: string
}

/** A job's duration in words; empty where it is not known. */
export function durationText(job: Job, now: number, locale: string): string {
  const length = elapsed(job, now)
  if (length === null) return ''
  return isTicking(job) ? formatRunning(length, locale) : formatDuration(length, locale)
}

/**
 * The texts of a job's row.
 * @param now milliseconds since 1970
 */
export function rowText(job: Job, now: number, { t, locale }: Translator): RowText {
  const workflow = job.workflowName
  const status = t(statusKeys[statusOf(job)])
  const time = formatTime(beganAt(job), now, locale)
  const duration = durationText(job, now, locale)
  return { workflow, status, time, duration, why: whyText(job, now, t) }
}

function whyText(job: Job, now: number, t: Translator['t']): string {
  if (job.reason !== null) return t(`reason.${job.reason}`)
  return isUnconfirmed(job, now) ? t('jobs.unconfirmed') : (job.errorLine ?? '')
}
