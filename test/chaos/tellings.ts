import { type Outcome, outcomes } from '../../src/shared/outcome.ts'
import { t } from './app.ts'
import { hasCrashed } from './launches.ts'
import type { ShownToast } from './recording-toaster.ts'
import type { ServerDay } from './server-day.ts'

/**
 * One telling of a job's end. `at`: when a notification of its own went out, or the app wrote down that the desktop had
 * taken a summary. `isHeard`: the desktop answered for it.
 */
export interface Telling {
  readonly outcome: Outcome
  readonly at: number
  readonly isHeard: boolean
}

/** The app writes down within this time what the desktop has answered, in milliseconds. */
export const writtenWithinMs = 1000

type Settled = ServerDay['settled'][number]

/** Whether what the app wrote down at this moment is the desktop's answer to that notification. */
export const isAnswerTo = ({ answeredAt }: Pick<ShownToast, 'answeredAt'>, at: number): boolean =>
  at >= answeredAt && at - answeredAt <= writtenWithinMs

/**
 * Of these notifications, in the order in which they were shown, the one that the desktop had answered last by then: it may
 * have been shown before others. Of several that it answered at once any may be meant, and the last one is after all else.
 */
export const lastAnswered = (toasts: readonly ShownToast[], at: number): ShownToast | undefined =>
  toasts
    .filter(({ answeredAt }) => answeredAt <= at)
    .toSorted((a, b) => a.answeredAt - b.answeredAt)
    .at(-1)

/**
 * Everything that was told of one job, in the order in which it was shown: notifications of its own, and summaries that its
 * record says it was in.
 */
export function tellingsOf(
  key: string,
  { toasts, settled }: Pick<ServerDay, 'toasts' | 'settled'>,
): Telling[] {
  const own = toasts
    .filter(({ id }) => id === key)
    .map(({ title, at, answeredAt, status }) => {
      const isFix = title.startsWith(t('toast.fixed'))
      const outcome = isFix ? 'done' : outcomes.find((one) => title.startsWith(t(`outcome.${one}`)))
      if (outcome === undefined) throw new Error(`A notification without an outcome: ${title}`)
      return { outcome, at, answeredAt, isHeard: status === 'shown', shownAt: at }
    })
  const isOwn = ({ told }: Settled): boolean =>
    own.some((one) => one.isHeard && one.outcome === told.outcome && isAnswerTo(one, told.at))
  const summaries = toasts.filter(({ id, status }) => id.startsWith('summary:') && status === 'shown')
  const inSummaries = settled
    .filter((one) => one.key === key && !isOwn(one))
    .map(({ told: { outcome, at } }) => {
      const summary = lastAnswered(summaries, at)
      const shownAt = summary !== undefined && isAnswerTo(summary, at) ? summary.at : at
      return { outcome, at, isHeard: true, shownAt }
    })
  return [...own, ...inSummaries].sort((a, b) => a.shownAt - b.shownAt)
}

/** Whether the same was told twice, with no crash of the app in between. */
export const isToldTwice = (tellings: readonly Telling[], record: ServerDay): boolean =>
  tellings.some((telling, place) =>
    tellings
      .slice(0, place)
      .some(
        ({ outcome, isHeard, at }) =>
          outcome === telling.outcome && isHeard && !hasCrashed(record, at, telling.at),
      ),
  )
