import { type ReactElement, useEffect, useRef } from 'react'
import type { TFunction } from 'i18next'
import { failureText } from '../../shared/failure-text.ts'
import { useActions, useTexts } from '../hooks.ts'
import type { Said } from './actions/job-actions.ts'
import { ActionIcon } from './actions/action-icon.tsx'
import { useActionsState } from './actions/use-actions.ts'
import { useHandedFocus } from './use-handed-focus.ts'
import './said.css'

/** How long it stays, in milliseconds: long enough to be read, and to find the way to its button. */
const staysMs = 10_000
/** The same of what only says that all went well: it lies over the page. */
const staysBrieflyMs = 4000

function textOf(said: Said, t: TFunction): string {
  switch (said.kind) {
    case 'removed':
      return t('jobs.said.removed', { count: said.count })
    case 'runAgainFailed':
      return t('jobs.said.runAgainFailed', { workflow: said.workflow })
    case 'deepLinkFailed':
      return t(`deepLink.problem.${said.problem}`)
    case 'wishFailed': {
      const { wish, failure } = said.failed
      const text = t(`toast.wishFailed.${wish}`, { workflow: said.workflow })
      return failure === null ? text : `${text}. ${failureText(t, failure)}`
    }
    case 'copied':
    case 'copyFailed':
    case 'saved':
    case 'saveFailed':
    case 'removeRefused':
    case 'notOpened':
      return t(`jobs.said.${said.kind}`)
  }
}

/** What came of the last action, for a moment, at the lower edge. The region stays: only what changes in it is read out. */
export function SaidLine(): ReactElement {
  const actions = useActions()
  const { said } = useActionsState()
  useEffect(() => {
    if (said === null) return
    const isBrief = said.kind === 'copied' || said.kind === 'saved'
    const timer = setTimeout(() => actions.say(null), isBrief ? staysBrieflyMs : staysMs)
    return () => clearTimeout(timer)
  }, [said, actions])
  return <output className="said">{said !== null && <Line said={said} />}</output>
}

function Line({ said }: { readonly said: Said }): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const line = useRef<HTMLSpanElement>(null)
  useHandedFocus(line)
  return (
    <span ref={line} className="said-line">
      <span>{textOf(said, t)}</span>
      {said.kind === 'removed' && (
        <button type="button" className="said-undo" onClick={actions.undoRemove}>
          {t('jobs.said.undo')}
        </button>
      )}
      <button
        type="button"
        className="said-close"
        aria-label={t('button.close')}
        onClick={() => actions.say(null)}
      >
        <ActionIcon name="close" />
      </button>
    </span>
  )
}
