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

/** Whether the app has written down with this that the desktop took that notification. */
const isAnswer = (
  { answeredAt }: Pick<ShownToast, 'answeredAt'>,
  { at }: Pick<Settled['told'], 'at'>,
): boolean => at >= answeredAt && at - answeredAt <= writtenWithinMs

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
    own.some((one) => one.isHeard && one.outcome === told.outcome && isAnswer(one, told))
  const summaries = toasts.filter(({ id, status }) => id.startsWith('summary:') && status === 'shown')
  const inSummaries = settled
    .filter((one) => one.key === key && !isOwn(one))
    .map(({ told: { outcome, at } }) => {
      // The desktop may have answered long after it had shown it: it is the summary that was answered last by then. Of
      // several that were answered at once any may be meant, and the last one is after all else.
      const [summary] = summaries
        .filter((one) => isAnswer(one, { at }))
        .sort((a, b) => b.answeredAt - a.answeredAt || b.at - a.at)
      const shownAt = summary?.at ?? at
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
