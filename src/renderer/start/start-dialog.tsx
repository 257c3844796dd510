import { type ReactElement, useId, useLayoutEffect, useRef, useState } from 'react'
import type { AppState } from '../../shared/app-state.ts'
import { failureText } from '../../shared/failure-text.ts'
import { saidServer } from '../../shared/followed.ts'
import { useActions, useAppState, useJobs, useTexts } from '../hooks.ts'
import type { AskedStart } from '../jobs/actions/job-actions.ts'
import { useActionsState } from '../jobs/actions/use-actions.ts'
import { useCancelledModal } from '../shell/use-modal.ts'
import { useTakenVariables } from './use-taken-variables.ts'
import { VariablesForm } from './variables-form.tsx'
import './start.css'

/** Asks for the variables of a start, whenever somebody wants it with some. */
export function StartDialog(): ReactElement | null {
  const { askedStart } = useActionsState()
  return askedStart === null ? null : <Asking asked={askedStart} />
}

interface AskedProps {
  readonly asked: AskedStart
}

function Asking({ asked }: AskedProps): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  const app = useAppState()
  const [tries, setTries] = useState(0)
  const titleId = useId()
  const modal = useCancelledModal(() => actions.askVariables(null))
  const { isFromLink, workflowName } = asked
  const server = isFromLink ? nameOf(app, asked.serverId) : saidServer(app, asked.serverId, t)
  return (
    <dialog {...modal} className="ask start-dialog" aria-labelledby={titleId}>
      <h2 id={titleId}>
        {t(isFromLink ? 'deepLink.title' : 'variables.title', { workflow: workflowName })}
        {server !== null && <bdi className="detail-server"> {server}</bdi>}
      </h2>
      {isFromLink && <LinkWarning />}
      <Variables key={tries} asked={asked} onRetry={() => setTries((count) => count + 1)} />
    </dialog>
  )
}

const nameOf = ({ servers }: AppState, serverId: string): string | null =>
  servers.find(({ id }) => id === serverId)?.name ?? null

/** Says who asks. It takes the focus, so that an Enter which was meant for something else starts nothing. */
function LinkWarning(): ReactElement {
  const { t } = useTexts()
  const warning = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => warning.current?.focus(), [])
  return (
    <p ref={warning} tabIndex={-1} className="callout tone-warning">
      {t('deepLink.warning')}
    </p>
  )
}

/** What is read of the workflow's variables, and the form for them; also where they can't be read. */
function Variables({ asked, onRetry }: AskedProps & { readonly onRetry: () => void }): ReactElement {
  const { serverId, workflowId, given, isFromLink } = asked
  const { t } = useTexts()
  const actions = useActions()
  const taken = useTakenVariables(serverId, workflowId)
  const hasOneUnderWay = useJobs().some(
    (job) => job.serverId === serverId && job.workflowId === workflowId && job.state.phase !== 'ended',
  )
  const close = (): void => actions.askVariables(null)
  if (taken.kind === 'loading') return <Loading onCancel={close} />
  return (
    <>
      {taken.kind === 'failed' && (
        <div className="callout tone-bad start-failed" role="alert">
          <p>
            {t('variables.failed')} {taken.failure !== null && failureText(t, taken.failure)}{' '}
            {t('variables.addByName')}
          </p>
          <button type="button" className="button" onClick={onRetry}>
            {t('button.again')}
          </button>
        </div>
      )}
      {taken.kind === 'read' && taken.isOneAtATime && hasOneUnderWay && (
        <p className="callout tone-warning">{t('variables.waits')}</p>
      )}
      {taken.kind === 'read' && taken.variables.length === 0 && (
        <p className="muted">{t('variables.none')}</p>
      )}
      <VariablesForm
        taken={taken.kind === 'read' ? taken.variables : []}
        given={given}
        isFromLink={isFromLink}
        onStart={(variables) => {
          close()
          actions.start(serverId, workflowId, variables)
        }}
        onCancel={close}
      />
    </>
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
          {t('button.cancel')}
        </button>
      </div>
    </>
  )
}
