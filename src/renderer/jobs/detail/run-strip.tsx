import { type ReactElement, useMemo } from 'react'
import { formatTime } from '../../../shared/format.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { useJobs, useNow, useStore, useTexts } from '../../hooks.ts'
import { moveAmongButtons } from '../../shell/button-keys.ts'
import { statusKeys, statusTones } from '../job-status.ts'
import { dayName } from '../list/days.ts'
import { dayOf, momentOf } from '../list/moment.ts'
import { durationText } from '../list/row-text.ts'
import { lastRuns, outcomeWords, type RunBar, runBars } from './last-runs.ts'

/** The last runs of a job's workflow as a row of bars: each leads to its job. */
export function RunStrip({ job }: { readonly job: JobView }): ReactElement | null {
  const { t, locale } = useTexts()
  const jobs = useJobs()
  const runs = useMemo(() => lastRuns(jobs, job), [jobs, job])
  const bars = runBars(runs)
  if (bars.length < 2) return null
  const current = bars.findIndex((bar) => bar.job.key === job.key)
  const reached = current === -1 ? bars.length - 1 : current

  const sum = t('job.runs.last', { count: bars.length, sum: outcomeWords(runs, t, locale) })
  return (
    <div className="runs">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of the buttons inside of it */}
      <ul className="runs-bars" aria-label={sum} onKeyDown={moveAmongButtons}>
        {bars.map((bar, index) => (
          <li key={bar.job.key}>
            <Bar bar={bar} isCurrent={index === current} isReached={index === reached} />
          </li>
        ))}
      </ul>
      <span className="runs-sum" aria-hidden="true">
        {sum}
      </span>
    </div>
  )
}

interface BarProps {
  readonly bar: RunBar
  readonly isCurrent: boolean
  /** Whether Tab comes to it: one of the bars is enough, arrows lead to the others. */
  readonly isReached: boolean
}

function Bar({ bar: { job, height }, isCurrent, isReached }: BarProps): ReactElement {
  const texts = useTexts()
  const { t, locale, times } = texts
  const { setView } = useStore()
  const now = useNow(false)
  const status = job.state.phase === 'ended' ? job.state.outcome : job.state.phase
  const at = momentOf(job)
  const name = [
    t(statusKeys[status]),
    dayName(dayOf(at), dayOf(now), texts),
    formatTime(at, at, times),
    durationText(job, true, at, locale),
  ]
  const label = name.filter((part) => part !== '').join(', ')
  return (
    <button
      type="button"
      className={`run-bar tone-${statusTones[status]} run-${status}`}
      aria-label={label}
      aria-current={isCurrent ? 'true' : undefined}
      title={label}
      tabIndex={isReached ? 0 : -1}
      onClick={() => setView({ selectedKey: job.key })}
    >
      <span style={{ blockSize: `${height * 100}%` }} />
    </button>
  )
}
