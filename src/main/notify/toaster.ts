/** What became of an attempt to show a notification. */
export interface ToastStatus {
  /** `timedOut`: the system said neither that it shows it nor that it refuses. */
  readonly status: 'shown' | 'refused' | 'timedOut'
  /** A technical word for the log; empty when it is shown. */
  readonly reason: string
}

/** A notification to be shown. */
export interface Toast {
  /** A later toast of the same id takes the place of the earlier one. */
  readonly id: string
  readonly title: string
  readonly body: string
  readonly isSilent: boolean
  readonly onClick: () => void
}

/** Shows notifications. Never throws and never rejects. */
export interface Toaster {
  show(toast: Toast): Promise<ToastStatus>
}

/** Milliseconds after which an attempt without an answer counts as `timedOut`. */
export const answerWithinMs = 10_000
/** Toasts that are kept for their click. The oldest go first. */
export const keptToasts = 200
