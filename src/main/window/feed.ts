import type { JobView } from '../../shared/job-view.ts'
import type { AppModel } from '../state/app-model.ts'
import type { JobStore } from '../job-store/store.ts'
import type { UsualTimes } from '../job-store/usual-times.ts'
import type { ToldRecord } from '../notify/told-record.ts'
import { viewOf } from '../tracking/job-view.ts'
import type { AppWindow } from './window.ts'

/**
 * Milliseconds that changes are gathered: a window can't show more pictures to a person, however many jobs there are.
 */
const gatherMs = 50

export interface FeedOptions {
  readonly window: Pick<AppWindow, 'isOpen' | 'send'>
  readonly model: AppModel
  readonly jobStore: JobStore
  readonly told: ToldRecord
  readonly usual: Pick<UsualTimes, 'onChange'>
}

/** Sends the window what changed since its snapshot, gathered. A window that opens later has it from its snapshot. */
export function feedWindow({ window, model, jobStore, told, usual }: FeedOptions): void {
  const changed = new Map<string, JobView>()
  const removed = new Set<string>()
  const usualChanged = new Map<string, number | null>()
  let sentState = model.state
  let timer: NodeJS.Timeout | undefined

  const send = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (model.state !== sentState) window.send('stateChanged', model.state)
    sentState = model.state
    if (changed.size + removed.size > 0)
      window.send('jobsChanged', { changed: [...changed.values()], removed: [...removed] })
    if (usualChanged.size > 0) window.send('usualChanged', Object.fromEntries(usualChanged))
    changed.clear()
    usualChanged.clear()
    removed.clear()
  }
  const gather = (): void => {
    if (window.isOpen) timer ??= setTimeout(send, gatherMs)
  }
  const onModel = (): void => {
    gather()
    // The form that is about to be shown has to know whom it is for.
    if (window.isOpen && model.state.shownId !== sentState.shownId) send()
  }

  const show = (job: JobView): void => {
    removed.delete(job.key)
    changed.set(job.key, job)
  }

  model.onChange(onModel)
  // A new view, though it says the same: a window that shows the job asks what was told of it.
  told.onTold((key) => {
    const job = jobStore.get(key)
    if (job === undefined || !window.isOpen) return
    show(viewOf(job))
    gather()
  })
  usual.onChange((key, durationMs) => {
    if (!window.isOpen) return
    usualChanged.set(key, durationMs)
    gather()
  })
  jobStore.onChange((changes) => {
    if (!window.isOpen) return
    for (const key of changes.removed) {
      changed.delete(key)
      removed.add(key)
    }
    for (const job of changes.changed) show(viewOf(job))
    gather()
  })
}
