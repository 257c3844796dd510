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
  /** Where there are several servers, which one; then why it ended so, or what to do where it does not begin. */
  readonly note: string
}

/** A job's duration in words; empty where it is not known. */
export function durationText(job: JobView, isFollowed: boolean, now: number, locale: string): string {
  const length = elapsed(job, isFollowed, now)
  if (length === null) return ''
  return isTicking(job, isFollowed) ? formatRunning(length, locale) : formatDuration(length, locale)
}

/** What a row says of the job's server. */
export interface RowServer {
  /** Null where there is no other. */
  readonly server: string | null
  /** Whether the app follows its jobs. */
  readonly isFollowed: boolean
}

/**
 * The texts of a job's row.
 * @param now milliseconds since 1970
 */
export function rowText(
  job: JobView,
  { server, isFollowed }: RowServer,
  now: number,
  { t, locale }: Translator,
): RowText {
  const workflow = job.workflowName
  const status = t(statusKeys[statusOf(job, isFollowed)])
  const time = formatTime(beganAt(job), now, locale)
  const duration = durationText(job, isFollowed, now, locale)
  const note = [server ?? '', whyText(job, isFollowed, t)].filter((part) => part !== '').join(' · ')
  return { workflow, status, time, duration, note }
}

function whyText({ state }: JobView, isFollowed: boolean, t: Translator['t']): string {
  if (state.phase === 'notBegun' && isFollowed) return t('jobs.notBegun')
  if (state.phase !== 'ended') return ''
  return state.reason === null ? (state.errorLine ?? '') : t(`reason.${state.reason}`)
}
