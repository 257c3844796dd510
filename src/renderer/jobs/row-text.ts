import type { Translator } from '../../shared/i18n.ts'
import { formatDuration, formatRunning, formatTime } from '../../shared/format.ts'
import type { JobView } from '../../shared/job-view.ts'
import { beganAt, elapsed, isTicking, statusKeys, statusOf } from './job-status.ts'

/** The texts of a row. */
export interface RowText {
  readonly workflow: string
  readonly status: string
  readonly time: string
  /** Empty where it is not known. */
  readonly duration: string
  /** Why it ended so, or what to do where it does not begin; empty where nothing more is known. */
  readonly why: string
}

/** A job's duration in words; empty where it is not known. */
export function durationText(job: JobView, now: number, locale: string): string {
  const length = elapsed(job, now)
  if (length === null) return ''
  return isTicking(job) ? formatRunning(length, locale) : formatDuration(length, locale)
}

/**
 * The texts of a job's row.
 * @param now milliseconds since 1970
 */
export function rowText(job: JobView, now: number, { t, locale }: Translator): RowText {
  const workflow = job.workflowName
  const status = t(statusKeys[statusOf(job)])
  const time = formatTime(beganAt(job), now, locale)
  const duration = durationText(job, now, locale)
  return { workflow, status, time, duration, why: whyText(job, t) }
}

function whyText({ state }: JobView, t: Translator['t']): string {
  if (state.phase === 'notBegun') return t('jobs.notBegun')
  if (state.phase !== 'ended') return ''
  return state.reason === null ? (state.errorLine ?? '') : t(`reason.${state.reason}`)
}
