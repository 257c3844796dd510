import { type ReactElement, useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import { isSignedIn } from '../../shared/followed.ts'
import type { HistoryOutcome, HistoryQuery, HistoryRow } from '../../shared/history.ts'
import { HistoryExport } from '../export/history-export.tsx'
import { useActions, useAppState, useStore, useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { focusOn, focusOnceDrawn, focusTargets } from '../jobs/focus.ts'
import { Key } from '../jobs/key.tsx'
import { useKeys } from '../jobs/keys/use-keys.ts'
import { SaidLine } from '../jobs/said.tsx'
import { OutsideIcon, SearchIcon } from '../jobs/picker-icons.tsx'
import { DayChart } from './day-chart.tsx'
import { DayField } from './day-field.tsx'
import { HistoryList } from './history-list.tsx'
import { HistoryLog } from './history-log.tsx'
import { endedText } from './server-time.ts'
import { useHistory, useHistoryDays } from './use-history.ts'
import '../jobs/log/log.css'
import './history.css'

const outcomes: readonly HistoryOutcome[] = ['done', 'warning', 'failed', 'stopped', 'rejected']

/** Every job that ended on a server, whoever started it: found by text, day and outcome. */
export function HistoryPage(): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const servers = app.servers.filter(({ id }) => isSignedIn(app, id))
  const [chosenId, setChosenId] = useState<string | null>(null)
  const server = servers.find(({ id }) => id === chosenId) ?? servers[0]
  return (
    <div className="history-page">
      <h1 className="visually-hidden">{t('history.title')}</h1>
      {server === undefined ? (
        <p className="history-none">{t('history.signedOut')}</p>
      ) : (
        <>
          {servers.length > 1 && (
            <label className="history-server">
              {t('history.server')}{' '}
              <select
                className="input"
                value={server.id}
                onChange={({ target }) => setChosenId(target.value)}
              >
                {servers.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <ServerHistory key={server.id} server={server} />
          <SaidLine />
        </>
      )}
    </div>
  )
}

function ServerHistory({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  const [typed, setTyped] = useState('')
  const [text, setText] = useState('')
  const [day, setDay] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<HistoryOutcome | null>(null)
  const days = useHistoryDays(server.id, text)
  const query = useMemo(() => ({ text, day, outcome }), [text, day, outcome])
  const shown = useDeferredValue(query)
  useKeys({ '/': () => focusOn('search') })
  return (
    <>
      <form
        className="history-bar"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a `search` element can't be submitted
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setText(typed.trim())
        }}
      >
        <div className="job-search">
          <SearchIcon />
          <input
            id={focusTargets.search}
            className="input"
            type="search"
            maxLength={200}
            placeholder={t('history.search')}
            aria-label={t('history.search')}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value)
              // The cross in the field empties it at once.
              if (target.value === '') setText('')
            }}
            onKeyDown={(event) => {
              // Escape empties the field first.
              if (event.key !== 'ArrowDown' && (event.key !== 'Escape' || typed !== '')) return
              event.preventDefault()
              focusOn('historyRow')
            }}
          />
        </div>
        <button type="submit" className="button">
          {t('history.find')}
        </button>
        <DayField day={day} onDay={setDay} />
        <fieldset className="chips">
          <legend className="visually-hidden">{t('history.outcomes')}</legend>
          <Chip label={t('jobs.chip.all')} isOn={outcome === null} onChoose={() => setOutcome(null)} />
          {outcomes.map((one) => (
            <Chip
              key={one}
              label={t(`outcome.${one}`)}
              isOn={outcome === one}
              onChoose={() => setOutcome(one)}
            />
          ))}
        </fieldset>
      </form>
      {days !== null && <DayChart days={days} day={day} onDay={setDay} />}
      <Results key={JSON.stringify(shown)} server={server} query={shown} />
    </>
  )
}

interface ChipProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChoose: () => void
}

const Chip = ({ label, isOn, onChoose }: ChipProps): ReactElement => (
  <button type="button" className="chip" aria-pressed={isOn} onClick={onChoose}>
    {label}
  </button>
)

interface ResultsProps {
  readonly server: ServerView
  readonly query: HistoryQuery
}

/** What was found, and the log of what is chosen of it. For another query it is made anew. */
function Results({ server, query }: ResultsProps): ReactElement {
  const { t, times } = useTexts()
  const serverId = server.id
  const { found, more } = useHistory(serverId, query)
  const [row, setRow] = useState<HistoryRow | null>(null)
  const [isExporting, setExporting] = useState(false)
  const actions = useActions()
  const { setView } = useStore()
  const openWebManager = (): void => actions.openWebManager(serverId, 'history')
  const open = useCallback((chosen: HistoryRow): void => {
    setRow(chosen)
    focusOnceDrawn('detail')
  }, [])
  const close = (): void => {
    setRow(null)
    focusOnceDrawn('historyRow')
  }
  useKeys({
    Escape: row === null ? () => setView({ page: 'jobs' }) : close,
    w: row === null ? undefined : openWebManager,
  })
  return (
    <div className={`history-panes history-panes-${row === null ? 'list' : 'detail'}`}>
      <HistoryList
        found={found}
        selectedId={row?.id ?? null}
        onSelect={open}
        onMore={more}
        onExport={() => setExporting(true)}
      />
      {isExporting && (
        <HistoryExport server={server} query={query} shown={found.rows} onClose={() => setExporting(false)} />
      )}
      <section
        id={focusTargets.detail}
        className="history-detail"
        aria-label={t('jobs.detail')}
        tabIndex={-1}
      >
        {row === null ? (
          <p className="history-none">{t('history.choose')}</p>
        ) : (
          <>
            <header className="history-heading">
              <button type="button" className="button history-back" onClick={close}>
                <ActionIcon name="back" />
                {t('history.back')}
              </button>
              <h2>
                <bdi>{row.workflowName}</bdi>
              </h2>
              <span className="muted">{t('history.endedAt', { time: endedText(row, times) })}</span>
              <button type="button" className="button" onClick={openWebManager}>
                <OutsideIcon />
                {t('job.action.openWebManager')}
                <Key name="W" />
              </button>
            </header>
            <div className="log">
              <HistoryLog key={row.id} serverId={serverId} row={row} />
            </div>
          </>
        )}
      </section>
    </div>
  )
}
