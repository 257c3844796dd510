import type { View } from '../../shared/ipc.ts'
import type { AppModel } from '../state/app-model.ts'
import type { AppWindow } from './window.ts'

/**
 * Bad ends stop asking for attention once their list is before a person: the window has the focus and shows the jobs.
 * @param view where in the window the person is
 */
export function watchAttention(
  window: Pick<AppWindow, 'isFocused' | 'onFocus'>,
  model: AppModel,
  view: () => View,
): void {
  const look = (): void => {
    if (window.isFocused && view().page === 'jobs') model.markAllSeen()
  }
  window.onFocus(look)
  model.onChange(look)
}
