import { dateFormat } from '../../shared/format.ts'
import type { Translator } from '../../shared/i18n.ts'
import { dayAfter, dayOf } from './list/moment.ts'

/** When a workflow runs next, as "Next run tomorrow, 02:00"; both times are milliseconds since 1970. */
export const nextRunText = (at: number, now: number, texts: Translator): string =>
  texts.t('jobs.start.nextRun', nextMoment(at, now, texts))

/** The same where it is said already that this is a next run: "tomorrow 02:00". */
export const nextMomentText = (at: number, now: number, texts: Translator): string =>
  texts.t('job.when.moment', nextMoment(at, now, texts))

const nextMoment = (at: number, now: number, { t, times }: Translator): { day: string; time: string } => ({
  day: nextDayName(dayOf(at), dayOf(now), t, times),
  time: dateFormat(times, { timeStyle: 'short' }).format(at),
})

function nextDayName(day: number, today: number, t: Translator['t'], times: string): string {
  if (day === today) return t('jobs.start.nextDay.today')
  if (day === dayAfter(today, 1)) return t('jobs.start.nextDay.tomorrow')
  return dateFormat(times, { weekday: 'short', day: 'numeric', month: 'short' }).format(day)
}
