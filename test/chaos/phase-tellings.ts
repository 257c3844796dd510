import type { ToldPhase } from '../../src/shared/told-phase.ts'
import { t } from './app.ts'
import { latencyOf, retriedMs } from './latency.ts'
import type { ServerDay } from './server-day.ts'
import { isAnswerTo, lastAnswered } from './tellings.ts'

/** One telling that a job has come to a phase. Times in milliseconds since 1970. */
export interface PhaseTelling {
  readonly at: number
  readonly answeredAt: number
  /** `silent`: the desktop never answered, so that the person may have seen it. */
  readonly status: 'shown' | 'refused' | 'silent'
}

type JudgedPhase = Extract<ToldPhase, 'suspended' | 'notBegun'>

/** Everything that was told of a phase of one job, in order: alone, and with others as the app's record says. */
export function phaseTellingsOf(
  jobKey: string,
  phase: JudgedPhase,
  { toasts, phasesTold }: ServerDay,
): PhaseTelling[] {
  const own = toasts.filter(
    ({ id, title }) => id === `phase:${jobKey}` && title.includes(t(`phase.${phase}`)),
  )
  const isOwn = (at: number): boolean => own.some((one) => one.status === 'shown' && isAnswerTo(one, at))
  const summaries = toasts.filter(({ id }) => id === `phase:${phase}`)
  const together = phasesTold
    .filter((one) => one.key === jobKey && one.phase === phase && !isOwn(one.at))
    .map(({ at: answeredAt }): PhaseTelling => {
      return { at: lastAnswered(summaries, answeredAt)?.at ?? answeredAt, answeredAt, status: 'shown' }
    })
  return [...own, ...together].toSorted((a, b) => a.at - b.at)
}

/**
 * When it was told first, at the latest as it was over. What was refused was told in time if it was tried again, or was
 * over before that was due.
 */
export function firstToldAt(tellings: readonly PhaseTelling[], overAt = Number.POSITIVE_INFINITY): number {
  const told = Math.min(overAt, ...tellings.filter(({ status }) => status !== 'refused').map(({ at }) => at))
  const tried = tellings[0]?.at ?? told
  return told - tried <= retriedMs ? tried : told
}

/** What the history has to be searched for, to know that it is not there. */
const searchedFor = {
  reason: null,
  outcomeFrom: 'history',
  evidence: [],
  answer: 'awaited',
  historyMark: null,
} as const

/**
 * Whether what the app could know of a phase of a job from then on took longer to be told than it may.
 * @param allowedMs what it may take besides, in milliseconds
 * @param needsHistory whether only the history says that it has not happened
 */
export function isPhaseOverdue(
  phase: JudgedPhase,
  span: { readonly from: number; readonly at: number },
  allowedMs: number,
  { disturbances, toasts }: ServerDay,
  needsHistory = false,
): boolean {
  // What was told together may have been refused before: nothing says which jobs it was about.
  const refused = toasts
    .filter(({ id, status }) => id === `phase:${phase}` && status === 'refused')
    .map(
      ({ at, answeredAt }) => ({ kind: 'summaryRefused', server: null, from: at, to: answeredAt }) as const,
    )
  const timed = {
    tellings: [{ outcome: 'unknown', at: span.at } as const],
    observableAt: span.from,
    heldUpUntil: (since: number) => since,
    job: needsHistory ? searchedFor : null,
  }
  const latency = latencyOf(timed, [...disturbances, ...refused])
  return latency !== null && latency.ms > latency.allowedMs + allowedMs
}
