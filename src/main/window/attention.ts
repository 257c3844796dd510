import type { View } from '../../shared/view.ts'
import type { AppModel } from '../state/app-model.ts'
import type { AppWindow } from './window.ts'

export interface AttentionOptions {
  readonly window: Pick<AppWindow, 'isFocused' | 'onFocus'>
  readonly model: AppModel
  /** Where in the window the person is. */
  readonly view: () => View
  /** A person has come to the list of jobs, and in it to the job of this key. */
  readonly onLookedAt: (key: string | null) => void
}

/**
 * Bad ends stop asking for attention once their list is before a person: the window has the focus and shows the jobs.
 */
export function watchAttention({ window, model, view, onLookedAt }: AttentionOptions): void {
  const isLooking = (): boolean => window.isFocused && view().page === 'jobs'
  window.onFocus(() => {
    if (!isLooking()) return
    model.markAllSeen()
    onLookedAt(view().selectedKey)
  })
  model.onChange(() => {
    if (isLooking()) model.markAllSeen()
  })
}
