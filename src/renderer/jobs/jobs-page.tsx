import { type ReactElement, useRef, useState } from 'react'
import { usualOf } from '../../shared/usual.ts'
import { useActions, useJobs, useLook, useSelectedKey, useStore, useTexts, useUsual } from '../hooks.ts'
import { WorkflowRule } from '../settings/workflow-rule.tsx'
import { StartDialog } from '../start/start-dialog.tsx'
import { AskWish, type AskedWish } from './actions/ask-wish.tsx'
import { JobMenuContext, useJobMenuElement } from './actions/job-menu.tsx'
import { JobDetail } from './detail/job-detail.tsx'
import { focusOnceDrawn } from './focus.ts'
import { usePageKeys } from './keys/use-page-keys.ts'
import { JobList } from './list/job-list.tsx'
import { useJobList } from './list/use-job-list.ts'
import { NoJobs } from './no-jobs.tsx'
import { SaidLine } from './said.tsx'
import { useHandedFocus } from './use-handed-focus.ts'
import './jobs.css'
import './list/list.css'
import './detail/detail.css'
import './log/log.css'

/** The jobs, and what is known of the selected one. */
export function JobsPage(): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const hasJobs = useJobs().length > 0
  return (
    <div className="jobs-page">
      <h1 className="visually-hidden">{t('jobs.title')}</h1>
      {hasJobs ? <Panes /> : <NoJobs onStart={actions.startChosen} onAskVariables={actions.askVariablesOf} />}
      <SaidLine />
      <StartDialog />
      <WorkflowRule />
    </div>
  )
}

/** The list, and the selected job beside it; a narrow window shows one of them. */
function Panes(): ReactElement {
  const selectedKey = useSelectedKey()
  const { pane } = useLook()
  const { setPane } = useStore()
  const jobs = useJobs()
  const usual = useUsual()
  const model = useJobList()
  const job = jobs.find(({ key }) => key === selectedKey) ?? null
  const { open, menu } = useJobMenuElement()
  const [asked, setAsked] = useState<AskedWish | null>(null)
  const panes = useRef<HTMLDivElement>(null)
  useHandedFocus(panes)
  usePageKeys({ job, onAsk: setAsked, onMenu: open })
  return (
    <JobMenuContext value={open}>
      <div ref={panes} className={`jobs-panes jobs-panes-${job === null ? 'list' : pane}`}>
        {model.layout.rows.length === 0 ? (
          <NothingFound />
        ) : (
          <JobList
            model={model}
            onOpen={() => {
              setPane('detail')
              focusOnceDrawn('detail')
            }}
          />
        )}
        <JobDetail job={job} usualMs={job === null ? null : usualOf(job, usual)} />
      </div>
      {menu}
      {asked !== null && <AskWish asked={asked} onDone={() => setAsked(null)} />}
    </JobMenuContext>
  )
}

function NothingFound(): ReactElement {
  const { t } = useTexts()
  const part = useRef<HTMLDivElement>(null)
  useHandedFocus(part)
  const { setList } = useStore()
  const { search, chip } = useLook().list
  const showAll = (): void => {
    setList({ search: '', chip: 'all' })
  }
  return (
    <div ref={part} className="nothing-found">
      <output>{t(search === '' && chip !== 'all' ? `jobs.nothing.${chip}` : 'jobs.nothing.found')}</output>
      <button type="button" className="button" onClick={showAll}>
        {t('jobs.nothing.showAll')}
      </button>
    </div>
  )
}
