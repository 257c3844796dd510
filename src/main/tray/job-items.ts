import { formatDuration, formatTime } from '../../shared/format.ts'
import { type EndedJobView, hasEnded, type JobView } from '../../shared/job-view.ts'
import { usualOf, usualPart } from '../../shared/usual.ts'
import { isOthers, isStartKnown } from '../../shared/watch.ts'
import { allowedWishes, canAsk, wishCommands } from '../../shared/wish.ts'
import { labelText, shortName, uniqueLabels } from './labels.ts'
import {
  aboutServer,
  entry,
  inFlight,
  isWaiting,
  type MenuItem,
  showJobs,
  text,
  type TrayFacts,
} from './menu-facts.ts'
import { canStartAgain } from './start-items.ts'

/** Ends that the menu shows. */
export const mostEnds = 3

const minuteMs = 60_000

const showItem = ({ key }: JobView, { t }: TrayFacts): MenuItem =>
  entry(t('tray.showJob'), { kind: 'show', page: 'jobs', key })

function jobActions(job: JobView, facts: TrayFacts): MenuItem[] {
  const { t } = facts
  const { key } = job
  const show = showItem(job, facts)
  const wishes = allowedWishes(job).map((wish): MenuItem => {
    const label = t(`job.action.${wish}`)
    return canAsk(wish, job) ? entry(label, { kind: wishCommands[wish], key }) : text(label)
  })
  // The place of what can be done soon, so that nothing moves under the pointer.
  return [...(wishes.length === 0 ? [text(t('job.action.stop'))] : wishes), show]
}

/** What a job is called in the menu: its workflow, and the server where there are several. */
const nameOf = (job: JobView, facts: TrayFacts): string =>
  aboutServer(shortName(job.workflowName), job.serverId, facts)

const labelled = (job: JobView, name: string, phase: string, { t }: TrayFacts): string =>
  t(isOthers(job) ? 'tray.jobOfOthers' : 'tray.job', { name: labelText(name), phase })

/**
 * Where a job is, how long it has taken and usually takes. Whole minutes: the menu is made anew once a minute while it
 * may be open, not each second.
 */
function phaseText(job: JobView, usualMs: number | null, { t, locale, now }: TrayFacts): string {
  const phase = t(job.asked === null ? `phase.${job.state.phase}` : `asked.${job.asked}`)
  if (job.startedAt === null) return phase
  const minutes = Math.floor((now - job.startedAt) / minuteMs)
  return [
    phase,
    ...(minutes > 0 ? [t('job.when.running', { duration: formatDuration(minutes * minuteMs, locale) })] : []),
    ...usualPart(usualMs, t, locale),
  ].join(', ')
}

/** The jobs under way that the menu has room for. */
interface JobSections {
  /** Those that wait for a person's approval. */
  readonly waiting: readonly MenuItem[]
  readonly others: readonly MenuItem[]
}

/** Those that wait for a person come first, then the person's own. */
const rank = (job: JobView): number => (isWaiting(job) ? 0 : isOthers(job) ? 2 : 1)

/**
 * The jobs under way, each with what can be done about it.
 * @param most entries at most; where there are more jobs, the last one leads to the window
 */
export function jobSections(facts: TrayFacts, most: number): JobSections {
  const { jobs, usualDurations, t, times } = facts
  const ordered = inFlight(jobs).toSorted((a, b) => rank(a) - rank(b))
  const shown = ordered.length > most ? ordered.slice(0, most - 1) : ordered
  // Made where two names are equal only: the first of a process takes 50 ms, and 9 MB.
  let time: Intl.DateTimeFormat | undefined
  const names = uniqueLabels(
    shown.map((job) => nameOf(job, facts)),
    (index) => {
      time ??= new Intl.DateTimeFormat(times, { timeStyle: 'medium' })
      return time.format(shown[index]?.requestedAt)
    },
  )
  const items = shown.map((job, index): MenuItem => {
    const phase = phaseText(job, usualOf(job, usualDurations), facts)
    return {
      type: 'submenu',
      label: labelled(job, names[index] ?? '', phase, facts),
      items: jobActions(job, facts),
    }
  })
  const count = ordered.length - shown.length
  const more = count === 0 ? [] : [entry(t('tray.moreJobs', { count }), showJobs)]
  const waiting = shown.filter(isWaiting).length
  return { waiting: items.slice(0, waiting), others: [...items.slice(waiting), ...more] }
}

const endedAt = ({ state }: EndedJobView): number => state.endedAt ?? state.learntAt

/** The jobs that ended last, the newest end first. */
function lastEnded(jobs: readonly JobView[]): readonly EndedJobView[] {
  let last: EndedJobView[] = []
  for (const job of jobs) {
    if (!hasEnded(job)) continue
    const oldest = last[mostEnds - 1]
    if (oldest !== undefined && endedAt(oldest) >= endedAt(job)) continue
    last = [...last, job].toSorted((a, b) => endedAt(b) - endedAt(a)).slice(0, mostEnds)
  }
  return last
}

/** The last ends: how each came out, with the way to it and, where its start is known, once more. */
export function endItems(facts: TrayFacts): MenuItem[] {
  const { jobs, t, times, now } = facts
  const ends = lastEnded(jobs)
  const names = uniqueLabels(
    ends.map((job) => nameOf(job, facts)),
    (index) => {
      const job = ends[index]
      return job === undefined ? '' : formatTime(endedAt(job), now, times)
    },
  )
  return ends.map((job, index): MenuItem => {
    const again = entry(t('tray.runAgain'), { kind: 'runAgain', key: job.key })
    const canRun = isStartKnown(job) && canStartAgain(facts, job)
    return {
      type: 'submenu',
      label: labelled(job, names[index] ?? '', t(`outcome.${job.state.outcome}`), facts),
      items: [...(canRun ? [again] : []), showItem(job, facts)],
    }
  })
}
