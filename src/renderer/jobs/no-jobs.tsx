import { type ReactElement, useEffect, useRef } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import { isUp, needsSignIn, signInCommand } from '../../shared/followed.ts'
import { send } from '../bridge.ts'
import { useAppState, useLook, useStore, useTexts } from '../hooks.ts'
import { focusOn } from './focus.ts'
import { useKeys } from './keys/use-keys.ts'
import { WorkflowPicker } from './workflow-picker.tsx'
import { useHandedFocus } from './use-handed-focus.ts'
import type { StartProps } from './workflow-row.tsx'
import './picker.css'

/** What stands in the place of the list while there is nothing to list. */
const texts = {
  signedOut: 'jobs.empty.signedOut',
  signInNeeded: 'jobs.empty.signedOut',
  connecting: 'jobs.loading',
  offline: 'jobs.empty.offline',
  online: 'jobs.empty.text',
  slow: 'jobs.empty.text',
} as const satisfies Record<LinkState, string>

/** The links by what a person can do with them, the most first: the best of the servers counts. */
const bestFirst = ['online', 'slow', 'connecting', 'offline', 'signInNeeded', 'signedOut'] as const

/** The page before the first job: says what to do next, and lets it be done. */
export function NoJobs(start: StartProps): ReactElement {
  const { t } = useTexts()
  const state = useAppState()
  const part = useRef<HTMLDivElement>(null)
  useHandedFocus(part)
  const link = bestFirst.find((best) => state.servers.some((one) => one.link === best)) ?? 'signedOut'
  return (
    <div ref={part} className="no-jobs">
      <div className="no-jobs-card">
        <EmptyPicture />
        {link !== 'connecting' && <h2>{t('jobs.empty.title')}</h2>}
        <p className="muted">{t(texts[link])}</p>
        {link === 'connecting' && <span className="spinner" />}
        {needsSignIn(link) && (
          <button type="button" className="button button-primary" onClick={() => send(signInCommand(state))}>
            {t('shell.signIn')}
          </button>
        )}
        {isUp(link) && <Workflows {...start} />}
      </div>
    </div>
  )
}

/** The list that the button opens later: what leads to that leads here. */
function Workflows(start: StartProps): ReactElement {
  const { isFinding } = useLook()
  const { setFinding } = useStore()
  useKeys({ n: () => focusOn('workflowSearch') })
  useEffect(() => {
    if (!isFinding) return
    setFinding(false)
    focusOn('workflowSearch')
  }, [isFinding, setFinding])
  return <WorkflowPicker {...start} />
}

/** A list without words. */
const EmptyPicture = (): ReactElement => (
  <svg className="no-jobs-picture" viewBox="0 0 64 48" aria-hidden="true">
    <path d="M8 4h48a4 4 0 0 1 4 4v32a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4Z" />
    <path d="M12 14l2.5 2.5 4-4.5M26 14.5h26M12 25l2.5 2.5 4-4.5M26 25.5h20M13 36.5h4M26 36.5h14" />
  </svg>
)
