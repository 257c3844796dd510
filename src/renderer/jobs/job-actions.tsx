import type { ReactElement } from 'react'
import type { JobView } from '../../shared/job-view.ts'
import { useTexts } from '../hooks.ts'
import { useWish, type Wish } from './use-wish.ts'

/** The wishes that a job can be the object of, the most likely one first. */
function wishesFor({ state, jobId }: JobView): readonly Wish[] {
  // A job that the server has not yet given an id can't be named to it.
  if (state.phase === 'ended' || jobId === null) return []
  return state.phase === 'waiting' ? ['approve', 'reject', 'stop'] : ['stop']
}

/** What can be done with a job now, and why it could not be done. */
export function JobActions({ job }: { readonly job: JobView }): ReactElement {
  const { t } = useTexts()
  const { pending, failed, make } = useWish(job.key)
  return (
    <>
      <div className="job-actions">
        {wishesFor(job).map((wish) => (
          // Not `disabled` while it is pending: the focus would be lost.
          <button
            key={wish}
            type="button"
            className={wish === 'approve' ? 'button button-primary' : 'button'}
            aria-busy={pending === wish}
            onClick={() => make(wish)}
          >
            {pending === wish && <span className="spinner" />}
            {t(pending === 'stop' && wish === 'stop' ? 'job.stopping' : `job.${wish}`)}
          </button>
        ))}
      </div>
      <div className="job-wish-failed" role="alert">
        {failed !== null && (
          <p className="callout tone-bad">
            {t(`job.wishFailed.${failed.wish}`)} {failed.failure !== null && t(`failure.${failed.failure}`)}
          </p>
        )}
      </div>
    </>
  )
}
