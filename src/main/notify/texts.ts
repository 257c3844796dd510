import { formatDuration } from '../../shared/format.ts'
import type { TFunction } from 'i18next'
import { type Outcome, outcomes } from '../../shared/outcome.ts'
import type { EndedJobView } from '../../shared/job-view.ts'
import { correctedOutcome } from './rules.ts'
import type { Told } from './told-record.ts'

/** The words of a notification. */
export interface ToastText {
  readonly title: string
  readonly body: string
}

/** Characters of a log line that a notification shows; desktops cut longer bodies anywhere. */
const longestErrorLine = 200
/** Workflows that a summary names. */
const namesInSummary = 3

const cut = (line: string): string => {
  const characters = Array.from(line)
  return characters.length <= longestErrorLine
    ? line
    : `${characters.slice(0, longestErrorLine - 1).join('')}…`
}

/**
 * The notification of one ended job: what and how in the title, how long and why in the body.
 * @param told what was told of it before
 */
export const jobToast = (job: EndedJobView, told: Told | null, t: TFunction, locale: string): ToastText => {
  const { durationMs, reason, errorLine } = job.state
  const outcome = t(`outcome.${job.state.outcome}`)
  const corrected = correctedOutcome(job, told)
  const lines = [
    ...(corrected === null ? [] : [t('toast.toldBefore', { outcome: t(`outcome.${corrected}`) })]),
    ...(durationMs === null ? [] : [t('toast.took', { duration: formatDuration(durationMs, locale) })]),
    ...(reason === null ? [] : [t(`reason.${reason}`)]),
    ...(errorLine === null ? [] : [cut(errorLine)]),
    ...(job.maybeOthers ? [t('toast.maybeOthers')] : []),
  ]
  return {
    title: t(corrected === null ? 'toast.title' : 'toast.correction', {
      workflow: job.workflowName,
      outcome,
    }),
    body: lines.join('\n'),
  }
}

/** Outcomes whose workflows a summary names, worst first. */
const namedOutcomes: readonly Outcome[] = ['failed', 'unknown', 'notStarted', 'warning', 'rejected']

/** One notification for several ends: how many of each outcome, and which workflows did not end well. */
export const summaryToast = (jobs: readonly EndedJobView[], t: TFunction, locale: string): ToastText => {
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'long' })
  const counted = outcomes.flatMap((outcome) => {
    const count = jobs.filter(({ state }) => state.outcome === outcome).length
    return count === 0 ? [] : [t(`toast.count.${outcome}`, { count })]
  })
  const named = namedOutcomes.flatMap((outcome) => {
    const names = [
      ...new Set(jobs.filter(({ state }) => state.outcome === outcome).map((job) => job.workflowName)),
    ]
    if (names.length === 0) return []
    const shown = names.slice(0, namesInSummary)
    const rest = names.length - shown.length
    const workflows = list.format(rest === 0 ? shown : [...shown, t('toast.moreWorkflows', { count: rest })])
    return [t('toast.named', { outcome: t(`outcome.${outcome}`), workflows })]
  })
  return {
    title: t('toast.summary', { count: jobs.length, counts: list.format(counted) }),
    body: named.join('\n'),
  }
}
