import type { ReactElement } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { useActions, useTexts } from '../../hooks.ts'
import type { Wish } from '../../../shared/wish.ts'
import { AskDialog } from '../../shell/ask-dialog.tsx'

/** A wish that was made by a key, which can be hit by mistake, and that can't be undone. */
export interface AskedWish {
  readonly wish: Exclude<Wish, 'suspend' | 'resume'>
  readonly job: JobView
}

/** Asks whether a key was meant: what it does can't be undone. Enter says yes. */
export function AskWish({
  asked: { wish, job },
  onDone,
}: {
  readonly asked: AskedWish
  readonly onDone: () => void
}): ReactElement {
  const { t } = useTexts()
  const actions = useActions()
  return (
    <AskDialog
      title={t(`job.ask.${wish}`, { workflow: job.workflowName })}
      texts={[]}
      doLabel={t(`job.action.${wish}`)}
      isDoFirst
      onDo={() => {
        actions.wish(wish, job)
        onDone()
      }}
      onCancel={onDone}
    />
  )
}
