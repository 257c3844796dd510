import type { ChosenSound } from '../../shared/sound.ts'
import type { ToastIcon } from './toast-icon.ts'

/** The system's answer to an attempt to show a notification. */
export interface ToastStatus {
  readonly status: 'shown' | 'refused'
  /** A technical word for the log; empty when it is shown. */
  readonly reason: string
}

/** A button of a notification. */
interface ToastAction {
  readonly id: string
  readonly label: string
}

/** A notification to be shown. Its texts are such that any desktop can show them. */
export interface Toast {
  /** A later toast of the same id takes the place of the earlier one. */
  readonly id: string
  /** The id of another toast whose place it takes, where that one is still there. */
  readonly replaces?: string
  readonly title: string
  readonly body: string
  readonly icon: ToastIcon
  readonly isSilent: boolean
  /** What is heard where it is not silent; absent or null for the system's usual sound. */
  readonly sound?: ChosenSound | null
  /** Whether it stays on the screen until somebody takes it away, where the desktop can do that. */
  readonly isStaying: boolean
  /** Buttons, where the desktop has any. */
  readonly actions: readonly ToastAction[]
  readonly onClick: () => void
  /** One of the buttons was pressed. */
  readonly onAction: (id: string) => void
}

/** Of a notification that has no buttons. */
export const noActions: Pick<Toast, 'actions' | 'onAction'> = { actions: [], onAction: () => {} }

/** A notification that makes no sound, goes away by itself and has no buttons. */
export const plainToast = (toast: Pick<Toast, 'id' | 'title' | 'body' | 'icon' | 'onClick'>): Toast => ({
  ...toast,
  isSilent: true,
  isStaying: false,
  ...noActions,
})

/** Shows notifications. */
export interface Toaster {
  /**
   * Resolves when the system says whether it shows it, however late that is; never, where it says nothing. Never
   * rejects.
   */
  show(toast: Toast): Promise<ToastStatus>
  /** Takes a toast off the screen and out of the desktop's list; nothing, where it is not there any more. */
  withdraw(id: string): void
  /** Whether a toast that was shown is still on the screen or in the desktop's list, for all that is known. */
  isStanding(id: string): boolean
  /** Whether notifications have sounds here: false where what shows them says that it plays none. Never rejects. */
  hasSounds(): Promise<boolean>
  /** Calls back each time that what shows notifications has come, where the system says so. */
  onReady(listener: () => void): void
}

/** Milliseconds after which a system that has not answered is said to be silent. */
export const answerWithinMs = 10_000
/** Toasts that are kept for their click. The oldest go first. */
export const keptToasts = 200
