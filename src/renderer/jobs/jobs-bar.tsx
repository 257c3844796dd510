import { type KeyboardEvent, type ReactElement } from 'react'
import { flushSync } from 'react-dom'
import { needsSignIn } from '../../shared/followed.ts'
import type { JobView } from '../../shared/job-view.ts'
import { useActions, useAppState, useJobs, useLook, useStore, useTexts } from '../hooks.ts'
import { focusOn, focusTargets } from './focus.ts'
import { Key } from './key.tsx'
import { type Chip, chips } from './list/arrange.ts'
import type { JobSearch } from './list/search-text.ts'
import { useJobList } from './list/use-job-list.ts'
import { SearchIcon } from './picker-icons.tsx'
import { StartButton } from './start-button.tsx'

/** What narrows the list down, and the way to start something. */
export function JobsBar(): ReactElement | null {
  const hasJobs = useJobs().length > 0
  const actions = useActions()
  // Without a sign-in the server would refuse every start.
  const canStart = useAppState().servers.some(({ link }) => !needsSignIn(link))
  // The page before the first job has the list of workflows in it.
  if (!hasJobs) return null
  return (
    <>
      <Search />
      <Chips />
      {canStart && <StartButton onStart={actions.startChosen} onAskVariables={actions.askVariablesOf} />}
    </>
  )
}

function Search(): ReactElement {
  const { t } = useTexts()
  const { setList, setPane } = useStore()
  const jobs = useJobs()
  const { search } = useLook().list
  const { search: finder } = useJobList()
  const leave = (): void => {
    // A narrow window may show the job instead, and what is hidden takes no focus.
    flushSync(() => setPane('list'))
    focusOn('list')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'ArrowDown') leave()
    else if (event.key !== 'Escape') return
    else if (search === '') leave()
    else setList({ search: '' })
    event.preventDefault()
  }
  return (
    <search className="job-search">
      <SearchIcon />
      <input
        id={focusTargets.search}
        className="input"
        type="search"
        aria-label={t('jobs.search.label')}
        placeholder={t('jobs.search.label')}
        title={t('jobs.search.hint')}
        autoComplete="off"
        value={search}
        // The first word that is typed finds its texts ready.
        onFocus={() => prepareWhenIdle(finder, jobs)}
        onChange={({ target }) => setList({ search: target.value })}
        onKeyDown={onKeyDown}
      />
      <Key name="/" />
    </search>
  )
}

const ownerChips: ReadonlySet<Chip> = new Set(['mine', 'others'])

/** Makes the search ready in the moments that nothing else needs: ten thousand texts would hold a frame up. */
function prepareWhenIdle(search: JobSearch, jobs: readonly JobView[], from = 0): void {
  requestIdleCallback((deadline) => {
    const next = search.prepare(jobs, from, () => deadline.timeRemaining() > 1)
    if (next < jobs.length) prepareWhenIdle(search, jobs, next)
  })
}

function Chips(): ReactElement {
  const { t, numbers } = useTexts()
  const { setList } = useStore()
  const { chip: current } = useLook().list
  const { counts } = useJobList()
  const number = new Intl.NumberFormat(numbers)
  const isOfOwner = current === 'mine' || current === 'others'
  // Whose jobs they are is asked only where others have some.
  const shown = counts.others > 0 || isOfOwner ? chips : chips.filter((chip) => !ownerChips.has(chip))
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">{t('jobs.chips')}</legend>
      {shown.map((chip) => (
        <button
          key={chip}
          type="button"
          className={`chip chip-${chip}`}
          aria-pressed={chip === current}
          onClick={() => setList({ chip: chip === current ? 'all' : chip })}
        >
          {t(`jobs.chip.${chip}`)}
          {counts[chip] > 0 && <span className="chip-count"> {number.format(counts[chip])}</span>}
        </button>
      ))}
    </fieldset>
  )
}
