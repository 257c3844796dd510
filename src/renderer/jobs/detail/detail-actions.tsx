import type { ReactElement } from 'react'
import { failureText } from '../../../shared/failure-text.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { useTexts } from '../../hooks.ts'
import { ActionIcon } from '../actions/action-icon.tsx'
import { buttonOf, type DetailAction, isOfDetail } from '../actions/actions-of.ts'
import { useJobMenu } from '../actions/job-menu.tsx'
import { useActionsState, useJobActions } from '../actions/use-actions.ts'
import { Key } from '../key.tsx'
import { keyNames } from '../keys/shortcuts.ts'

/** What can be done with a job now, and why it could not be done. */
export function DetailActions({ job }: { readonly job: JobView }): ReactElement {
  const { t } = useTexts()
  const { allowed, act } = useJobActions()
  const { pending, failed } = useActionsState()
  const openMenu = useJobMenu()
  const actions = allowed(job)
  const wish = pending.get(job.key) ?? job.asked
  const failure = failed.get(job.key) ?? null
  return (
    <>
      {actions.length > 0 && (
        <div className="detail-actions">
          {actions.filter(isOfDetail).map((action) => (
            // Not `disabled` while it is pending: the focus would be lost.
            <button
              key={buttonOf(action)}
              type="button"
              className={isPrimary(action) ? 'button button-primary' : 'button'}
              aria-busy={wish === action}
              onClick={() => act(action, job)}
            >
              {wish === action && <span className="spinner" />}
              {t(wish !== null && wish === action ? `asked.${wish}` : `job.action.${action}`)}
              <Key name={keyNames[action]} />
            </button>
          ))}
          <button
            type="button"
            className="button button-icon"
            aria-label={t('job.more')}
            title={t('job.more')}
            aria-haspopup="menu"
            onClick={({ currentTarget }) => {
              const { left, bottom } = currentTarget.getBoundingClientRect()
              openMenu(job.key, { x: left, y: bottom + 4 })
            }}
          >
            <ActionIcon name="more" />
          </button>
        </div>
      )}
      <div className="job-wish-failed" role="alert">
        {failure !== null && (
          <p className="callout tone-bad">
            {t(`job.wishFailed.${failure.wish}`)}{' '}
            {failure.failure !== null && failureText(t, failure.failure)}
          </p>
        )}
      </div>
    </>
  )
}

const isPrimary = (action: DetailAction): boolean =>
  action === 'runAgain' || action === 'approve' || action === 'resume'
