import { type ReactElement, useId, useLayoutEffect, useRef } from 'react'
import { saidServer } from '../../shared/followed.ts'
import { useActions, useAppState, useJobs, useTexts } from '../hooks.ts'
import type { AskedStart } from '../jobs/actions/job-actions.ts'
import { useActionsState } from '../jobs/actions/use-actions.ts'
import { useTakenVariables } from './use-taken-variables.ts'
import { VariablesForm } from './variables-form.tsx'
import './start.css'

/** Asks for the variables of a start, whenever somebody wants it with some. */
export function StartDialog(): ReactElement | null {
  const { askedStart } = useActionsState()
  return askedStart === null ? null : <Asking asked={askedStart} />
}

/** The platform's own dialog keeps the focus in it, and gives it back. */
function Asking({ asked }: { readonly asked: AskedStart }): ReactElement {
  const { serverId, workflowId, workflowName, given } = asked
  const { t } = useTexts()
  const actions = useActions()
  const app = useAppState()
  const isBusy = useJobs().some(
    (job) => job.serverId === serverId && job.workflowId === workflowId && job.state.phase !== 'ended',
  )
  const { taken, retry } = useTakenVariables(serverId, workflowId)
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // What had the focus gets it back by this, while the dialog is still there: an effect would come too late.
    return () => element?.close()
  }, [])
  const server = saidServer(app, serverId, t)
  const close = (): void => actions.askVariables(null)
  return (
    <dialog
      ref={dialog}
      className="ask start-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
    >
      <h2 id={titleId}>
        {t('variables.title', { workflow: workflowName })}
        {server !== null && <span className="detail-server"> {server}</span>}
      </h2>
      {taken.kind === 'loading' && <Loading onCancel={close} />}
      {taken.kind === 'failed' && (
        <div className="callout tone-bad start-failed" role="alert">
          <p>
            {t('variables.failed')} {taken.failure !== null && t(`failure.${taken.failure}`)}{' '}
            {t('variables.addByName')}
          </p>
          <button type="button" className="button" onClick={retry}>
            {t('variables.retry')}
          </button>
        </div>
      )}
      {taken.kind === 'read' && taken.isOneAtATime && isBusy && (
        <p className="callout tone-warning">{t('variables.waits')}</p>
      )}
      {taken.kind === 'read' && taken.variables.length === 0 && (
        <p className="muted">{t('variables.none')}</p>
      )}
      {taken.kind !== 'loading' && (
        <VariablesForm
          taken={taken.kind === 'read' ? taken.variables : []}
          given={given}
          onStart={(variables) => {
            close()
            actions.start(serverId, workflowId, variables)
          }}
          onCancel={close}
        />
      )}
    </dialog>
  )
}

function Loading({ onCancel }: { readonly onCancel: () => void }): ReactElement {
  const { t } = useTexts()
  return (
    <>
      <output className="start-loading">
        <span className="spinner" />
        {t('variables.loading')}
      </output>
      <div className="ask-actions">
        <button type="button" className="button" onClick={onCancel}>
          {t('variables.cancel')}
        </button>
      </div>
    </>
  )
}
