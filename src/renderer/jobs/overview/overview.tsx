import { type ReactElement, type ReactNode, useId, useMemo } from 'react'
import { followedServers, isUp, saidServer } from '../../../shared/followed.ts'
import { lastStarted } from '../../../shared/last-started.ts'
import { useActions, useAppState, useJobs, useNow, useSettings, useStore, useTexts } from '../../hooks.ts'
import { Key } from '../key.tsx'
import { JobIcon } from '../job-icon.tsx'
import { dayOf } from '../list/moment.ts'
import { nextMomentText } from '../next-run-text.ts'
import { PlayIcon } from '../picker-icons.tsx'
import { useNextRuns } from '../use-next-runs.ts'
import { type ServerWorkflow, serverWorkflows, workflowKey } from '../workflow-order.ts'
import { endedSince } from './ended-today.ts'
import { startableOf } from './starts.ts'
import './overview.css'

/** As many as are taken in at a glance. */
const mostStarts = 6
const mostRuns = 5

/** What is worth knowing while no job is selected: how the day went, what is started often, and what comes next. */
export function Overview(): ReactElement {
  const { t } = useTexts()
  const { singleKeys } = useSettings()
  return (
    <div className="overview">
      <p className="muted">{t('job.none')}</p>
      <Today />
      <div className="overview-columns">
        <Starts />
      </div>
      <NextRuns />
      {singleKeys && <Keys />}
    </div>
  )
}

/** How many of the day's jobs ended in which way, the commonest first. */
function Today(): ReactElement {
  const { t, numbers } = useTexts()
  const { setView } = useStore()
  const jobs = useJobs()
  const today = dayOf(useNow(false))
  const counts = useMemo(() => endedSince(jobs, today), [jobs, today])
  const number = new Intl.NumberFormat(numbers)
  return (
    <Part title={t('jobs.overview.today')}>
      <button type="button" className="bar-button" onClick={() => setView({ page: 'history' })}>
        {t('history.title')}
        <Key name="H" />
      </button>
      {counts.size === 0 ? (
        <p className="muted">{t('jobs.overview.nothingToday')}</p>
      ) : (
        <ul className="overview-counts">
          {[...counts]
            .toSorted(([, a], [, b]) => b - a)
            .map(([outcome, count]) => (
              <li key={outcome}>
                <JobIcon status={outcome} />
                <strong>{number.format(count)}</strong> {t(`outcome.${outcome}`)}
              </li>
            ))}
        </ul>
      )}
    </Part>
  )
}

/** The favourites and, as far as there is room, what was started last: a click starts one. */
function Starts(): ReactElement | null {
  const { t, locale } = useTexts()
  const state = useAppState()
  const jobs = useJobs()
  const { favourites, others } = useMemo(
    () => startableOf(serverWorkflows(followedServers(state).filter(({ link }) => isUp(link))), locale),
    [state, locale],
  )
  const recent = lastStarted(jobs, others).flatMap((key) => others.get(key) ?? [])
  const shown = favourites.slice(0, mostStarts)
  const groups = [
    { kind: 'favourites', workflows: shown },
    { kind: 'recent', workflows: recent.slice(0, mostStarts - shown.length) },
  ] as const
  return (
    <>
      {groups.map(({ kind, workflows }) =>
        workflows.length === 0 ? null : (
          <Part key={kind} title={t(`jobs.start.group.${kind}`)}>
            <ul>
              {workflows.map((one) => (
                <Start key={workflowKey(one)} one={one} />
              ))}
            </ul>
          </Part>
        ),
      )}
    </>
  )
}

function Start({ one }: { readonly one: ServerWorkflow }): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const actions = useActions()
  const { name } = one.workflow
  const server = saidServer(app, one.server.id, t)
  return (
    <li>
      <button
        type="button"
        className="overview-start"
        aria-label={t('variables.title', { workflow: name })}
        onClick={() => actions.startChosen(one)}
      >
        <PlayIcon />
        <bdi className="workflow-name">{name}</bdi>
        {server !== null && <bdi className="workflow-note">{server}</bdi>}
      </button>
    </li>
  )
}

/** Which workflows run next by their schedules. */
function NextRuns(): ReactElement | null {
  const texts = useTexts()
  const { t } = texts
  const state = useAppState()
  const now = useNow(false)
  const runs = useNextRuns(followedServers(state).map(({ id }) => id))
  const next = useMemo(
    () =>
      serverWorkflows(followedServers(state))
        .flatMap((one) => {
          const at = runs.get(workflowKey(one))
          return at === undefined ? [] : [{ one, at }]
        })
        .toSorted((a, b) => a.at - b.at)
        .slice(0, mostRuns),
    [state, runs],
  )
  if (next.length === 0) return null
  return (
    <Part title={t('jobs.overview.nextRuns')}>
      <ul>
        {next.map(({ one, at }) => (
          <li key={workflowKey(one)} className="overview-run">
            <bdi className="workflow-name">{one.workflow.name}</bdi>
            <span className="workflow-note">{nextMomentText(at, now, texts)}</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** The keys that lead on from here. */
const keys = [
  { names: ['J', 'K'], text: 'keys.move' },
  { names: ['N'], text: 'keys.start' },
  { names: ['/'], text: 'keys.search' },
  { names: ['?'], text: 'shell.menu.keys' },
] as const

function Keys(): ReactElement {
  const { t } = useTexts()
  return (
    <Part title={t('jobs.overview.keys')}>
      <dl className="overview-keys">
        {keys.map(({ names, text }) => (
          <div key={text}>
            <dt>
              {names.map((name) => (
                <kbd key={name} className="key">
                  {name}
                </kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <section className="overview-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
